using Nnfs.Catalogue.Layers;

namespace Nnfs.Catalogue.Losses;

/// <summary>The mean over samples and outputs of the binary cross-entropy of the sigmoid of logits.</summary>
internal sealed record SigmoidBinaryCrossEntropyLoss : ElementwiseLoss
{
    public static readonly LossEntry Kind = new("SigmoidBinaryCrossEntropy", static _ => new SigmoidBinaryCrossEntropyLoss())
    {
        Examples = [new SigmoidBinaryCrossEntropyLoss()],
        Applies = SigmoidLayer.Kind,
    };

    public override LossEntry Entry => Kind;

    public override TargetKind Targets => TargetKind.Bits;

    public override double[] Outputs(double[] y, SampleShape shape) => Array.ConvertAll(y, SigmoidLayer.Of);

    public override double Term(double y, double t) => Math.Max(y, 0) - (y * t) + Math.Log(1 + Math.Exp(-Math.Abs(y)));

    public override (double Left, double Right) SlopeTerms(double y, double t) => (SigmoidLayer.Of(y), t);
}
