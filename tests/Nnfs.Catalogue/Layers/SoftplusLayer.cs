namespace Nnfs.Catalogue.Layers;

/// <summary><c>log(1 + exp(x))</c>.</summary>
internal sealed record SoftplusLayer : ElementwiseLayer
{
    public static readonly LayerEntry Kind = new("Softplus", static _ => new SoftplusLayer()) { Examples = [new SoftplusLayer()], IsActivation = true };

    public override LayerEntry Entry => Kind;

    public override ElementwiseKernels Kernels => new(
        default(Nnfs.Kernels.Softplus),
        Nnfs.Kernels.Softplus.Forward,
        Nnfs.Kernels.Softplus.Backward,
        static y => -ELULayer.ExpMinus1(-y),
        static (x, y) => x < -64 ? 1.7e-28 : 4 * Rounding.Ulp(y));

    public override double Function(double x) => Of(x);

    public override double Derivative(double x) => SigmoidLayer.Of(x);

    public static double Of(double x) => Math.Max(x, 0) + LogOfOnePlus(Math.Exp(-Math.Abs(x)));

    /// <summary><c>log(1 + x)</c> for x from 0 to 1: what is lost where 1 + x is rounded is lost in both, and their quotient is right (W. Kahan).</summary>
    private static double LogOfOnePlus(double x)
    {
        double w = 1 + x;

        return w == 1 ? x : Math.Log(w) * (x / (w - 1));
    }
}
