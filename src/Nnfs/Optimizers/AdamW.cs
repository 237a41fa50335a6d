using Nnfs.Optimizers;

namespace Nnfs;

/// <summary>
/// <see cref="Adam"/> with decoupled weight decay (Loshchilov and Hutter 2019, "Decoupled Weight Decay Regularization"): weights shrink by the same share
/// at each step, whatever their gradients are.
/// </summary>
/// <remarks>
/// <code>
/// w ← w − lr·WeightDecay·w           weights alone, unless DecayBiases is set
/// m ← Beta1·m + (1 − Beta1)·g        m̂ = m / (1 − Beta1ᵗ)
/// v ← Beta2·v + (1 − Beta2)·g²       v̂ = v / (1 − Beta2ᵗ)
/// w ← w − lr·m̂ / (√v̂ + Epsilon)
/// </code>
/// The averages <c>m</c> and <c>v</c> start at zero, and <c>t</c> is 1 at the first step. As in PyTorch, <c>lr</c> is the
/// <see cref="Optimizer.CurrentLearningRate"/> in both places. The L2 terms of layers are another thing: they are part of the loss, and Adam
/// divides them by <c>√v̂</c> with the rest of the gradient.
/// </remarks>
/// <param name="learningRate">The learning rate of the first step, finite and at least 0.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="learningRate"/> is negative, infinite or not a number.</exception>
public sealed class AdamW(float learningRate) : Optimizer(learningRate)
{
    private static readonly string[] s_stateNames = ["means", "squares"];

    /// <summary>Starts before the first step, with the learning rate 0.001.</summary>
    public AdamW()
        : this(0.001f)
    {
    }

    /// <summary>Starts before the first step.</summary>
    /// <param name="learningRate">The learning rate of the first step, finite and at least 0; it is rounded to a float.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="learningRate"/> is negative, not a number, or no finite float.</exception>
    public AdamW(double learningRate)
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

    /// <summary>
    /// <c>λ</c>, finite and at least 0: each step takes the share <c>lr·λ</c> from every weight. The default is 0.01, that of PyTorch.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or not a number.</exception>
    public float WeightDecay
    {
        get;
        init => field = Hyperparameter.NotNegative(value, nameof(WeightDecay));
    } = 0.01f;

    /// <summary>
    /// Whether biases, and the scales and shifts of normalisations, decay as well: all tensors of one dimension. The default is false; weights and embeddings
    /// decay. <see cref="Optimizer.Step(Span{float}, ReadOnlySpan{float})"/> on spans does not know what they hold, and decays all of it.
    /// </summary>
    public bool DecayBiases { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, float>> Hyperparameters =>
    [
        .. base.Hyperparameters,
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
        AdamRule rule = AdamRule.Of(CurrentLearningRate, Beta1, Beta2, Epsilon, Steps);
        new DecoupledDecay(CurrentLearningRate, WeightDecay, DecayBiases).Run(Team, rule, Runs, parameters, gradients, State(0), State(1));
    }

    /// <inheritdoc/>
    internal override double Reach(double learningRate, double gradient) => DecoupledDecay.OnlyShrinks(learningRate, WeightDecay)
        ? AdamRule.Reach(learningRate, gradient, Beta1, Epsilon)
        : double.PositiveInfinity;
}
