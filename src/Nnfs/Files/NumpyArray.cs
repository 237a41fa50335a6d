using System.Collections.Immutable;
using System.IO.Compression;
using System.Runtime.InteropServices;
using Nnfs.Files;
using Nnfs.Files.Npy;

namespace Nnfs;

/// <summary>
/// An array of numbers with a shape, as NumPy saves it: <c>numpy.save</c> writes one into a file (.npy), <c>numpy.savez</c> and <c>numpy.savez_compressed</c>
/// write several into an archive (.npz).
/// </summary>
/// <example>
/// <code>
/// NumpyArray features = NumpyArray.Read("features.npy");                 // numpy.save("features.npy", x)
/// new NumpyArray([2, 3], [1, 2, 3, 4, 5, 6]).Save("numbers.npy");        // numpy.load("numbers.npy")
/// </code>
/// </example>
public sealed class NumpyArray
{
    /// <summary>An array of the given numbers.</summary>
    /// <param name="shape">The lengths, each at least 0; none for a single number.</param>
    /// <param name="values">The numbers, row by row; the array is kept, not copied.</param>
    /// <exception cref="ArgumentException">The shape is that of another number of values, or a length is negative.</exception>
    public NumpyArray(ImmutableArray<int> shape, float[] values)
    {
        ArgumentNullException.ThrowIfNull(values);

        if (shape.IsDefault)
        {
            throw new ArgumentNullException(nameof(shape));
        }

        Int128 count = 1;

        foreach (int length in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(length, nameof(shape));

            // An array of 64 lengths is possible, and is then empty or mostly ones.
            count = Int128.Min(count * length, (Int128)Array.MaxLength + 1);
        }

        if (shape.Contains(0) ? values.Length != 0 : count != values.Length)
        {
            throw new ArgumentException(
                $"Expected as many values as the shape [{string.Join(", ", shape)}] has, but there are {values.Length}.", nameof(values));
        }

        Shape = shape;
        Values = values;
    }

    /// <summary>The lengths; none for a single number.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>
    /// The numbers, row by row, whatever order they have in the file. Numbers of other types are rounded to the nearest float: whole numbers up to 2²⁴ are
    /// exact.
    /// </summary>
    public float[] Values { get; }

    /// <summary>Reads an array from a file (.npy).</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="NumpyException">The file is no valid array, or its numbers are neither floats of 16, 32 or 64 bits nor integers.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    public static NumpyArray Read(string path)
    {
        using FileStream stream = File.OpenRead(path);

        return Read(stream);
    }

    /// <summary>Reads an array (.npy).</summary>
    /// <param name="stream">The file's bytes, to the stream's end; it stays open.</param>
    /// <exception cref="NumpyException">It is no valid array, or its numbers are neither floats of 16, 32 or 64 bits nor integers.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static NumpyArray Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        NpyHeader header = NpyHeader.Read(stream);

        return new NumpyArray(ShapeOf(header.Shape), NpyData.Read(stream, header));
    }

    /// <summary>Reads the arrays of an archive (.npz) by their names.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="NumpyException">The file is no valid archive of arrays, or the numbers of one are neither floats nor integers.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    public static IReadOnlyDictionary<string, NumpyArray> ReadArchive(string path)
    {
        using FileStream stream = File.OpenRead(path);

        return ReadArchive(stream);
    }

    /// <summary>Reads the arrays of an archive (.npz) by their names.</summary>
    /// <param name="stream">The file's bytes, to the stream's end; it stays open.</param>
    /// <exception cref="NumpyException">It is no valid archive of arrays, or the numbers of one are neither floats nor integers.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static IReadOnlyDictionary<string, NumpyArray> ReadArchive(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using NpzFile file = NpzFile.Open(stream);

        return file.Tensors.ToDictionary(
            static tensor => tensor.Name, tensor => new NumpyArray(ShapeOf(tensor.Shape), file.Read(tensor.Name)), StringComparer.Ordinal);
    }

    /// <summary>Writes arrays into an archive (.npz), not compressed. The file is replaced at the end, once all is written.</summary>
    /// <param name="path">The file.</param>
    /// <param name="arrays">The arrays by their names, each name once.</param>
    /// <exception cref="IOException">The file cannot be written. What was there before still is.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be written. What was there before still is.</exception>
    public static void SaveArchive(string path, IEnumerable<KeyValuePair<string, NumpyArray>> arrays) =>
        AtomicFile.Write(path, stream => SaveArchive(stream, arrays));

    /// <summary>Writes arrays into an archive (.npz), not compressed.</summary>
    /// <param name="stream">Takes the file's bytes; it stays open.</param>
    /// <param name="arrays">The arrays by their names, each name once.</param>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void SaveArchive(Stream stream, IEnumerable<KeyValuePair<string, NumpyArray>> arrays)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(arrays);
        using ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true);

        foreach ((string name, NumpyArray array) in arrays)
        {
            NpzWriter.Add(archive, name, array.Save);
        }
    }

    /// <summary>Writes the array into a file (.npy), as 32-bit floats. The file is replaced at the end, once all is written.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be written. What was there before still is.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be written. What was there before still is.</exception>
    public void Save(string path) => AtomicFile.Write(path, Save);

    /// <summary>Writes the array (.npy), as 32-bit floats.</summary>
    /// <param name="stream">Takes the file's bytes; it stays open.</param>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(NpyHeader.Write(Shape));

        if (BitConverter.IsLittleEndian)
        {
            stream.Write(MemoryMarshal.AsBytes(Values.AsSpan()));
        }
        else
        {
            float[] copy = [.. Values];
            LittleEndian.Convert(copy.AsSpan());
            stream.Write(MemoryMarshal.AsBytes(copy.AsSpan()));
        }
    }

    private static ImmutableArray<int> ShapeOf(ImmutableArray<long> shape) => [.. shape.Select(static length => length <= int.MaxValue
        ? (int)length
        : throw new NumpyException($"The array has a length of {length}, but at most {int.MaxValue} are read."))];
}
