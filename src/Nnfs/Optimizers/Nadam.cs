using System.Runtime.CompilerServices;
using Nnfs.Optimizers;
using Nnfs.Simd;

namespace Nnfs;

/// <summary>
/// <see cref="Adam"/> with Nesterov's momentum (Dozat 2016, "Incorporating Nesterov Momentum into Adam"): a step looks ahead, along the average of gradients
/// as it will be at the next one. This is the form of PyTorch's <c>NAdam</c> since version 2; Keras' schedule of the momentum has the exponent <c>t</c>
/// in place of <c>0.004·t</c>.
/// </summary>
/// <remarks>
/// <code>
/// μₜ = Beta1·(1 − ½·0.96^(0.004·t))
/// m ← Beta1·m + (1 − Beta1)·g        m̂ = μₜ₊₁·m / (1 − μ₁·…·μₜ₊₁) + (1 − μₜ)·g / (1 − μ₁·…·μₜ)
/// v ← Beta2·v + (1 − Beta2)·g²       v̂ = v / (1 − Beta2ᵗ)
/// w ← w − lr·m̂ / (√v̂ + Epsilon)
/// </code>
/// The averages <c>m</c> and <c>v</c> start at zero, and <c>t</c> is 1 at the first step.
/// </remarks>
/// <param name="learningRate">The learning rate of the first step, finite and at least 0.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="learningRate"/> is negative, infinite or not a number.</exception>
public sealed class Nadam(float learningRate) : Optimizer(learningRate)
{
    private static readonly string[] s_stateNames = ["means", "squares"];

    /// <summary>Starts before the first step, with the learning rate 0.002.</summary>
    public Nadam()
        : this(0.002f)
    {
    }

    /// <summary>Starts before the first step.</summary>
    /// <param name="learningRate">The learning rate of the first step, finite and at least 0; it is rounded to a float.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="learningRate"/> is negative, not a number, or no finite float.</exception>
    public Nadam(double learningRate)
        : this(Hyperparameter.ToSingle(learningRate, nameof(learningRate)))
    {
    }

    /// <summary>The share of the average of gradients that is kept at each step, 0 ≤ Beta1 &lt; 1. The default is 0.9.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, 1 or more, or not a number.</exception>
    public float Beta1
    {
        get;
        init => field = Hyperparameter.Share(value, nameof(Beta1));
    } = 0.9f;

    /// <summary>The share of the average of squares that is kept at each step, 0 ≤ Beta2 &lt; 1. The default is 0.999.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, 1 or more, or not a number.</exception>
    public float Beta2
    {
        get;
        init => field = Hyperparameter.Share(value, nameof(Beta2));
    } = 0.999f;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, float>> Hyperparameters =>
        [.. base.Hyperparameters, new(nameof(Beta1), Beta1), new(nameof(Beta2), Beta2)];

    /// <inheritdoc/>
    public override IReadOnlyList<string> StateNames => s_stateNames;

    /// <inheritdoc/>
    protected override void Update(Span<float> parameters, ReadOnlySpan<float> gradients)
    {
        double beta1 = Hyperparameter.AsWritten(Beta1);
        double beta2 = Hyperparameter.AsWritten(Beta2);
        long step = Steps + 1;

        // All corrections are the same for all parameters: lr·m̂ is m times one number and g times another, and √v̂ is √v times a third.
        double momentum = Momentum(beta1, step);
        double nextMomentum = Momentum(beta1, step + 1);
        double product = ProductOfMomenta(beta1, step);
        double gradientRate = CurrentLearningRate * (1.0 - momentum) / (1.0 - product);
        double meanRate = CurrentLearningRate * nextMomentum / (1.0 - (product * nextMomentum));
        double rootScale = 1.0 / Math.Sqrt(1.0 - Math.Pow(beta2, step));

        Rule rule = new(
            (float)gradientRate, (float)meanRate, (float)rootScale, Epsilon, Beta1, (float)(1.0 - beta1), Beta2, (float)(1.0 - beta2));
        FusedUpdate.Run(Team, rule, parameters, gradients, State(0), State(1));
    }

    /// <inheritdoc/>
    internal override double Reach(double learningRate, double gradient) => Hyperparameter.SquareIsFinite(gradient)
        ? 4.0 * learningRate / (1.0 - Beta1) * (gradient + 1.0) / Epsilon
        : double.PositiveInfinity;

    /// <summary>μ of a step, from 1.</summary>
    private static double Momentum(double beta1, long step) => beta1 * (1.0 - (0.5 * Math.Pow(0.96, 0.004 * step)));

    /// <summary>μ₁·…·μₜ.</summary>
    private static double ProductOfMomenta(double beta1, long step)
    {
        // The first 128 are less than 0.52 each, so that 1 minus the product of more of them is 1.
        const long Most = 128;
        double product = 1;

        for (long i = 1; i <= Math.Min(step, Most); i++)
        {
            product *= Momentum(beta1, i);
        }

        return product;
    }

    private readonly struct Rule(
        float gradientRate,
        float meanRate,
        float rootScale,
        float epsilon,
        float beta1,
        float oneMinusBeta1,
        float beta2,
        float oneMinusBeta2) : IUpdateRule
    {
        public static int StateCount => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Apply<TSimd, TVector>(TVector w, TVector g, ref TVector means, ref TVector squares)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            means = TSimd.MultiplyAdd(TSimd.Create(beta1), means, TSimd.Multiply(TSimd.Create(oneMinusBeta1), g));
            squares = TSimd.MultiplyAdd(TSimd.Create(beta2), squares, TSimd.Multiply(TSimd.Create(oneMinusBeta2), TSimd.Multiply(g, g)));
            TVector divisor = TSimd.MultiplyAdd(TSimd.Create(rootScale), TSimd.Sqrt(squares), TSimd.Create(epsilon));
            TVector move = TSimd.MultiplyAdd(TSimd.Create(meanRate), means, TSimd.Multiply(TSimd.Create(gradientRate), g));

            return TSimd.Subtract(w, TSimd.Divide(move, divisor));
        }
    }
}
