using System.Runtime.CompilerServices;
using Nnfs.Optimizers;
using Nnfs.Simd;

namespace Nnfs;

/// <summary>
/// Root mean square propagation (Tieleman and Hinton 2012, "Lecture 6.5: rmsprop", Neural Networks for Machine Learning): each
/// parameter's step is divided by the root of a moving average of its squared gradients.
/// </summary>
/// <remarks>
/// <code>
/// c ← Rho·c + (1 − Rho)·g²
/// w ← w − lr·g / (√c + Epsilon)
/// </code>
/// The average of squares <c>c</c> starts at zero.
/// </remarks>
/// <param name="learningRate">The learning rate of the first step, finite and at least 0.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="learningRate"/> is negative, infinite or not a number.</exception>
public sealed class RmsProp(float learningRate) : Optimizer(learningRate)
{
    private static readonly string[] s_stateNames = ["squares"];

    /// <summary>Starts before the first step, with the learning rate 0.001.</summary>
    public RmsProp()
        : this(0.001f)
    {
    }

    /// <summary>Starts before the first step.</summary>
    /// <param name="learningRate">The learning rate of the first step, finite and at least 0; it is rounded to a float.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="learningRate"/> is negative, not a number, or no finite float.</exception>
    public RmsProp(double learningRate)
        : this(Hyperparameter.ToSingle(learningRate, nameof(learningRate)))
    {
    }

    /// <summary>The share of the average of squares that is kept at each step, 0 ≤ Rho &lt; 1. The default is 0.9.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, 1 or more, or not a number.</exception>
    public float Rho
    {
        get;
        init => field = Hyperparameter.Share(value, nameof(Rho));
    } = 0.9f;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, float>> Hyperparameters => [.. base.Hyperparameters, new(nameof(Rho), Rho)];

    /// <inheritdoc/>
    public override IReadOnlyList<string> StateNames => s_stateNames;

    /// <inheritdoc/>
    protected override void Update(Span<float> parameters, ReadOnlySpan<float> gradients)
    {
        float oneMinusRho = (float)(1.0 - Hyperparameter.AsWritten(Rho));

        FusedUpdate.Run(Team, new Rule(CurrentLearningRate, Epsilon, Rho, oneMinusRho), parameters, gradients, State(0));
    }

    /// <inheritdoc/>
    internal override double Reach(double learningRate, double gradient) => Hyperparameter.SquareIsFinite(gradient)
        ? learningRate * gradient / Epsilon
        : double.PositiveInfinity;

    private readonly struct Rule(float rate, float epsilon, float rho, float oneMinusRho) : IUpdateRule
    {
        public static int StateCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Apply<TSimd, TVector>(TVector w, TVector g, ref TVector squares, ref TVector second)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            TVector added = TSimd.Multiply(TSimd.Create(oneMinusRho), TSimd.Multiply(g, g));
            squares = TSimd.MultiplyAdd(TSimd.Create(rho), squares, added);
            TVector divisor = TSimd.Add(TSimd.Sqrt(squares), TSimd.Create(epsilon));

            return TSimd.Subtract(w, TSimd.Divide(TSimd.Multiply(TSimd.Create(rate), g), divisor));
        }
    }
}
