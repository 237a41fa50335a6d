using Spectre.Console;

namespace Spiral;

/// <summary>A table that grows while the network learns. Where the output is a file or a pipe, it is written once, at the end.</summary>
internal static class ProgressTable
{
    /// <summary>Shows the table while <paramref name="train"/> runs and adds rows.</summary>
    public static void Show(Action<Action<Measurement>> train)
    {
        Table table = new Table().RoundedBorder();

        foreach (string heading in (string[])["epoch", "loss", "accuracy", "test loss", "learning rate"])
        {
            table.AddColumn(new TableColumn(heading).RightAligned());
        }

        if (AnsiConsole.Profile.Capabilities.Ansi && !Console.IsOutputRedirected)
        {
            AnsiConsole.Live(table).Start(display => train(measurement =>
            {
                AddRow(table, measurement);
                display.Refresh();
            }));
        }
        else
        {
            train(measurement => AddRow(table, measurement));
            AnsiConsole.Write(table);
        }
    }

    private static void AddRow(Table table, Measurement measurement) => table.AddRow(
        $"{measurement.Epoch:N0}",
        $"{measurement.TrainingLoss:0.0000}",
        $"{measurement.TrainingAccuracy:0.000}",
        $"{measurement.TestLoss:0.0000}",
        $"{measurement.LearningRate:0.00000}");
}
