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

    protected override IEnumerable<Argument> Settings => Argument.Optional("LabelSmoothing", LabelSmoothing == 0 ? null : LabelSmoothing);

    public override double[] Outputs(double[] y, SampleShape shape) => SoftmaxLayer.Probabilities(y, shape.Channels);

    protected override double[] Unscaled(double[] y, double[] targets, SampleShape shape) =>
        [.. y.Select((z, j) => Smoothed(targets[j], shape) * (SoftmaxLayer.LogOfSum(y.AsSpan(j / shape.Channels * shape.Channels, shape.Channels)) - z))];

    /// <summary><c>p[j] · Σₖ t[k] − t[j]</c>; the targets of a position sum to 1.</summary>
    protected override (double Left, double Right)[] Slopes(double[] y, double[] targets, SampleShape shape) =>
        [.. Outputs(y, shape).Zip(targets, (p, target) => (p, Smoothed(target, shape)))];

    private double Smoothed(double target, SampleShape shape) => ((1 - (double)LabelSmoothing) * target) + (LabelSmoothing / (double)shape.Channels);
}
