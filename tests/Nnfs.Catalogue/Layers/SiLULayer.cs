namespace Nnfs.Catalogue.Layers;

/// <summary><c>x / (1 + exp(−x))</c>.</summary>
internal sealed record SiLULayer : ElementwiseLayer
{
    public static readonly LayerEntry Kind = new("SiLU", static _ => new SiLULayer()) { Examples = [new SiLULayer()], IsActivation = true };

    public override LayerEntry Entry => Kind;

    public override ElementwiseKernels Kernels => new(
        default(Nnfs.Kernels.SiLU),
        Nnfs.Kernels.SiLU.Forward,
        Nnfs.Kernels.SiLU.Backward,
        static derivative => derivative,
        static (x, y) => x < -64f ? 1.1e-26 : 5 * Rounding.Ulp(y))
    {
        ForwardKeeping = Nnfs.Kernels.SiLU.Forward,
    };

    public override double Function(double x) => Product(x, SigmoidLayer.Of(x));

    public override double Derivative(double x) => SigmoidLayer.Of(x) + Product(x, SigmoidLayer.DerivativeOf(x));
}
