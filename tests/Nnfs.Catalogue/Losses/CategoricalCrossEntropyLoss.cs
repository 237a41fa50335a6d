using Nnfs.Catalogue.Layers;

namespace Nnfs.Catalogue.Losses;

/// <summary>The mean over samples and positions of <c>−Σⱼ t[j] · log clip(p[j])</c>.</summary>
internal sealed record CategoricalCrossEntropyLoss : ReferenceLoss
{
    public static readonly LossEntry Kind = new("CategoricalCrossEntropy", static _ => new CategoricalCrossEntropyLoss())
    {
        Examples = [new CategoricalCrossEntropyLoss()],
        Expects = SoftmaxLayer.Kind,
    };

    public override LossEntry Entry => Kind;

    public override TargetKind Targets => TargetKind.Classes;

    public override bool GivesProbabilities => true;

    public override IEnumerable<double[]> Bends(double[] y, float[] targets) => [[.. y.Select(static p => Clip(p) == p ? 1.0 : -1.0)]];

    public override bool IsClipped(double[] y) => y.Any(static p => Clip(p) != p);

    protected override double[] Unscaled(double[] y, double[] targets, SampleShape shape) => [.. y.Zip(targets, static (p, t) => -t * Math.Log(Clip(p)))];

    /// <summary>As the book has it: the gradient of the logarithm of what was clipped, without that of the clipping.</summary>
    protected override (double Left, double Right)[] Slopes(double[] y, double[] targets, SampleShape shape) =>
        [.. y.Zip(targets, static (p, t) => (0.0, t / Clip(p)))];
}
