using Nnfs;
using ScottPlot;
using ScottPlot.Plottables;

namespace Digits;

/// <summary>Draws pictures that the network gets wrong, each with what it is and what the network says.</summary>
internal static class Picture
{
    private const int Rows = 4;
    private const int Columns = 8;

    /// <summary>Writes the first of the wrong cases as a PNG file.</summary>
    public static void Save(string path, Dataset data, Predictions predictions)
    {
        Multiplot picture = new() { Layout = new ScottPlot.MultiplotLayouts.Grid(Rows, Columns) };
        picture.AddPlots(Rows * Columns);
        int[] wrong = [.. predictions.Wrong.Take(Rows * Columns)];

        for (int i = 0; i < Rows * Columns; i++)
        {
            Plot plot = picture.GetPlot(i);
            plot.HideGrid();
            plot.Layout.Frameless();

            if (i < wrong.Length)
            {
                Draw(plot, data.GetSample(wrong[i]), $"{data.Labels[wrong[i]]}, taken for {predictions.Classes[wrong[i]]}");
            }
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        picture.SavePng(path, width: 1600, height: 900);
    }

    private static void Draw(Plot plot, ReadOnlySpan<float> pixels, string title)
    {
        double[,] values = new double[DigitNet.Side, DigitNet.Side];

        for (int i = 0; i < pixels.Length; i++)
        {
            values[i / DigitNet.Side, i % DigitNet.Side] = pixels[i];
        }

        Heatmap heatmap = plot.Add.Heatmap(values);
        heatmap.Colormap = new ScottPlot.Colormaps.GrayscaleReversed();
        heatmap.ManualRange = new ScottPlot.Range(0, 1);

        // Where this font is missing, ScottPlot takes the system's.
        plot.Font.Set("DejaVu Sans");
        plot.Layout.Default();
        plot.Axes.Frameless();
        plot.Title(title, size: 18);
        plot.Axes.SquareUnits();
    }
}
