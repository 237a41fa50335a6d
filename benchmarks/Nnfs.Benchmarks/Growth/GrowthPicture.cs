using ScottPlot;
using ScottPlot.Plottables;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace Nnfs.Benchmarks;

/// <summary>Draws series side by side: a row for each, predictions on the left and training on the right.</summary>
internal static class GrowthPicture
{
    private const int PanelWidth = 640, PanelHeight = 280;

    /// <summary>Where this font is missing, others are taken.</summary>
    private const string Font = "DejaVu Sans";

    // Colours that colour-blind people can tell apart (Okabe and Ito 2008).
    private static readonly Dictionary<string, Color> s_colors = new()
    {
        ["Nnfs"] = new("#0072B2"),
        [PeerNames.PyTorch] = new("#D55E00"),
        [PeerNames.OnnxRuntime] = new("#009E73"),
    };

    /// <summary>Writes the picture as an SVG file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="all">The series that were measured.</param>
    /// <param name="peak">The most floating-point operations that one core does in a second.</param>
    public static void Save(string path, IReadOnlyList<GrowthSeries> all, double peak)
    {
        Activity[] activities = [Activity.Predict, Activity.ForwardBackward];
        PixelRect area = new(0, activities.Length * PanelWidth, all.Count * PanelHeight, 0);
        Multiplot picture = new() { Layout = new ScottPlot.MultiplotLayouts.Grid(all.Count, activities.Length) };
        picture.AddPlots(all.Count * activities.Length);

        for (int panel = 0; panel < all.Count * activities.Length; panel++)
        {
            Draw(picture.GetPlot(panel), all[panel / activities.Length], activities[panel % activities.Length], peak);
        }

        using FileStream file = File.Create(path);
        using SKCanvas canvas = SKSvgCanvas.Create(new SKRect(0, 0, area.Width, area.Height), file);
        picture.Render(canvas, area);
    }

    private static void Draw(Plot plot, GrowthSeries series, Activity activity, double peak)
    {
        foreach (GrowthLine line in series.Lines(activity))
        {
            // Sizes span decades, and ScottPlot's axes are linear: so logarithms are drawn, and ticks are labelled with what they stand for.
            Coordinates[] points = [.. series.Points.Select(point => new Coordinates(Math.Log2(point.Size), point.Rates[line] / 1e9))];
            Scatter scatter = plot.Add.Scatter(points, s_colors[line.Name]);
            scatter.LineWidth = 2;
            scatter.MarkerSize = 7;

            // Skia draws no dashes in SVG.
            scatter.MarkerShape = line.Threads == 1 ? MarkerShape.FilledCircle : MarkerShape.OpenSquare;
            scatter.LegendText = line.ToString();
        }

        HorizontalLine limit = plot.Add.HorizontalLine(peak / 1e9, width: 1, Colors.Gray);
        limit.LegendText = "peak of a core";

        plot.Font.Set(Font);
        plot.Title($"{series.Name}: {GrowthTable.Work(activity)}", size: 14);
        plot.XLabel(series.Axis);
        plot.YLabel("GFLOP/s");
        plot.Axes.Bottom.TickGenerator = new NumericManual(
            [.. series.Points.Select(static point => Math.Log2(point.Size))],
            [.. series.Points.Select(static point => point.Size >= 10_000 ? $"{point.Size / 1000}k" : $"{point.Size}")]);
        plot.Axes.AutoScale();
        plot.Axes.SetLimitsY(0, 1.1 * Math.Max(plot.Axes.GetLimits().Top, peak / 1e9));
        plot.ShowLegend(Edge.Right);
    }
}
