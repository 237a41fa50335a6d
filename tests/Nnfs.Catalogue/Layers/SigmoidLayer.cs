namespace Nnfs.Catalogue.Layers;

/// <summary><c>1 / (1 + exp(−x))</c>.</summary>
internal sealed record SigmoidLayer : ElementwiseLayer
{
    public static readonly LayerEntry Kind = new("Sigmoid", static _ => new SigmoidLayer()) { Examples = [new SigmoidLayer()], IsActivation = true };

    public override LayerEntry Entry => Kind;

    public override ElementwiseKernels Kernels => new(
        default(Nnfs.Kernels.Sigmoid),
        Nnfs.Kernels.Sigmoid.Forward,
        Nnfs.Kernels.Sigmoid.Backward,
        static y => y * (1 - y),
        static (x, y) => x < -64f ? 1.7e-28 : 3 * Rounding.Ulp(y));

    public override double Function(double x) => Of(x);

    public override double Derivative(double x) => DerivativeOf(x);

    public static double Of(double x) => 1 / (1 + Math.Exp(-x));

    public static double DerivativeOf(double x) => Of(x) * Of(-x);
}
