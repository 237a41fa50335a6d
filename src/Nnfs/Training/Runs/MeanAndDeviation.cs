using System.Globalization;

namespace Nnfs;

/// <summary>The mean of some numbers and how much they differ.</summary>
/// <param name="Mean">Their mean.</param>
/// <param name="StandardDeviation">Their standard deviation, with their number <c>n</c> in the denominator.</param>
public readonly record struct MeanAndDeviation(double Mean, double StandardDeviation)
{
    /// <summary>Both with four decimals: <c>0.9312 ± 0.0087</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Mean:0.0000} ± {StandardDeviation:0.0000}");

    /// <summary>The mean and deviation of numbers, at least one.</summary>
    internal static MeanAndDeviation Of(IEnumerable<double> numbers)
    {
        double[] all = [.. numbers];
        double mean = all.Average();

        return new(mean, Math.Sqrt(all.Average(number => (number - mean) * (number - mean))));
    }
}
