namespace Nnfs.Tests.Kernels;

/// <summary>Gradients by finite differences, to check those of the reference by.</summary>
internal static class Differences
{
    /// <summary>The gradient of <c>f</c> at <c>x</c> by central differences, element by element.</summary>
    public static double[] Differentiate(Func<double[], double> f, double[] x)
    {
        const double Step = 1e-5;

        return [.. x.Select((value, i) => (f(With(i, value + Step)) - f(With(i, value - Step))) / (2 * Step))];

        double[] With(int index, double value)
        {
            double[] changed = [.. x];
            changed[index] = value;

            return changed;
        }
    }

    /// <summary><c>Σᵢ x[i] · y[i]</c>.</summary>
    public static double Dot(double[] x, double[] y) => x.Zip(y, static (a, b) => a * b).Sum();

    public static double[] Absolute(IEnumerable<double> x) => [.. x.Select(Math.Abs)];
}
