using Nnfs.Optimizers;

namespace Nnfs;

/// <summary>
/// Adaptive momentum (Kingma and Ba 2015, "Adam: A Method for Stochastic Optimization"): moving averages of the gradients and of
/// their squares, corrected for their start at zero.
/// </summary>
/// <remarks>
/// <code>
/// m ← Beta1·m + (1 − Beta1)·g        m̂ = m / (1 − Beta1ᵗ)
/// v ← Beta2·v + (1 − Beta2)·g²       v̂ = v / (1 − Beta2ᵗ)
/// w ← w − lr·m̂ / (√v̂ + Epsilon)
/// </code>
/// The averages <c>m</c> and <c>v</c> start at zero, and <c>t</c> is 1 at the first step.
/// </remarks>
/// <param name="learningRate">The learning rate of the first step, finite and at least 0.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="learningRate"/> is negative, infinite or not a number.</exception>
public sealed class Adam(float learningRate) : Optimizer(learningRate)
{
    private static readonly string[] s_stateNames = ["means", "squares"];

    /// <summary>Starts before the first step, with the learning rate 0.001.</summary>
    public Adam()
        : this(0.001f)
    {
    }

    /// <summary>Starts before the first step.</summary>
    /// <param name="learningRate">The learning rate of the first step, finite and at least 0; it is rounded to a float.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="learningRate"/> is negative, not a number, or no finite float.</exception>
    public Adam(double learningRate)
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
        AdamRule rule = AdamRule.Of(CurrentLearningRate, Beta1, Beta2, Epsilon, Steps);
        FusedUpdate.Run(Team, rule, parameters, gradients, State(0), State(1));
    }

    /// <inheritdoc/>
    internal override double Reach(double learningRate, double gradient) => AdamRule.Reach(learningRate, gradient, Beta1, Epsilon);
}
