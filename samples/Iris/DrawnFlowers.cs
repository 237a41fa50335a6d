using System.Globalization;
using System.Text;
using Nnfs;

namespace Iris;

/// <summary>
/// A table of flowers drawn at random, with the means and standard deviations of those that R. A. Fisher published in "The use of
/// multiple measurements in taxonomic problems" (1936).
/// </summary>
internal static class DrawnFlowers
{
    private const int FlowersPerKind = 50;

    /// <summary>For each kind the mean and the deviation of the length and width of sepals and petals, in centimetres.</summary>
    private static readonly (string Kind, (double Mean, double Deviation)[] Lengths)[] s_kinds =
    [
        ("setosa", [(5.006, 0.352), (3.428, 0.379), (1.462, 0.174), (0.246, 0.105)]),
        ("versicolor", [(5.936, 0.516), (2.770, 0.314), (4.260, 0.470), (1.326, 0.198)]),
        ("virginica", [(6.588, 0.636), (2.974, 0.322), (5.552, 0.552), (2.026, 0.275)]),
    ];

    /// <summary>The table as CSV text.</summary>
    public static string Create(NumpyRandom random)
    {
        StringBuilder csv = new("sepal length,sepal width,petal length,petal width,kind\n");

        foreach ((string kind, (double Mean, double Deviation)[] lengths) in s_kinds)
        {
            for (int i = 0; i < FlowersPerKind; i++)
            {
                foreach ((double mean, double deviation) in lengths)
                {
                    csv.Append(CultureInfo.InvariantCulture, $"{Math.Max(0.1, mean + (deviation * random.NextGaussian())):0.0},");
                }

                csv.Append(CultureInfo.InvariantCulture, $"\"Iris {kind}\"\n");
            }
        }

        return csv.ToString();
    }
}
