using Nnfs.Files.Safetensors;

namespace Nnfs.Training.Checkpoints;

/// <summary>
/// The epochs of a checkpoint, as a table of float64 [epochs, columns]: loss, what of it is regularisation, accuracy, whether there was a validation, its loss
/// and accuracy, learning rate, and duration in ticks of 100 ns. Float64 holds every float32 and 28 years of ticks.
/// </summary>
internal static class CheckpointHistory
{
    private const string Name = "training.history";
    private const int Columns = 8;

    /// <summary>The table of that many epochs; no tensor if there are none.</summary>
    public static IEnumerable<TensorDescription> Tensors(int epochs) => epochs == 0 ? [] : [new(Name, SafetensorsType.F64, [epochs, Columns])];

    /// <summary>Writes the table's data.</summary>
    public static void Write(Stream stream, List<EpochReport> reports)
    {
        double[] table =
        [
            .. reports.SelectMany(static report => (double[])
            [
                report.Loss,
                report.RegularizationLoss,
                report.Accuracy,
                report.ValidationLoss is null ? 0 : 1,
                report.ValidationLoss ?? 0,
                report.ValidationAccuracy ?? 0,
                report.LearningRate,
                report.Duration.Ticks,
            ]),
        ];

        SafetensorsWriter.Write<double>(stream, table);
    }

    /// <summary>Replaces the reports by those of a file.</summary>
    public static void Copy(SafetensorsFile file, int epochs, List<EpochReport> reports)
    {
        double[] table = new double[checked(epochs * Columns)];

        if (epochs > 0)
        {
            file.CopyTo(Name, table.AsSpan());
        }

        reports.Clear();

        for (int i = 0; i < epochs; i++)
        {
            ReadOnlySpan<double> row = table.AsSpan(i * Columns, Columns);
            bool isValidated = row[3] != 0;
            reports.Add(new EpochReport(
                i + 1,
                (float)row[0],
                (float)row[1],
                (float)row[2],
                isValidated ? (float)row[4] : null,
                isValidated ? (float)row[5] : null,
                (float)row[6],
                TimeSpan.FromTicks((long)row[7])));
        }
    }
}
