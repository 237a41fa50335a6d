namespace Nnfs.Import.Evaluation;

/// <summary>The error function, of which the normal distribution is made.</summary>
internal static class ErrorFunction
{
    /// <summary>Beyond it the result is ±1 in float64.</summary>
    private const double Far = 6;

    /// <summary>
    /// Computes <c>erf(x)</c> as 2 / √π · exp(−x²) · (x + 2·x³ / 3 + 2²·x⁵ / (3·5) + 2³·x⁷ / (3·5·7) + …). All terms have the sign of x, so that nothing
    /// cancels.
    /// </summary>
    public static double Of(double x)
    {
        if (double.IsNaN(x) || Math.Abs(x) >= Far)
        {
            return double.IsNaN(x) ? x : Math.Sign(x);
        }

        double term = x;
        double sum = 0;

        for (int n = 1; sum + term != sum; n++)
        {
            sum += term;
            term *= 2 * x * x / ((2 * n) + 1);
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }
}
