using System.Buffers.Binary;
using System.IO.Compression;
using Nnfs.Files;

namespace Nnfs;

/// <summary>
/// Reads IDX files, the format of MNIST and Fashion-MNIST, plain or compressed by gzip, which the file's first bytes tell. All
/// fields of the header are checked, and so is the length of the file.
/// </summary>
public static class IdxFile
{
    private const int UnsignedByte = 0x08;
    private const int ImageDimensions = 3;
    private const int LabelDimensions = 1;

    /// <summary>Reads images and their labels.</summary>
    /// <param name="imagesPath">The file with the images: <c>train-images-idx3-ubyte</c> or <c>train-images-idx3-ubyte.gz</c>.</param>
    /// <param name="labelsPath">The file with their labels: <c>train-labels-idx1-ubyte</c> or <c>train-labels-idx1-ubyte.gz</c>.</param>
    /// <param name="classes">The number of classes, at least 1.</param>
    /// <returns>A sample for each image, with a feature from 0 to 1 for each pixel, row by row.</returns>
    /// <exception cref="InvalidDataException">A file is not what it should be, there are not as many images as labels, or a label is out of range.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classes"/> is less than 1.</exception>
    public static Dataset ReadDataset(string imagesPath, string labelsPath, int classes = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);

        IdxImages images = ReadImages(imagesPath);
        int[] labels = ReadLabels(labelsPath);

        if (labels.Length != images.Count)
        {
            throw new InvalidDataException($"'{imagesPath}' has {images.Count} images, but '{labelsPath}' has {labels.Length} labels.");
        }

        int outside = labels.AsSpan().IndexOfAnyExceptInRange(0, classes - 1);

        return outside < 0
            ? new Dataset(images.PixelArray, labels, images.Height * images.Width, classes)
            : throw new InvalidDataException($"Labels are 0 … {classes - 1}, but label {outside} of '{labelsPath}' is {labels[outside]}.");
    }

    /// <summary>Reads images.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is not an IDX file of images in unsigned bytes.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IdxImages ReadImages(string path)
    {
        using FileStream stream = File.OpenRead(path);

        return ReadImages(stream);
    }

    /// <summary>Reads images.</summary>
    /// <param name="stream">The file's bytes, to the stream's end. It stays open.</param>
    /// <exception cref="InvalidDataException">It is not an IDX file of images in unsigned bytes.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IdxImages ReadImages(Stream stream)
    {
        byte[] bytes = Read(stream, ImageDimensions, out int[] sizes);
        float[] pixels = new float[bytes.Length];

        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = bytes[i] / 255f;
        }

        return new IdxImages(pixels, sizes[0], sizes[1], sizes[2]);
    }

    /// <summary>Reads labels.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The labels, 0 … 255.</returns>
    /// <exception cref="InvalidDataException">It is not an IDX file of labels in unsigned bytes.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static int[] ReadLabels(string path)
    {
        using FileStream stream = File.OpenRead(path);

        return ReadLabels(stream);
    }

    /// <summary>Reads labels.</summary>
    /// <param name="stream">The file's bytes, to the stream's end. It stays open.</param>
    /// <returns>The labels, 0 … 255.</returns>
    /// <exception cref="InvalidDataException">It is not an IDX file of labels in unsigned bytes.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static int[] ReadLabels(Stream stream) => Array.ConvertAll(Read(stream, LabelDimensions, out _), static label => (int)label);

    /// <summary>Reads a whole file of unsigned bytes with that many dimensions.</summary>
    private static byte[] Read(Stream stream, int dimensions, out int[] sizes)
    {
        ArgumentNullException.ThrowIfNull(stream);

        if (!stream.CanSeek)
        {
            // To look at the first bytes and go back, the stream must be one that can.
            using MemoryStream copy = new();
            stream.CopyTo(copy);
            copy.Position = 0;

            return Read(copy, dimensions, out sizes);
        }

        if (!IsCompressed(stream))
        {
            return ReadUncompressed(stream, dimensions, out sizes);
        }

        using GZipStream uncompressed = new(stream, CompressionMode.Decompress, leaveOpen: true);

        return ReadUncompressed(uncompressed, dimensions, out sizes);
    }

    private static bool IsCompressed(Stream stream)
    {
        long start = stream.Position;
        bool isCompressed = stream.ReadByte() == 0x1F && stream.ReadByte() == 0x8B;
        stream.Position = start;

        return isCompressed;
    }

    private static byte[] ReadUncompressed(Stream stream, int dimensions, out int[] sizes)
    {
        int length = ReadHeader(stream, dimensions, out sizes);

        ByteChunks data = ByteChunks.Read(stream, length)
            ?? throw new InvalidDataException($"The file should have {length} bytes of data for {string.Join(" × ", sizes)}, but it ends earlier.");

        if (stream.ReadByte() >= 0)
        {
            throw new InvalidDataException($"The file should have {length} bytes of data for {string.Join(" × ", sizes)}, but it has more.");
        }

        byte[] bytes = new byte[length];
        data.CopyTo(0, bytes);

        return bytes;
    }

    /// <summary>
    /// Reads two zeros, the element type, the number of dimensions, and the sizes, each of 4 bytes, big-endian. Gives the length of the data.
    /// </summary>
    private static int ReadHeader(Stream stream, int dimensions, out int[] sizes)
    {
        Span<byte> header = stackalloc byte[sizeof(int) * (1 + ImageDimensions)];
        header = header[..(sizeof(int) * (1 + dimensions))];

        if (stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length)
        {
            throw new InvalidDataException($"The file ends within its header of {header.Length} bytes.");
        }

        if (header[0] != 0 || header[1] != 0)
        {
            throw new InvalidDataException($"An IDX file begins with two zeros, but this one with {header[0]} and {header[1]}.");
        }

        if (header[2] != UnsignedByte)
        {
            throw new InvalidDataException($"Elements must be unsigned bytes, type {UnsignedByte}, but they are of type {header[2]}.");
        }

        if (header[3] != dimensions)
        {
            throw new InvalidDataException($"There must be {dimensions} dimensions, but the file has {header[3]}.");
        }

        sizes = new int[dimensions];
        long length = 1;
        long pixels = 1;

        for (int i = 0; i < dimensions; i++)
        {
            uint size = BinaryPrimitives.ReadUInt32BigEndian(header[(sizeof(int) * (1 + i))..]);

            length *= size;
            pixels *= i == 0 ? 1 : size;

            // There may be no images, but an image has pixels.
            if (size > AlignedBlock.MaxLength || pixels is 0 || Math.Max(length, pixels) > AlignedBlock.MaxLength)
            {
                throw new InvalidDataException($"Dimension {i} has the size {size}, which is 0 or more than one array can hold.");
            }

            sizes[i] = (int)size;
        }

        return (int)length;
    }
}
