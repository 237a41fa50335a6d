namespace Nnfs.Catalogue.Layers;

/// <summary><c>tanh(x)</c>.</summary>
internal sealed record TanhLayer : ElementwiseLayer
{
    public static readonly LayerEntry Kind = new("Tanh", static _ => new TanhLayer()) { Examples = [new TanhLayer()], IsActivation = true };

    public override LayerEntry Entry => Kind;

    public override ElementwiseKernels Kernels => new(
        default(Nnfs.Kernels.Tanh),
        Nnfs.Kernels.Tanh.Forward,
        Nnfs.Kernels.Tanh.Backward,
        static y => 1 - (y * y),
        static (_, y) => 3 * Rounding.Ulp(y));

    public override double Function(double x) => Math.Tanh(x);

    public override double Derivative(double x) => 1 / (Math.Cosh(x) * Math.Cosh(x));
}
