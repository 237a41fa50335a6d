using System.Globalization;

namespace Nnfs.Sweeps.Parameters;

/// <summary>An axis of numbers, or of their logarithms.</summary>
/// <param name="least">The number at 0.</param>
/// <param name="most">The number at 1.</param>
/// <param name="isLogarithmic">Whether logarithms are laid out evenly.</param>
internal sealed class NumberAxis(double least, double most, bool isLogarithmic) : IParameterAxis
{
    /// <summary>About how many labels an axis has.</summary>
    private const int Labels = 5;

    /// <inheritdoc/>
    public IReadOnlyList<(double Place, string Label)> Ticks =>
        [.. Numbers().Select(number => (PlaceOf(number), number.ToString("G6", CultureInfo.InvariantCulture)))];

    /// <inheritdoc/>
    public double PlaceOf(string text) => PlaceOf(double.Parse(text, CultureInfo.InvariantCulture));

    /// <summary>The place of a number.</summary>
    public double PlaceOf(double number) => isLogarithmic
        ? Math.Log(number / least) / Math.Log(most / least)
        : (number - least) / (most - least);

    /// <summary>Round numbers within the range: multiples of 1, 2 or 5 of a power of ten, or such numbers themselves.</summary>
    private IEnumerable<double> Numbers()
    {
        double[] multiples = Math.Log10(most / least) > 2 ? [1] : [1, 2, 5];

        if (isLogarithmic)
        {
            for (int power = (int)Math.Floor(Math.Log10(least)); power <= Math.Ceiling(Math.Log10(most)); power++)
            {
                foreach (double number in multiples.Select(multiple => Round(multiple * Math.Pow(10, power))).Where(IsWithin))
                {
                    yield return number;
                }
            }

            yield break;
        }

        double power10 = Math.Pow(10, Math.Floor(Math.Log10((most - least) / Labels)));
        double step = ((double[])[1, 2, 5, 10]).Select(multiple => multiple * power10).First(step => (most - least) / step <= Labels + 2);

        for (double multiple = Math.Ceiling(least / step); Round(multiple * step) <= most; multiple++)
        {
            yield return Round(multiple * step);
        }
    }

    private bool IsWithin(double number) => number >= least * 0.999999 && number <= most * 1.000001;

    /// <summary>Without what a product of fractions adds: 0.3 rather than 0.30000000000000004.</summary>
    private static double Round(double number) => double.Parse(number.ToString("G10", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
