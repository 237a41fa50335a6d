using System.Globalization;
using System.Text;

namespace Nnfs;

/// <summary>
/// Whether probabilities mean what they say: of the samples that are predicted with about 0.8, whether about 80 % come true. The samples are put into ranges of
/// equal width by their probability.
/// </summary>
public sealed class CalibrationTable
{
    private readonly CalibrationBin[] _bins;

    internal CalibrationTable(ReadOnlySpan<float> probabilities, ReadOnlySpan<bool> isTrue, int bins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);

        int[] counts = new int[bins];
        int[] right = new int[bins];
        double[] sums = new double[bins];

        for (int i = 0; i < probabilities.Length; i++)
        {
            int bin = Math.Clamp((int)((double)probabilities[i] * bins), 0, bins - 1);
            counts[bin]++;
            sums[bin] += probabilities[i];
            right[bin] += isTrue[i] ? 1 : 0;
        }

        // Of nothing both means are 0 / 0, not a number.
        _bins =
        [
            .. Enumerable.Range(0, bins).Select(bin => new CalibrationBin(
                (double)bin / bins, (double)(bin + 1) / bins, counts[bin], sums[bin] / counts[bin], (double)right[bin] / counts[bin])),
        ];
        ExpectedCalibrationError = _bins.Where(static bin => bin.Count > 0).Sum(static bin => bin.Count * Math.Abs(bin.MeanProbability - bin.Share))
            / probabilities.Length;
    }

    /// <summary>The ranges, from 0 to 1.</summary>
    public IReadOnlyList<CalibrationBin> Bins => _bins;

    /// <summary>
    /// By how much probabilities are off: the mean over the ranges of <c>|mean probability − share that came true|</c>, each counted by its samples.
    /// </summary>
    public double ExpectedCalibrationError { get; }

    /// <summary>A line for each range with samples, and the expected calibration error.</summary>
    public override string ToString()
    {
        StringBuilder text = new("probability   mean  came true  samples\n");

        foreach (CalibrationBin bin in _bins.Where(static bin => bin.Count > 0))
        {
            text.Append(CultureInfo.InvariantCulture, $"{bin.From,5:0.00}–{bin.To:0.00}  {bin.MeanProbability:0.0000}     {bin.Share:0.0000}  {bin.Count,7}\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"expected calibration error {ExpectedCalibrationError:0.0000}").ToString();
    }
}
