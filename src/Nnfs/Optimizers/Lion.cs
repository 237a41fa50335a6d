using System.Runtime.CompilerServices;
using Nnfs.Optimizers;
using Nnfs.Simd;

namespace Nnfs;

/// <summary>
/// Sign momentum (Chen et al. 2023, "Symbolic Discovery of Optimization Algorithms"): every parameter moves by the same distance, in the direction of an
/// average of gradients. It remembers one number for each parameter, and ignores <see cref="Optimizer.Epsilon"/>.
/// </summary>
/// <remarks>
/// <code>
/// u = sign(Beta1·m + (1 − Beta1)·g)
/// w ← w − lr·WeightDecay·w           weights alone, unless DecayBiases is set
/// w ← w − lr·u
/// m ← Beta2·m + (1 − Beta2)·g
/// </code>
/// The average <c>m</c> starts at zero, and the sign of zero is zero. The paper recommends a learning rate 3 to 10 times smaller than for
/// <see cref="AdamW"/>, and a weight decay as many times larger.
/// </remarks>
/// <param name="learningRate">The learning rate of the first step, finite and at least 0.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="learningRate"/> is negative, infinite or not a number.</exception>
public sealed class Lion(float learningRate) : Optimizer(learningRate)
{
    private static readonly string[] s_stateNames = ["means"];

    /// <summary>Starts before the first step, with the learning rate 0.0001.</summary>
    public Lion()
        : this(0.0001f)
    {
    }

    /// <summary>Starts before the first step.</summary>
    /// <param name="learningRate">The learning rate of the first step, finite and at least 0; it is rounded to a float.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="learningRate"/> is negative, not a number, or no finite float.</exception>
    public Lion(double learningRate)
        : this(Hyperparameter.ToSingle(learningRate, nameof(learningRate)))
    {
    }

    /// <summary>The share of the average of gradients in the direction of a step, 0 ≤ Beta1 &lt; 1. The default is 0.9.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, 1 or more, or not a number.</exception>
    public float Beta1
    {
        get;
        init => field = Hyperparameter.Share(value, nameof(Beta1));
    } = 0.9f;

    /// <summary>The share of the average of gradients that is kept at each step, 0 ≤ Beta2 &lt; 1. The default is 0.99.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, 1 or more, or not a number.</exception>
    public float Beta2
    {
        get;
        init => field = Hyperparameter.Share(value, nameof(Beta2));
    } = 0.99f;

    /// <summary>
    /// <c>λ</c>, finite and at least 0: each step takes the share <c>lr·λ</c> from every weight. The default is 0, no decay.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or not a number.</exception>
    public float WeightDecay
    {
        get;
        init => field = Hyperparameter.NotNegative(value, nameof(WeightDecay));
    }

    /// <summary>
    /// Whether biases, and the scales and shifts of normalisations, decay as well: all tensors of one dimension. The default is false; weights and embeddings
    /// decay. <see cref="Optimizer.Step(Span{float}, ReadOnlySpan{float})"/> on spans does not know what they hold, and decays all of it.
    /// </summary>
    public bool DecayBiases { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, float>> Hyperparameters =>
    [
        new(nameof(LearningRate), LearningRate),
        new(nameof(Decay), Decay),
        new(nameof(Beta1), Beta1),
        new(nameof(Beta2), Beta2),
        new(nameof(WeightDecay), WeightDecay),
        new(nameof(DecayBiases), DecayBiases ? 1f : 0f),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> StateNames => s_stateNames;

    /// <inheritdoc/>
    protected override void Update(Span<float> parameters, ReadOnlySpan<float> gradients)
    {
        Rule rule = new(
            CurrentLearningRate,
            Beta1,
            (float)(1.0 - Hyperparameter.AsWritten(Beta1)),
            Beta2,
            (float)(1.0 - Hyperparameter.AsWritten(Beta2)));

        new DecoupledDecay(CurrentLearningRate, WeightDecay, DecayBiases).Run(Team, rule, Runs, parameters, gradients, State(0));
    }

    /// <inheritdoc/>
    internal override double Reach(double learningRate, double gradient) => DecoupledDecay.OnlyShrinks(learningRate, WeightDecay)
        ? learningRate
        : double.PositiveInfinity;

    private readonly struct Rule(float rate, float beta1, float oneMinusBeta1, float beta2, float oneMinusBeta2) : IUpdateRule
    {
        public static int StateCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Apply<TSimd, TVector>(TVector w, TVector g, ref TVector means, ref TVector second)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            TVector direction = TSimd.MultiplyAdd(TSimd.Create(beta1), means, TSimd.Multiply(TSimd.Create(oneMinusBeta1), g));
            TVector move = TSimd.WhereGreater(TSimd.Abs(direction), TSimd.Create(0f), TSimd.CopySign(TSimd.Create(rate), direction));

            // 0 times what is not a number is not a number: it must not stay unseen in the averages alone.
            move = TSimd.MultiplyAdd(TSimd.Create(0f), direction, move);
            means = TSimd.MultiplyAdd(TSimd.Create(beta2), means, TSimd.Multiply(TSimd.Create(oneMinusBeta2), g));

            return TSimd.Subtract(w, move);
        }
    }
}
