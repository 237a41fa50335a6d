using System.Collections.Immutable;
using System.IO.Compression;

namespace Nnfs.Files.Npy;

/// <summary>
/// A NumPy archive: a zip archive of arrays. Only headers are read at first. An array is unpacked when it is asked for, and never more of it than the archive
/// states.
/// </summary>
internal sealed class NpzFile : IWeightsFile
{
    private const string Extension = ".npy";
    private const int MostArrays = 10_000;

    private readonly ZipArchive _archive;
    private readonly Dictionary<string, (ZipArchiveEntry Entry, NpyHeader Header)> _arrays = new(StringComparer.Ordinal);

    private NpzFile(ZipArchive archive, long? length)
    {
        _archive = archive;
        long packed = 0;

        if (archive.Entries.Count > MostArrays)
        {
            throw new NumpyException($"The archive has {archive.Entries.Count} files, but at most {MostArrays} are read.");
        }

        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            string name = PythonText.Cut(entry.FullName);

            if (entry.IsEncrypted || !entry.FullName.EndsWith(Extension, StringComparison.Ordinal))
            {
                throw new NumpyException($"The archive has a file '{name}' that is {(entry.IsEncrypted ? "encrypted" : "no array (.npy)")}.");
            }

            NpyHeader header = Within(entry, static stream => NpyHeader.Read(stream));
            packed += entry.CompressedLength;

            if (entry.Length != header.Length + header.DataLength)
            {
                throw new NumpyException(
                    $"Its header gives the array '{name}' {header.Length + header.DataLength} bytes, but the archive gives it {entry.Length}.");
            }

            if (!_arrays.TryAdd(entry.FullName[..^Extension.Length], (entry, header)))
            {
                throw new NumpyException($"The archive has two arrays '{name}'.");
            }
        }

        // Where files share their bytes, a small archive unpacks to anything.
        if (packed > length)
        {
            throw new NumpyException($"The arrays have {packed} packed bytes, but the archive has {length}: some overlap.");
        }

        Tensors = [.. _arrays.Select(static array => new FileTensor(array.Key, array.Value.Header.Type, array.Value.Header.Shape))];
    }

    /// <inheritdoc/>
    public ImmutableArray<FileTensor> Tensors { get; }

    /// <inheritdoc/>
    public bool KeepsOrder => true;

    /// <summary>Opens an archive.</summary>
    /// <param name="stream">Its bytes; it stays open.</param>
    /// <exception cref="NumpyException">It is not valid.</exception>
    public static NpzFile Open(Stream stream)
    {
        ZipArchive? archive = null;

        try
        {
            long? length = stream.CanSeek ? stream.Length - stream.Position : null;
            archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);

            return new NpzFile(archive, length);
        }
        catch (Exception exception)
        {
            archive?.Dispose();

            if (IsOfArchive(exception))
            {
                throw new NumpyException($"The file is no valid zip archive. {exception.Message}", exception);
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public float[] Read(string name)
    {
        (ZipArchiveEntry entry, NpyHeader header) = _arrays[name];

        return Within(entry, stream =>
        {
            NpyHeader.Read(stream);
            float[] values = NpyData.Read(stream, header);

            return stream.Sum == entry.Crc32
                ? values
                : throw new NumpyException($"The array '{PythonText.Cut(name)}' is damaged: its bytes have another sum than the archive states.");
        });
    }

    public void Dispose() => _archive.Dispose();

    private static T Within<T>(ZipArchiveEntry entry, Func<CheckedStream, T> read)
    {
        try
        {
            using CheckedStream stream = new(entry.Open());

            return read(stream);
        }
        catch (Exception exception) when (IsOfArchive(exception))
        {
            throw new NumpyException($"The array '{PythonText.Cut(entry.FullName)}' cannot be unpacked. {exception.Message}", exception);
        }
    }

    /// <summary>What reading an archive throws where its bytes are wrong. A file that cannot be read is something else.</summary>
    private static bool IsOfArchive(Exception exception) =>
        exception is InvalidDataException or EndOfStreamException or NotSupportedException or ArgumentException or OverflowException
        || exception.GetType() == typeof(IOException);
}
