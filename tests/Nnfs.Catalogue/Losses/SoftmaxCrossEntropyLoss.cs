using Nnfs.Catalogue.Drawing;
using Nnfs.Catalogue.Layers;

namespace Nnfs.Catalogue.Losses;

/// <summary>The mean over samples and positions of <c>Σⱼ t[j] · (log Σₖ exp(z[k]) − z[j])</c>, for targets t that may be smoothed.</summary>
/// <param name="LabelSmoothing">The share of a target that all classes have alike.</param>
internal sealed record SoftmaxCrossEntropyLoss(float LabelSmoothing = 0) : ReferenceLoss
{
    public static readonly LossEntry Kind = new(
        "SoftmaxCrossEntropy", static random => new SoftmaxCrossEntropyLoss(random.Chance(0.4) ? random.Pick(0.05f, 0.1f, 0.5f) : 0))
    {
        Examples = [new SoftmaxCrossEntropyLoss(), new SoftmaxCrossEntropyLoss(0.1f) { Weight = 2 }],
        Frequency = 4,
        Applies = SoftmaxLayer.Kind,
        Faults =
        [
            new(
                "Dense(3), SoftmaxCrossEntropy(LabelSmoothing = {|NNFS019:1|})",
                "The label smoothing of 'SoftmaxCrossEntropy' must be from 0 to less than 1, but is 1"),
        ],
    };

    public override LossEntry Entry => Kind;

    public override TargetKind Targets => TargetKind.Classes;

    public override bool GivesProbabilities => true;

    public override float StoredSetting => LabelSmoothing;

    protected override IEnumerable<Argument> Settings => Argument.Optional("LabelSmoothing", LabelSmoothing == 0 ? null : LabelSmoothing);

    public override double[] Outputs(double[] y, SampleShape shape) => SoftmaxLayer.Probabilities(y, shape.Channels);

    /// <summary>The mean over rows of <c>Σⱼ t[i, j] · (log Σₖ exp(z[i, k]) − z[i, j])</c>.</summary>
    public static double Forward(double[] z, double[] targets, int classes, int rows) => Terms(z, targets, classes).Sum() / rows;

    /// <summary><c>dz[i, j] = (p[i, j] · Σₖ t[i, k] − t[i, j]) / rows</c>.</summary>
    public static double[] Backward(double[] p, double[] targets, int classes, int rows) =>
        Array.ConvertAll(Slopes(p, targets, classes), slope => (slope.Left - slope.Right) / rows);

    /// <summary>The targets after smoothing: of each the share is left that is not for all classes alike.</summary>
    public static double[] Smooth(double[] targets, int classes, float smoothing) =>
        Array.ConvertAll(targets, target => ((1 - (double)smoothing) * target) + (smoothing / (double)classes));

    protected override double[] Unscaled(double[] y, double[] targets, SampleShape shape) =>
        Terms(y, Smooth(targets, shape.Channels, LabelSmoothing), shape.Channels);

    protected override (double Left, double Right)[] Slopes(double[] y, double[] targets, SampleShape shape) =>
        Slopes(Outputs(y, shape), Smooth(targets, shape.Channels, LabelSmoothing), shape.Channels);

    private static double[] Terms(double[] z, double[] targets, int classes)
    {
        double[] logsOfSums = [.. z.Chunk(classes).Select(static row => SoftmaxLayer.LogOfSum(row))];

        return [.. z.Select((logit, j) => targets[j] * (logsOfSums[j / classes] - logit))];
    }

    private static (double Left, double Right)[] Slopes(double[] p, double[] targets, int classes)
    {
        double[] sums = [.. targets.Chunk(classes).Select(static row => row.Sum())];

        return [.. p.Select((probability, j) => (probability * sums[j / classes], targets[j]))];
    }
}
