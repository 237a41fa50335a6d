using Nnfs;
using Samples;
using ScottPlot;
using ScottPlot.Plottables;

namespace Regression;

/// <summary>Draws the data, and the curve of the network at several times of its training.</summary>
internal static class Picture
{
    private const int EverySample = 20;

    /// <summary>Writes the picture as a PNG file.</summary>
    public static void Save(string path, RegressionDataset data, IReadOnlyList<Curve> curves)
    {
        Plot plot = new();

        for (int i = 0; i < curves.Count; i++)
        {
            // The later, the stronger.
            bool isLast = i == curves.Count - 1;
            Scatter line = plot.Add.ScatterLine(curves[i].Points, isLast ? new Color("#D55E00") : Colors.Gray.WithAlpha(0.3 + (0.5 * i / curves.Count)));
            line.LineWidth = isLast ? 4 : 2;
            line.LinePattern = i % 2 == 0 ? LinePattern.Solid : LinePattern.Dashed;
            line.LegendText = curves[i].Epoch == 1 ? "after 1 epoch" : $"after {curves[i].Epoch:N0} epochs";
        }

        Scatter points = plot.Add.ScatterPoints(PointsOf(data), new Color("#0072B2"));
        points.MarkerSize = 9;
        points.LegendText = $"data, each {EverySample}th sample";

        plot.Title("A network of 1, 64, 64 and 1 neurons learns the sine");
        plot.XLabel("x");
        plot.YLabel("y");
        plot.Axes.SetLimits(Curve.From, Curve.To, -1.5, 1.5);
        plot.ShowLegend(Alignment.UpperRight);
        LargeText.Use(plot);

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        plot.SavePng(path, width: 1000, height: 800);
    }

    private static Coordinates[] PointsOf(RegressionDataset data)
    {
        List<Coordinates> points = [];

        for (int i = 0; i < data.Count; i += EverySample)
        {
            points.Add(new Coordinates(data.Features[i], data.Targets[i]));
        }

        return [.. points];
    }
}
