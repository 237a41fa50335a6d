using System.Runtime.InteropServices;
using Nnfs.Files;

namespace Nnfs.Training.Checkpoints;

/// <summary>
/// The first epochs of a long training: rows of float64 that are appended to a file beside the checkpoint, so that a checkpoint does not grow with the epochs.
/// A checkpoint says how many of the rows are its own. Those are never changed, so that each checkpoint of the training has its own.
/// </summary>
/// <param name="name">The name of the file, in the folder of the checkpoint.</param>
/// <param name="count">The number of epochs in it.</param>
internal sealed class HistoryFile(string name, int count)
{
    /// <summary>The most epochs that a checkpoint itself has, unless it is the first in its place.</summary>
    public const int MostInCheckpoint = 1024;

    private const string Extension = ".history";

    /// <summary>The name of the file.</summary>
    public string Name => name;

    /// <summary>The number of epochs in it.</summary>
    public int Count { get; private set; } = count;

    /// <summary>The history of a training that has none yet: its name is no other training's.</summary>
    /// <param name="checkpoint">The path of the checkpoint.</param>
    public static HistoryFile New(string checkpoint) =>
        new($"{Path.GetFileName(checkpoint)}.{Path.GetFileNameWithoutExtension(Path.GetRandomFileName())}{Extension}", count: 0);

    /// <summary>Whether a name, which a file may have from anybody, is one of these files: it leads to no other folder.</summary>
    public static bool IsName(string name) => name.EndsWith(Extension, StringComparison.Ordinal) && name.AsSpan().IndexOfAny("/\\:\0") < 0;

    /// <summary>Appends the epochs that are not in it.</summary>
    /// <param name="checkpoint">The path of the checkpoint.</param>
    /// <param name="reports">All epochs.</param>
    /// <param name="outputs">The outputs that epochs report on by name.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Append(string checkpoint, List<EpochReport> reports, OutputSums? outputs)
    {
        double[] rows = CheckpointHistory.Rows(reports, Count, outputs);
        LittleEndian.Convert(rows.AsSpan());

        using FileStream stream = new(Beside(checkpoint), FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0);
        stream.Position = (long)Count * CheckpointHistory.Columns(outputs) * sizeof(double);
        stream.Write(MemoryMarshal.AsBytes(rows.AsSpan()));
        stream.Flush(flushToDisk: true);
        Count = reports.Count;
    }

    /// <summary>Reads its epochs.</summary>
    /// <param name="checkpoint">The path of the checkpoint.</param>
    /// <param name="outputs">The outputs that epochs report on by name.</param>
    /// <exception cref="SafetensorsException">The file is missing, or too short.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public double[] Read(string checkpoint, OutputSums? outputs)
    {
        string path = Beside(checkpoint);
        long bytes = (long)Count * CheckpointHistory.Columns(outputs) * sizeof(double);
        FileInfo file = new(path);

        if (!file.Exists || file.Length < bytes)
        {
            throw new SafetensorsException(
                $"Expected the first {Count} epochs of the checkpoint in the file '{path}', but " +
                (file.Exists ? $"it has {file.Length} bytes rather than {bytes}." : "there is none. Keep it in the folder of the checkpoint."));
        }

        double[] rows = new double[checked(Count * CheckpointHistory.Columns(outputs))];
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.ReadExactly(MemoryMarshal.AsBytes(rows.AsSpan()));
        LittleEndian.Convert(rows.AsSpan());

        return rows;
    }

    private string Beside(string checkpoint) => Path.Combine(Path.GetDirectoryName(checkpoint) ?? "", Name);
}
