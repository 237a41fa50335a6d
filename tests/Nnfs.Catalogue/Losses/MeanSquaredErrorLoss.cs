namespace Nnfs.Catalogue.Losses;

/// <summary>The mean over samples and outputs of <c>(y − t)²</c>.</summary>
internal sealed record MeanSquaredErrorLoss : ElementwiseLoss
{
    public static readonly LossEntry Kind = new("MeanSquaredError", static _ => new MeanSquaredErrorLoss())
    {
        Examples = [new MeanSquaredErrorLoss(), new MeanSquaredErrorLoss { Weight = 0.5f }],
    };

    public override LossEntry Entry => Kind;

    public override LossKernels Kernels => new(Nnfs.Kernels.MeanSquaredError.Forward, Nnfs.Kernels.MeanSquaredError.Backward);

    public override double Term(double y, double t) => (y - t) * (y - t);

    public override (double Left, double Right) SlopeTerms(double y, double t) => (2 * y, 2 * t);
}
