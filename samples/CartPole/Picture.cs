using Samples;
using ScottPlot;
using ScottPlot.Plottables;

namespace CartPole;

/// <summary>Draws how long the pole stood in each episode.</summary>
internal static class Picture
{
    /// <summary>Writes the picture as a PNG file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="lengths">The steps of each episode.</param>
    /// <param name="window">Over how many episodes the mean is drawn.</param>
    public static void Save(string path, IReadOnlyList<int> lengths, int window)
    {
        Plot plot = new();

        Coordinates[] points = [.. lengths.Select(static (length, i) => new Coordinates(i + 1, length))];
        Scatter episodes = plot.Add.ScatterPoints(points, new Color("#0072B2").WithAlpha(0.35));
        episodes.MarkerSize = 4;
        episodes.LegendText = "an episode";

        Coordinates[] means =
        [
            .. Enumerable.Range(window, Math.Max(0, lengths.Count - window + 1))
                .Select(end => new Coordinates(end, lengths.Skip(end - window).Take(window).Average())),
        ];
        Scatter mean = plot.Add.ScatterLine(means, new Color("#D55E00"));
        mean.LineWidth = 3;
        mean.LegendText = $"mean of {window}";

        plot.Title("How long the pole stands while the policy learns");
        plot.XLabel("episode");
        plot.YLabel("steps");
        plot.Axes.SetLimits(0, lengths.Count, 0, 1.05 * Cart.MostSteps);
        plot.ShowLegend(Alignment.LowerRight);
        LargeText.Use(plot);

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        plot.SavePng(path, width: 1000, height: 600);
    }
}
