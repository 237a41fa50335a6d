namespace Nnfs.Catalogue.Losses;

/// <summary>The mean over samples and outputs of <c>|y − t|</c>.</summary>
internal sealed record MeanAbsoluteErrorLoss : ElementwiseLoss
{
    public static readonly LossEntry Kind = new("MeanAbsoluteError", static _ => new MeanAbsoluteErrorLoss())
    {
        Examples = [new MeanAbsoluteErrorLoss()],
        Faults =
        [
            new("Dense(3), MeanAbsoluteError(Weight = {|NNFS019:0|})", "The weight of 'MeanAbsoluteError' must be more than 0 and finite, but is 0"),
        ],
    };

    public override LossEntry Entry => Kind;

    public override LossKernels Kernels => new(Nnfs.Kernels.MeanAbsoluteError.Forward, Nnfs.Kernels.MeanAbsoluteError.Backward);

    public override IEnumerable<double[]> Bends(double[] y, float[] targets) => [[.. y.Zip(targets, static (value, target) => value - target)]];

    public override double Term(double y, double t) => Math.Abs(y - t);

    public override (double Left, double Right) SlopeTerms(double y, double t) => (double.IsNaN(y - t) ? double.NaN : Math.Sign(y - t), 0);
}
