namespace Nnfs.Benchmarks;

/// <summary>A series as a table in Markdown.</summary>
internal static class GrowthTable
{
    /// <summary>Writes GFLOP/s, those in bold that are far below a neighbour's.</summary>
    public static void Write(TextWriter writer, GrowthSeries series)
    {
        GrowthLine[] lines = [.. series.Lines(Activity.Predict), .. series.Lines(Activity.ForwardBackward)];

        writer.WriteLine();
        writer.WriteLine($"| {series.Name} | {string.Join(" | ", lines.Select(static line => $"{Work(line.Activity)}: {line}"))} |");
        writer.WriteLine($"|---|{string.Concat(Enumerable.Repeat("---|", lines.Length))}");

        for (int point = 0; point < series.Points.Count; point++)
        {
            writer.WriteLine($"| {series.Points[point].Size:N0} | {string.Join(" | ", lines.Select(line => Cell(series, point, line)))} |");
        }
    }

    /// <summary>What an activity is called.</summary>
    public static string Work(Activity activity) => activity == Activity.Predict ? "predict" : "forward and backward";

    private static string Cell(GrowthSeries series, int point, GrowthLine line)
    {
        string rate = Text.Digits(series.Points[point].Rates[line] / 1e9);

        return series.IsCliff(point, line) ? $"**{rate}**" : rate;
    }
}
