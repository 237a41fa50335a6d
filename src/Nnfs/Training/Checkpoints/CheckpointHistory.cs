using Nnfs.Files.Safetensors;

namespace Nnfs.Training.Checkpoints;

/// <summary>
/// The epochs of a checkpoint, as a table of float64 [epochs, columns]: loss, what of it is regularisation and what the data, accuracy, whether there was a
/// validation, its loss and accuracy, learning rate, and duration in ticks of 100 ns. Float64 holds every float32 and 28 years of ticks. Of a long training the
/// first epochs are in a <see cref="HistoryFile"/>, as rows of the same table.
/// </summary>
internal static class CheckpointHistory
{
    /// <summary>The numbers of an epoch, before those of each output of a network with several inputs or outputs.</summary>
    private const int CommonColumns = 9;

    /// <summary>The numbers of an output: loss, accuracy, and both of the validation.</summary>
    private const int OutputColumns = 4;

    private const string Name = "training.history";

    /// <summary>The table of that many epochs; no tensor if there are none.</summary>
    /// <param name="epochs">The number of epochs.</param>
    /// <param name="outputs">The outputs that epochs report on by name.</param>
    public static IEnumerable<TensorDescription> Tensors(int epochs, OutputSums? outputs) =>
        epochs == 0 ? [] : [new(Name, SafetensorsType.F64, [epochs, Columns(outputs)])];

    /// <summary>The numbers of an epoch.</summary>
    /// <param name="outputs">The outputs that it reports on by name.</param>
    public static int Columns(OutputSums? outputs) => CommonColumns + (OutputColumns * (outputs?.Count ?? 0));

    /// <summary>The rows of all epochs after the first ones.</summary>
    /// <param name="reports">All epochs.</param>
    /// <param name="start">The number of epochs that are left out.</param>
    /// <param name="outputs">The outputs that epochs report on by name.</param>
    public static double[] Rows(List<EpochReport> reports, int start, OutputSums? outputs)
    {
        int columns = Columns(outputs);
        double[] table = new double[(reports.Count - start) * columns];

        for (int i = start; i < reports.Count; i++)
        {
            EpochReport report = reports[i];
            Span<double> row = table.AsSpan((i - start) * columns, columns);
            row[0] = report.Loss;
            row[1] = report.RegularizationLoss;
            row[2] = report.DataLoss;
            row[3] = report.Accuracy;
            row[4] = report.ValidationLoss is null ? 0 : 1;
            row[5] = report.ValidationLoss ?? 0;
            row[6] = report.ValidationAccuracy ?? 0;
            row[7] = report.LearningRate;
            row[8] = report.Duration.Ticks;

            for (int k = 0; k < report.Outputs.Count; k++)
            {
                OutputReport output = report.Outputs[k];
                Span<double> numbers = row.Slice(CommonColumns + (k * OutputColumns), OutputColumns);
                numbers[0] = output.Loss;
                numbers[1] = output.Accuracy;
                numbers[2] = output.ValidationLoss ?? 0;
                numbers[3] = output.ValidationAccuracy ?? 0;
            }
        }

        return table;
    }

    /// <summary>The rows of a checkpoint.</summary>
    public static double[] Read(SafetensorsFile file, int epochs, OutputSums? outputs)
    {
        double[] table = new double[checked(epochs * Columns(outputs))];

        if (epochs > 0)
        {
            file.CopyTo(Name, table.AsSpan());
        }

        return table;
    }

    /// <summary>Adds the epochs of a table to those before it.</summary>
    public static void Add(ReadOnlySpan<double> table, List<EpochReport> reports, OutputSums? outputs)
    {
        for (; !table.IsEmpty; table = table[Columns(outputs)..])
        {
            bool isValidated = table[4] != 0;
            reports.Add(new EpochReport(
                reports.Count + 1,
                (float)table[0],
                (float)table[1],
                (float)table[3],
                isValidated ? (float)table[5] : null,
                isValidated ? (float)table[6] : null,
                (float)table[7],
                TimeSpan.FromTicks((long)table[8]))
            {
                DataLoss = (float)table[2],
                Outputs = OutputsOf(table[CommonColumns..], isValidated, outputs),
            });
        }
    }

    private static OutputReports OutputsOf(ReadOnlySpan<double> numbers, bool isValidated, OutputSums? outputs)
    {
        OutputReport[] reports = new OutputReport[outputs?.Count ?? 0];

        for (int i = 0; i < reports.Length; i++)
        {
            ReadOnlySpan<double> own = numbers.Slice(i * OutputColumns, OutputColumns);
            reports[i] = new OutputReport(
                outputs!.Names[i], (float)own[0], (float)own[1], isValidated ? (float)own[2] : null, isValidated ? (float)own[3] : null);
        }

        return new OutputReports(reports);
    }
}
