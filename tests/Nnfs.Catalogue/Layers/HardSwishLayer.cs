namespace Nnfs.Catalogue.Layers;

/// <summary><c>x · min(max(x / 6 + 1/2, 0), 1)</c>.</summary>
internal sealed record HardSwishLayer : ElementwiseLayer
{
    public static readonly LayerEntry Kind = new("HardSwish", static _ => new HardSwishLayer()) { Examples = [new HardSwishLayer()], IsActivation = true };

    public override LayerEntry Entry => Kind;

    public override IReadOnlyList<double> Kinks => [-3, 3];

    public override ElementwiseKernels Kernels => new(
        default(Nnfs.Kernels.HardSwish),
        Nnfs.Kernels.HardSwish.Forward,
        Nnfs.Kernels.HardSwish.Backward,
        static derivative => derivative,
        static (x, y) => Math.Abs(x) < 3 ? 3 * Rounding.Ulp(y) : 0)
    {
        ForwardKeeping = Nnfs.Kernels.HardSwish.Forward,
    };

    public override double Function(double x) => Product(x, Math.Clamp((x / 6) + 0.5, 0, 1));

    public override double Derivative(double x) => x <= -3 ? 0 : x >= 3 ? 1 : (x / 3) + 0.5;
}
