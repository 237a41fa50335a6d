namespace Nnfs.Benchmarks;

/// <summary>The middle of several rounds, and how far they lie apart.</summary>
/// <param name="Lower">A quarter of the rounds lies below.</param>
/// <param name="Median">Half of the rounds lie below.</param>
/// <param name="Upper">A quarter of the rounds lies above.</param>
internal readonly record struct Spread(double Lower, double Median, double Upper)
{
    /// <summary>The spread of the rounds' values.</summary>
    public static Spread Of(IEnumerable<double> rounds)
    {
        double[] sorted = [.. rounds.Order()];

        return new(Quantile(sorted, 0.25), Quantile(sorted, 0.5), Quantile(sorted, 0.75));
    }

    private static double Quantile(double[] sorted, double share)
    {
        double position = share * (sorted.Length - 1);
        int below = (int)position;
        int above = Math.Min(below + 1, sorted.Length - 1);

        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }
}
