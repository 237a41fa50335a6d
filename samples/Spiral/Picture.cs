using System.Numerics.Tensors;
using Nnfs;
using Samples;
using ScottPlot;
using ScottPlot.Plottables;
using ScottPlot.TickGenerators;

namespace Spiral;

/// <summary>Draws what the network learned: its decision regions with the data over them, and the losses on the way there.</summary>
internal static class Picture
{
    private const double View = 1.1;

    /// <summary>A line of losses has a point every few epochs.</summary>
    private const int EveryEpochs = 20;

    // Colours that colour-blind people can tell apart (Okabe and Ito 2008); each class has a marker of its own as well.
    private static readonly Color[] s_colors = [new("#0072B2"), new("#D55E00"), new("#009E73")];
    private static readonly MarkerShape[] s_markers = [MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledTriangleUp];

    /// <summary>Writes the picture as a PNG file.</summary>
    public static void Save(string path, SpiralNet net, Dataset data, TrainingHistory history)
    {
        Multiplot picture = new() { Layout = new ScottPlot.MultiplotLayouts.Columns() };
        picture.AddPlots(2);

        DrawRegions(picture.GetPlot(0), net, data);
        DrawLosses(picture.GetPlot(1), history);

        foreach (Plot plot in picture.GetPlots())
        {
            LargeText.Use(plot);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        picture.SavePng(path, width: 1600, height: 800);
    }

    private static void DrawRegions(Plot plot, SpiralNet net, Dataset data)
    {
        AddPredictions(plot, net);

        for (int label = 0; label < data.ClassCount; label++)
        {
            Scatter points = plot.Add.ScatterPoints(PointsOf(data, label), s_colors[label]);
            points.MarkerShape = s_markers[label];
            points.MarkerSize = 8;
            points.LegendText = $"class {label}";
        }

        plot.Title($"Decision regions: {net.Evaluate(data).Accuracy:P0} of the training data right");
        plot.HideGrid();
        plot.Axes.Left.TickGenerator = new NumericFixedInterval(0.5);
        plot.Axes.Bottom.TickGenerator = new NumericFixedInterval(0.5);
        plot.Axes.SetLimits(-View, View, -View, View);
        plot.Axes.SquareUnits();
        plot.ShowLegend(Alignment.UpperRight);
    }

    /// <summary>Paints every point in the colour of its likeliest class: the surer the network is, the stronger.</summary>
    private static void AddPredictions(Plot plot, SpiralNet net)
    {
        const int Cells = 600;
        const double Edge = 1.3;

        // The centres of the cells, row by row from the top left.
        float[] points = new float[Cells * Cells * SpiralNet.InputSize];

        for (int i = 0; i < Cells * Cells; i++)
        {
            (int row, int column) = Math.DivRem(i, Cells);
            points[2 * i] = (float)(Edge * (((2 * column) + 1.0) / Cells - 1));
            points[(2 * i) + 1] = (float)(Edge * (1 - (((2 * row) + 1.0) / Cells)));
        }

        // All of them in one call.
        float[] probabilities = new float[Cells * Cells * SpiralNet.OutputSize];
        net.Predict(points, probabilities);

        double[,] classes = new double[Cells, Cells];
        byte[,] opacities = new byte[Cells, Cells];

        for (int i = 0; i < Cells * Cells; i++)
        {
            ReadOnlySpan<float> p = probabilities.AsSpan(i * SpiralNet.OutputSize, SpiralNet.OutputSize);
            (int row, int column) = Math.DivRem(i, Cells);
            int likeliest = TensorPrimitives.IndexOfMax(p);

            classes[row, column] = likeliest;
            opacities[row, column] = (byte)(140 * (p[likeliest] - (1f / SpiralNet.OutputSize)));
        }

        Heatmap heatmap = plot.Add.Heatmap(classes);
        heatmap.AlphaMap = opacities;
        heatmap.Colormap = new ScottPlot.Colormaps.CustomPalette(s_colors);
        heatmap.ManualRange = new ScottPlot.Range(0, SpiralNet.OutputSize - 1);
        heatmap.Extent = new CoordinateRect(-Edge, Edge, -Edge, Edge);
    }

    private static void DrawLosses(Plot plot, TrainingHistory history)
    {
        AddLoss(plot, "fresh spiral", Colors.Gray, history, static epoch => epoch.ValidationLoss!.Value);
        AddLoss(plot, "training data", Colors.Black, history, static epoch => epoch.Loss);

        // Losses span decades, and ScottPlot's axes are linear: so logarithms are drawn, and ticks are labelled with what they stand for.
        double[] ticks = [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];
        plot.Axes.Left.TickGenerator = new NumericManual([.. ticks.Select(Math.Log10)], [.. ticks.Select(static tick => $"{tick}")]);
        plot.Axes.SetLimits(0, 1.06 * history.Epochs.Count, Math.Log10(0.03), Math.Log10(5));

        plot.Title("Loss during the training");
        plot.Axes.Bottom.TickGenerator = new NumericFixedInterval(2000);
        plot.XLabel("epoch");
        plot.YLabel("mean cross-entropy");
        plot.ShowLegend(Alignment.UpperRight);
    }

    private static void AddLoss(Plot plot, string name, Color color, TrainingHistory history, Func<EpochReport, float> loss)
    {
        Coordinates[] points = [.. history.Epochs.Where(static epoch => epoch.Epoch % EveryEpochs == 0)
            .Select(epoch => new Coordinates(epoch.Epoch, Math.Log10(loss(epoch))))];

        Scatter line = plot.Add.ScatterLine(points, color);
        line.LineWidth = 2;
        line.LegendText = name;
    }

    private static Coordinates[] PointsOf(Dataset data, int label)
    {
        List<Coordinates> points = [];

        for (int i = 0; i < data.Count; i++)
        {
            if (data.Labels[i] == label)
            {
                points.Add(new Coordinates(data.Features[2 * i], data.Features[(2 * i) + 1]));
            }
        }

        return [.. points];
    }
}
