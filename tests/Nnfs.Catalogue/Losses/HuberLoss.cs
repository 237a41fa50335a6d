using Nnfs.Catalogue.Drawing;

namespace Nnfs.Catalogue.Losses;

/// <summary>
/// The mean over samples and outputs of <c>½·e²</c> where <c>|e| ≤ delta</c> and <c>delta · (|e| − ½·delta)</c> elsewhere, for <c>e = y − t</c>.
/// </summary>
/// <param name="Delta">The delta; <see langword="null"/> for the default.</param>
internal sealed record HuberLoss(float? Delta = null) : ElementwiseLoss
{
    public static readonly LossEntry Kind = new("Huber", static random => new HuberLoss(random.Pick<float?>(null, 0.3f, 1.7f)))
    {
        Examples = [new HuberLoss(), new HuberLoss(0.05f)],
        Faults =
        [
            new("Dense(3), Huber({|NNFS019:0|})", "The delta of 'Huber' must be more than 0 and finite, but is 0"),
            new(
                "Dense(3), MeanSquaredError, Output(\"a\"), Dense(3), Huber(delta: 2, Weight = {|NNFS019:-1|}), Output(\"b\")",
                "The weight of 'Huber' must be more than 0 and finite, but is -1"),
        ],
    };

    public override LossEntry Entry => Kind;

    public override LossKernels Kernels => new(
        (y, targets) => Nnfs.Kernels.Huber.Forward(y, targets, Value), (y, targets, dy) => Nnfs.Kernels.Huber.Backward(y, targets, Value, dy));

    public override float StoredSetting => Value;

    protected override IEnumerable<Argument> Settings => Argument.Optional(null, Delta);

    private float Value => Delta ?? 1f;

    public override IEnumerable<double[]> Bends(double[] y, float[] targets) =>
        [[.. y.Zip(targets, (value, target) => Math.Abs(value - target) - Value)]];

    public override double Term(double y, double t) =>
        Math.Abs(y - t) <= Value ? (y - t) * (y - t) / 2 : Value * (Math.Abs(y - t) - (Value / 2.0));

    public override (double Left, double Right) SlopeTerms(double y, double t) =>
        Math.Abs(y - t) <= Value ? (y, t) : (double.IsNaN(y - t) ? double.NaN : Value * Math.Sign(y - t), 0);
}
