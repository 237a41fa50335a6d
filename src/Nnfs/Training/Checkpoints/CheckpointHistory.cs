using Nnfs.Files.Safetensors;

namespace Nnfs.Training.Checkpoints;

/// <summary>
/// The epochs of a checkpoint, as a table of float64 [epochs, columns]: loss, what of it is regularisation and what the data, accuracy, whether there was a
/// validation, its loss and accuracy, learning rate, and duration in ticks of 100 ns. Float64 holds every float32 and 28 years of ticks. Of a long training the
/// first epochs are in a <see cref="HistoryFile"/>, as rows of the same table.
/// </summary>
internal static class CheckpointHistory
{
    /// <summary>The numbers of an epoch.</summary>
    public const int Columns = 9;

    private const string Name = "training.history";

    /// <summary>The table of that many epochs; no tensor if there are none.</summary>
    public static IEnumerable<TensorDescription> Tensors(int epochs) => epochs == 0 ? [] : [new(Name, SafetensorsType.F64, [epochs, Columns])];

    /// <summary>The rows of all epochs after the first ones.</summary>
    /// <param name="reports">All epochs.</param>
    /// <param name="start">The number of epochs that are left out.</param>
    public static double[] Rows(List<EpochReport> reports, int start)
    {
        double[] table = new double[(reports.Count - start) * Columns];

        for (int i = start; i < reports.Count; i++)
        {
            EpochReport report = reports[i];
            Span<double> row = table.AsSpan((i - start) * Columns, Columns);
            row[0] = report.Loss;
            row[1] = report.RegularizationLoss;
            row[2] = report.DataLoss;
            row[3] = report.Accuracy;
            row[4] = report.ValidationLoss is null ? 0 : 1;
            row[5] = report.ValidationLoss ?? 0;
            row[6] = report.ValidationAccuracy ?? 0;
            row[7] = report.LearningRate;
            row[8] = report.Duration.Ticks;
        }

        return table;
    }

    /// <summary>The rows of a checkpoint.</summary>
    public static double[] Read(SafetensorsFile file, int epochs)
    {
        double[] table = new double[checked(epochs * Columns)];

        if (epochs > 0)
        {
            file.CopyTo(Name, table.AsSpan());
        }

        return table;
    }

    /// <summary>Adds the epochs of a table to those before it.</summary>
    public static void Add(ReadOnlySpan<double> table, List<EpochReport> reports)
    {
        for (; !table.IsEmpty; table = table[Columns..])
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
            });
        }
    }
}
