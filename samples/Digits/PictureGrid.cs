using ScottPlot;
using ScottPlot.Plottables;

namespace Digits;

/// <summary>Small pictures in rows and columns, each with a title.</summary>
internal sealed class PictureGrid
{
    private readonly Multiplot _plots = new();
    private readonly int _rows;
    private readonly int _columns;

    public PictureGrid(int rows, int columns)
    {
        (_rows, _columns) = (rows, columns);
        _plots.Layout = new ScottPlot.MultiplotLayouts.Grid(rows, columns);
        _plots.AddPlots(rows * columns);

        for (int i = 0; i < rows * columns; i++)
        {
            _plots.GetPlot(i).HideGrid();
            _plots.GetPlot(i).Layout.Frameless();
        }
    }

    /// <summary>The number of pictures that there is room for.</summary>
    public int Count => _rows * _columns;

    /// <summary>Draws a picture.</summary>
    /// <param name="place">Where: row by row, from 0.</param>
    /// <param name="values">Its values, row by row.</param>
    /// <param name="range">The values of the first and the last colour.</param>
    /// <param name="colours">The colours.</param>
    /// <param name="title">What is above it.</param>
    public void Draw(int place, double[,] values, ScottPlot.Range range, IColormap colours, string title)
    {
        Plot plot = _plots.GetPlot(place);
        Heatmap heatmap = plot.Add.Heatmap(values);
        heatmap.Colormap = colours;
        heatmap.ManualRange = range;

        // Where this font is missing, ScottPlot takes the system's.
        plot.Font.Set("DejaVu Sans");
        plot.Layout.Default();
        plot.Axes.Frameless();
        plot.Title(title, size: 18);
        plot.Axes.SquareUnits();
    }

    /// <summary>Writes all as a PNG file.</summary>
    public void Save(string path, int cellSize)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _plots.SavePng(path, _columns * cellSize, _rows * cellSize);
    }
}
