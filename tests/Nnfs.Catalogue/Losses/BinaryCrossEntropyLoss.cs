using Nnfs.Catalogue.Layers;

namespace Nnfs.Catalogue.Losses;

/// <summary>The mean over samples and outputs of <c>−t · log p − (1 − t) · log(1 − p)</c>, of clipped probabilities p.</summary>
internal sealed record BinaryCrossEntropyLoss : ElementwiseLoss
{
    public static readonly LossEntry Kind = new("BinaryCrossEntropy", static _ => new BinaryCrossEntropyLoss())
    {
        Examples = [new BinaryCrossEntropyLoss()],
        Expects = SigmoidLayer.Kind,
    };

    public override LossEntry Entry => Kind;

    public override TargetKind Targets => TargetKind.Bits;

    public override LossKernels Kernels => new(Nnfs.Kernels.BinaryCrossEntropy.Forward, Nnfs.Kernels.BinaryCrossEntropy.Backward);

    public override IEnumerable<double[]> Bends(double[] y, float[] targets) => [[.. y.Select(static p => Clip(p) == p ? 1.0 : -1.0)]];

    public override bool IsClipped(double[] y) => y.Any(static p => Clip(p) != p);

    public override double Term(double y, double t) => -(t * Math.Log(Clip(y))) - ((1 - t) * Math.Log(1 - Clip(y)));

    /// <summary>As the book has it: the gradient of the logarithms of what was clipped, without that of the clipping.</summary>
    public override (double Left, double Right) SlopeTerms(double y, double t) => ((1 - t) / (1 - Clip(y)), t / Clip(y));
}
