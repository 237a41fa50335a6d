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

    /// <summary>The mean over rows of <c>−Σⱼ t[i, j] · log clip(p[i, j])</c>.</summary>
    public static double Forward(double[] p, double[] targets, int rows) => p.Zip(targets, Term).Sum() / rows;

    /// <summary><c>dp[i, j] = −t[i, j] / clip(p[i, j]) / rows</c>: the gradient of the logarithm of what was clipped, without that of the clipping.</summary>
    public static double[] Backward(double[] p, double[] targets, int rows) => [.. p.Zip(targets, (probability, target) => -Slope(probability, target) / rows)];

    protected override double[] Unscaled(double[] y, double[] targets, SampleShape shape) => [.. y.Zip(targets, Term)];

    protected override (double Left, double Right)[] Slopes(double[] y, double[] targets, SampleShape shape) =>
        [.. y.Zip(targets, static (p, t) => (0.0, Slope(p, t)))];

    private static double Term(double p, double t) => -t * Math.Log(Clip(p));

    private static double Slope(double p, double t) => t / Clip(p);
}
