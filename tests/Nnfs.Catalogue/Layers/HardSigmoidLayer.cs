namespace Nnfs.Catalogue.Layers;

/// <summary><c>min(max(x / 6 + 1/2, 0), 1)</c>.</summary>
internal sealed record HardSigmoidLayer : ElementwiseLayer
{
    public static readonly LayerEntry Kind = new("HardSigmoid", static _ => new HardSigmoidLayer())
    {
        Examples = [new HardSigmoidLayer()],
        IsActivation = true,
    };

    public override LayerEntry Entry => Kind;

    public override IReadOnlyList<double> Kinks => [-3, 3];

    public override ElementwiseKernels Kernels => new(
        default(Nnfs.Kernels.HardSigmoid),
        Nnfs.Kernels.HardSigmoid.Forward,
        Nnfs.Kernels.HardSigmoid.Backward,
        static y => y is > 0 and < 1 ? 1.0 / 6 : 0,
        static (x, y) => Math.Abs(x) < 3 ? 3 * Rounding.Ulp(y) : 0);

    public override double Function(double x) => Math.Clamp((x / 6) + 0.5, 0, 1);

    public override double Derivative(double x) => Math.Abs(x) < 3 ? 1.0 / 6 : 0;
}
