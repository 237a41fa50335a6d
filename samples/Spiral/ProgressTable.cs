using Nnfs;
using Spectre.Console;

namespace Spiral;

/// <summary>A table that grows while the network learns. Where the output is a file or a pipe, it is written once, at the end.</summary>
internal sealed class ProgressTable : IProgress<EpochReport>
{
    private const int EveryEpochs = 1000;

    private readonly Table _table = new Table().RoundedBorder();
    private LiveDisplayContext? _display;

    private ProgressTable()
    {
        foreach (string heading in (string[])["epoch", "loss", "accuracy", "test loss", "test accuracy", "learning rate"])
        {
            _table.AddColumn(new TableColumn(heading).RightAligned());
        }
    }

    /// <summary>Shows the table while <paramref name="train"/> runs and reports its epochs.</summary>
    public static TrainingHistory Show(Func<IProgress<EpochReport>, TrainingHistory> train)
    {
        ProgressTable progress = new();

        if (AnsiConsole.Profile.Capabilities.Ansi && !Console.IsOutputRedirected)
        {
            return AnsiConsole.Live(progress._table).Start(display =>
            {
                progress._display = display;

                return train(progress);
            });
        }

        TrainingHistory history = train(progress);
        AnsiConsole.Write(progress._table);

        return history;
    }

    /// <inheritdoc/>
    public void Report(EpochReport value)
    {
        if (value.Epoch == 1 || value.Epoch % EveryEpochs == 0)
        {
            _table.AddRow(
                $"{value.Epoch:N0}",
                $"{value.Loss:0.0000}",
                $"{value.Accuracy:0.000}",
                $"{value.ValidationLoss:0.0000}",
                $"{value.ValidationAccuracy:0.000}",
                $"{value.LearningRate:0.00000}");
            _display?.Refresh();
        }
    }
}
