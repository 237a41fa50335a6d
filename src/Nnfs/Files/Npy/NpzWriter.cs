using System.IO.Compression;

namespace Nnfs.Files.Npy;

/// <summary>Writes NumPy archives. The same arrays give the same bytes, whenever they are written.</summary>
internal static class NpzWriter
{
    private static readonly DateTimeOffset s_time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Adds an array.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="name">The name of the array.</param>
    /// <param name="write">Writes it.</param>
    public static void Add(ZipArchive archive, string name, Action<Stream> write)
    {
        ZipArchiveEntry entry = archive.CreateEntry(name + ".npy", CompressionLevel.NoCompression);
        entry.LastWriteTime = s_time;

        using Stream stream = entry.Open();
        write(stream);
    }
}
