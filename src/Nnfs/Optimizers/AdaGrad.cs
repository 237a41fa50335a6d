using System.Runtime.CompilerServices;
using Nnfs.Optimizers;
using Nnfs.Simd;

namespace Nnfs;

/// <summary>
/// Adaptive gradients (Duchi, Hazan and Singer 2011, "Adaptive Subgradient Methods for Online Learning and Stochastic
/// Optimization"): a parameter that has moved much moves less.
/// </summary>
/// <remarks>
/// <code>
/// c ← c + g²
/// w ← w − lr·g / (√c + Epsilon)
/// </code>
/// The sum of squares <c>c</c> starts at zero.
/// </remarks>
/// <param name="learningRate">The learning rate of the first step, finite and at least 0.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="learningRate"/> is negative, infinite or not a number.</exception>
public sealed class AdaGrad(float learningRate) : Optimizer(learningRate)
{
    private static readonly string[] s_stateNames = ["squares"];

    /// <summary>Starts before the first step, with the learning rate 1.</summary>
    public AdaGrad()
        : this(1f)
    {
    }

    /// <summary>Starts before the first step.</summary>
    /// <param name="learningRate">The learning rate of the first step, finite and at least 0; it is rounded to a float.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="learningRate"/> is negative, not a number, or no finite float.</exception>
    public AdaGrad(double learningRate)
        : this(Hyperparameter.ToSingle(learningRate, nameof(learningRate)))
    {
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> StateNames => s_stateNames;

    /// <inheritdoc/>
    protected override void Update(Span<float> parameters, ReadOnlySpan<float> gradients)
    {
        FusedUpdate.Run(Team, new Rule(CurrentLearningRate, Epsilon), parameters, gradients, State(0));
    }

    /// <inheritdoc/>
    internal override double Reach(double learningRate, double gradient) => Hyperparameter.SquareIsFinite(gradient * Math.Sqrt(Steps + 1.0))
        ? learningRate * gradient / Epsilon
        : double.PositiveInfinity;

    private readonly struct Rule(float rate, float epsilon) : IUpdateRule
    {
        public static int StateCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Apply<TSimd, TVector>(TVector w, TVector g, ref TVector squares, ref TVector second)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            squares = TSimd.MultiplyAdd(g, g, squares);
            TVector divisor = TSimd.Add(TSimd.Sqrt(squares), TSimd.Create(epsilon));

            return TSimd.Subtract(w, TSimd.Divide(TSimd.Multiply(TSimd.Create(rate), g), divisor));
        }
    }
}
