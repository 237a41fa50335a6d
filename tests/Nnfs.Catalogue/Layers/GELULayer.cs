using Nnfs.Catalogue.Drawing;

namespace Nnfs.Catalogue.Layers;

/// <summary><c>x · Φ(x)</c>, or the approximation of it by a hyperbolic tangent.</summary>
/// <param name="IsTanh">Whether it is the approximation.</param>
internal sealed record GELULayer(bool IsTanh = false) : ElementwiseLayer
{
    public static readonly LayerEntry Kind = new("GELU", static draw => new GELULayer(draw.Random.Chance(0.5)))
    {
        Examples = [new GELULayer(), new GELULayer(IsTanh: true)],
        IsActivation = true,
    };

    private static readonly double s_scale = Math.Sqrt(2 / Math.PI);

    public override LayerEntry Entry => Kind;

    public override string StoredKind => IsTanh ? "GELUTanh" : Kind.Name;

    public override IEnumerable<Argument> Arguments => IsTanh ? [new("Form", "GELUForm.Tanh")] : [];

    public override ElementwiseKernels Kernels => IsTanh
        ? new(
            default(Nnfs.Kernels.GELUTanh),
            Nnfs.Kernels.GELUTanh.Forward,
            Nnfs.Kernels.GELUTanh.Backward,
            static derivative => derivative,
            static (x, y) => x < -3 ? 4e-9 : (1e-6 * Math.Abs(y)) + float.Epsilon)
        {
            ForwardKeeping = Nnfs.Kernels.GELUTanh.Forward,
        }
        : new(
            default(Nnfs.Kernels.GELU),
            Nnfs.Kernels.GELU.Forward,
            Nnfs.Kernels.GELU.Backward,
            static derivative => derivative,
            static (x, y) => x < -5 ? 2e-12 : (1e-6 * Math.Abs(y)) + float.Epsilon)
        {
            ForwardKeeping = Nnfs.Kernels.GELU.Forward,
        };

    public override double Function(double x) => Product(x, IsTanh ? SigmoidLayer.Of(2 * Inner(x)) : NormalShare(x));

    public override double Derivative(double x) => IsTanh
        ? SigmoidLayer.Of(2 * Inner(x)) + Product(x * 2 * s_scale * (1 + (3 * 0.044715 * x * x)), SigmoidLayer.DerivativeOf(2 * Inner(x)))
        : NormalShare(x) + Product(x, NormalDensity(x));

    /// <summary><c>Φ(x) = ½·(1 + erf(x / √2))</c>, accurate where it is small: by its series up to 2, and beyond by Laplace's continued fraction.</summary>
    public static double NormalShare(double x)
    {
        double a = Math.Abs(x);
        double outer;

        if (a < 2)
        {
            double term = a;
            double sum = a;

            for (int k = 3; term > sum * 1e-18; k += 2)
            {
                term *= a * a / k;
                sum += term;
            }

            outer = 0.5 - (sum * NormalDensity(a));
        }
        else
        {
            double fraction = a;

            for (int k = 60; k >= 1; k--)
            {
                fraction = a + (k / fraction);
            }

            outer = NormalDensity(a) / fraction;
        }

        return x < 0 ? outer : 1 - outer;
    }

    public static double NormalDensity(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);

    /// <summary>What the approximation takes the hyperbolic tangent of.</summary>
    private static double Inner(double x) => s_scale * (x + (0.044715 * x * x * x));
}
