using Nnfs;
using Samples;
using ScottPlot;
using ScottPlot.Plottables;

namespace Churn;

/// <summary>Draws how the training went, and which customers it gets right.</summary>
internal static class Pictures
{
    /// <summary>Writes the learning curve and the confusion matrix as PNG files.</summary>
    public static void Save(string folder, TrainingHistory history, ThresholdScore score)
    {
        SaveCurve(Path.Combine(folder, "learning-curve.png"), history);
        SaveConfusion(Path.Combine(folder, "confusion.png"), score);
    }

    private static void SaveCurve(string path, TrainingHistory history)
    {
        Plot plot = new();
        Add(plot, "training", new Color("#0072B2"), history.Epochs.Select(static epoch => new Coordinates(epoch.Epoch, epoch.Loss)));
        Add(plot, "validation", new Color("#D55E00"), history.Epochs.Select(static epoch => new Coordinates(epoch.Epoch, epoch.ValidationLoss!.Value)));

        plot.Title("Binary cross-entropy");
        plot.XLabel("epoch");
        plot.ShowLegend(Alignment.UpperRight);
        LargeText.Use(plot);
        plot.SavePng(path, width: 1000, height: 700);
    }

    private static void Add(Plot plot, string name, Color color, IEnumerable<Coordinates> points)
    {
        Scatter line = plot.Add.ScatterLine(points.ToArray(), color);
        line.LineWidth = 4;
        line.LegendText = name;
    }

    private static void SaveConfusion(string path, ThresholdScore score)
    {
        // Rows from above: those who stay, and those who leave; columns: as whom the network tells them. Colours are shares of a row.
        double[,] counts = { { score.TrueNegatives, score.FalsePositives }, { score.FalseNegatives, score.TruePositives } };
        double[,] shares = new double[2, 2];
        Plot plot = new();

        for (int row = 0; row < 2; row++)
        {
            for (int column = 0; column < 2; column++)
            {
                shares[row, column] = counts[row, column] / (counts[row, 0] + counts[row, 1]);
                Text text = plot.Add.Text($"{counts[row, column]:N0}\n{shares[row, column]:P0}", column, 1 - row);
                text.LabelAlignment = Alignment.MiddleCenter;
                text.LabelFontSize = 28;
                text.LabelFontColor = shares[row, column] > 0.5 ? Colors.White : Colors.Black;
            }
        }

        Heatmap map = plot.Add.Heatmap(shares);
        map.Colormap = new ScottPlot.Colormaps.GrayscaleReversed();
        plot.MoveToBack(map);
        plot.Axes.Bottom.SetTicks([0, 1], ["predicted to stay", "predicted to leave"]);
        plot.Axes.Left.SetTicks([0, 1], ["leave", "stay"]);
        plot.Title($"Test customers, from a probability of {score.Threshold:0.00} on");
        LargeText.Use(plot);
        plot.SavePng(path, width: 900, height: 800);
    }
}
