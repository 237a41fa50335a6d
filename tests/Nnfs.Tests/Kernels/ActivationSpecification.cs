namespace Nnfs.Tests.Kernels;

/// <summary>The activations as their documentation writes them, in float64, with their limits where x is infinite.</summary>
internal static class ActivationSpecification
{
    private static readonly double s_scale = Math.Sqrt(2 / Math.PI);

    public static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    public static double SigmoidDerivative(double x) => Sigmoid(x) * Sigmoid(-x);

    /// <summary><c>eˣ − 1</c>: the first terms of its series where the difference would lose digits.</summary>
    public static double ExpMinus1(double x) => Math.Abs(x) < 0.01
        ? x * (1 + (x / 2 * (1 + (x / 3 * (1 + (x / 4 * (1 + (x / 5 * (1 + (x / 6))))))))))
        : Math.Exp(x) - 1;

    /// <summary><c>log(1 + x)</c> for x from 0 to 1: what is lost where 1 + x is rounded is lost in both, and their quotient is right (W. Kahan).</summary>
    public static double LogOfOnePlus(double x)
    {
        double w = 1 + x;

        return w == 1 ? x : Math.Log(w) * (x / (w - 1));
    }

    public static double ELU(double x, double alpha) => x > 0 ? x : alpha * ExpMinus1(x);

    public static double LeakyReLU(double x, double slope) => x > 0 ? x : slope * x;

    public static double SiLU(double x) => Product(x, Sigmoid(x));

    public static double SiLUDerivative(double x) => Sigmoid(x) + Product(x, SigmoidDerivative(x));

    public static double Softplus(double x) => Math.Max(x, 0) + LogOfOnePlus(Math.Exp(-Math.Abs(x)));

    public static double HardSwish(double x) => Product(x, Math.Clamp((x / 6) + 0.5, 0, 1));

    public static double HardSwishDerivative(double x) => x <= -3 ? 0 : x >= 3 ? 1 : (x / 3) + 0.5;

    public static double GELU(double x) => Product(x, NormalShare(x));

    public static double GELUDerivative(double x) => NormalShare(x) + Product(x, NormalDensity(x));

    public static double GELUTanh(double x) => Product(x, Sigmoid(2 * Inner(x)));

    public static double GELUTanhDerivative(double x) =>
        Sigmoid(2 * Inner(x)) + Product(x * 2 * s_scale * (1 + (3 * 0.044715 * x * x)), SigmoidDerivative(2 * Inner(x)));

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

    /// <summary>A product whose second factor comes to zero sooner than the first to infinity.</summary>
    private static double Product(double x, double vanishing) => vanishing == 0 ? 0 : x * vanishing;

    /// <summary>What stands within the tanh of GELUTanh.</summary>
    private static double Inner(double x) => s_scale * (x + (0.044715 * x * x * x));
}
