namespace Nnfs.Catalogue.Losses;

/// <summary>
/// A loss with its settings: its attribute, and what it computes, forward and backward, in float64 by the formulas of its documentation. It shares nothing
/// with the kernels, and is itself checked by finite differences.
/// </summary>
internal abstract record ReferenceLoss
{
    /// <summary>What the book clips probabilities to, and 1 less it.</summary>
    private const double SmallestProbability = 1e-7;

    /// <summary>What it is multiplied by.</summary>
    public float Weight { get; init; } = 1;

    /// <summary>Its kind.</summary>
    public abstract LossEntry Entry { get; }

    /// <summary>Its attribute without brackets.</summary>
    public string Attribute => Argument.Attribute(Entry.Name, Arguments);

    /// <summary>The arguments that state its settings and its weight.</summary>
    public IEnumerable<Argument> Arguments => [.. Settings, .. Argument.Optional("Weight", Weight == 1 ? null : Weight)];

    /// <summary>The number that files and descriptions have as its setting: a delta or a smoothing.</summary>
    public virtual float StoredSetting => 0;

    public virtual TargetKind Targets => TargetKind.Values;

    /// <summary>Whether it takes labels.</summary>
    public bool TakesLabels => Targets != TargetKind.Values;

    /// <summary>Whether what the user gets as outputs are probabilities of classes.</summary>
    public virtual bool GivesProbabilities => false;

    /// <summary>The arguments that state its settings, other than the weight.</summary>
    protected virtual IEnumerable<Argument> Settings => [];

    /// <summary>What the user gets as outputs: probabilities where it makes some of logits.</summary>
    public virtual double[] Outputs(double[] y, SampleShape shape) => y;

    /// <summary>The terms whose sum is the loss, before it is weighted: a mean over samples and positions, or over samples and outputs.</summary>
    /// <param name="y">What the layer before it gives.</param>
    /// <param name="targets">What that is compared with, one for each of <paramref name="y"/>.</param>
    /// <param name="shape">The shape of a sample.</param>
    /// <param name="weights">What each sample weighs, or each of its positions; empty where all count alike.</param>
    public double[] Terms(double[] y, float[] targets, SampleShape shape, float[]? weights = null)
    {
        double divisor = Divisor(targets, shape);
        double[] terms = Unscaled(y, Array.ConvertAll(targets, static target => (double)target), shape);

        return [.. terms.Select((term, i) => LeavesOut(targets, i, shape) ? 0 : term / divisor * WeightOf(weights, i, y.Length))];
    }

    /// <summary>The gradient of the weighted loss with respect to what the layer before it gives.</summary>
    /// <param name="y">What the layer before it gives.</param>
    /// <param name="targets">What that is compared with, one for each of <paramref name="y"/>.</param>
    /// <param name="shape">The shape of a sample.</param>
    /// <param name="rounding">How it is rounded.</param>
    /// <param name="weights">What each sample weighs, or each of its positions; empty where all count alike.</param>
    public double[] Gradient(double[] y, float[] targets, SampleShape shape, Rounding rounding, float[]? weights = null)
    {
        double factor = Weight / Divisor(targets, shape);
        (double Left, double Right)[] terms =
        [
            .. Slopes(y, Array.ConvertAll(targets, static target => (double)target), shape)
                .Select((term, i) => LeavesOut(targets, i, shape) ? (0, 0) : term),
        ];

        return rounding.Of(
            [.. terms.Select((term, i) => (term.Left - term.Right) * factor * WeightOf(weights, i, y.Length))],
            () => [.. terms.Select((term, i) => (Math.Abs(term.Left) + Math.Abs(term.Right)) * factor * WeightOf(weights, i, y.Length))]);
    }

    /// <summary>Where it has its bends: its gradient jumps where such a number changes its sign.</summary>
    public virtual IEnumerable<double[]> Bends(double[] y, float[] targets) => [];

    /// <summary>Whether no finite difference can be taken of it, because something is clipped.</summary>
    public virtual bool IsClipped(double[] y) => false;

    public sealed override string ToString() => Attribute;

    public static double Clip(double probability) => Math.Clamp(probability, SmallestProbability, 1 - SmallestProbability);

    /// <summary>The terms before they are divided by their number.</summary>
    protected abstract double[] Unscaled(double[] y, double[] targets, SampleShape shape);

    /// <summary>The derivative of the sum of the terms by each of <paramref name="y"/>, as a difference of two numbers.</summary>
    protected abstract (double Left, double Right)[] Slopes(double[] y, double[] targets, SampleShape shape);

    /// <summary>The number of values, or of rows with a class, but for those that are left out; 1 where all are.</summary>
    private double Divisor(float[] targets, SampleShape shape) => Targets != TargetKind.Classes ? targets.Length
        : Math.Max(1, Enumerable.Range(0, targets.Length / shape.Channels).Count(row => !LeavesOut(targets, row * shape.Channels, shape)));

    /// <summary>The weight of the row that a value is of.</summary>
    private static double WeightOf(float[]? weights, int index, int count) =>
        weights is null or [] ? 1 : weights[(int)((long)index * weights.Length / count)];

    /// <summary>Whether a value is of a row without a class.</summary>
    private bool LeavesOut(float[] targets, int index, SampleShape shape) => Targets == TargetKind.Classes
        && targets.AsSpan(index / shape.Channels * shape.Channels, shape.Channels).IndexOfAnyExcept(0f) < 0;
}
