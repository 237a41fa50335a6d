using Samples;
using ScottPlot;
using ScottPlot.Plottables;

namespace Forecast;

/// <summary>Draws some days before a forecast and the days that were forecast, each at its midnight.</summary>
internal static class Picture
{
    private const int Width = 1200, Height = 600;

    /// <summary>Writes the picture as an SVG file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="demands">The demand of each hour.</param>
    /// <param name="first">The first hour that was forecast.</param>
    /// <param name="before">The hours before it that are drawn.</param>
    /// <param name="forecasts">The forecasts of the days from then on.</param>
    public static void Save(string path, ReadOnlySpan<float> demands, int first, int before, IReadOnlyList<float[]> forecasts)
    {
        int hours = forecasts.Count * Demand.HoursPerDay;
        Plot plot = new();

        Line(plot, demands.Slice(first - before, before + 1), -before, Colors.Gray, 2).LegendText = "history";
        Line(plot, demands.Slice(first, hours), 0, new Color("#0072B2"), 2).LegendText = "what came";

        for (int day = 0; day < forecasts.Count; day++)
        {
            int start = day * Demand.HoursPerDay;
            Scatter line = Line(plot, forecasts[day], start, new Color("#D55E00"), 3);
            line.LegendText = day == 0 ? "forecast at midnight" : "";
            plot.Add.VerticalLine(start, width: 1, Colors.LightGray);
        }

        plot.Title("Causal convolutions forecast the power that a town needs");
        plot.XLabel("hours");
        plot.YLabel("MW");
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericFixedInterval(Demand.HoursPerDay);
        plot.Axes.SetLimitsX(-before, hours);
        plot.ShowLegend(Alignment.UpperLeft);
        LargeText.Use(plot);

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        plot.SaveSvg(path, Width, Height);
    }

    private static Scatter Line(Plot plot, ReadOnlySpan<float> demands, int hour, Color color, float width)
    {
        Coordinates[] points = new Coordinates[demands.Length];

        for (int i = 0; i < points.Length; i++)
        {
            points[i] = new Coordinates(hour + i, demands[i]);
        }

        Scatter line = plot.Add.ScatterLine(points, color);
        line.LineWidth = width;

        return line;
    }
}
