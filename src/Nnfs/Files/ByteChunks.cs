namespace Nnfs.Files;

/// <summary>
/// Bytes read from a stream, in chunks: memory is taken as bytes arrive, so that a length that a file merely claims costs
/// nothing, and more than one array can hold fits as well.
/// </summary>
internal sealed class ByteChunks
{
    private const int ChunkLength = 64 * 1024;

    private readonly List<byte[]> _chunks = [];

    private ByteChunks()
    {
    }

    /// <summary>Reads that many bytes; <see langword="null"/> where the stream ends before.</summary>
    public static ByteChunks? Read(Stream stream, long length)
    {
        ByteChunks bytes = new();

        for (long read = 0; read < length;)
        {
            byte[] chunk = new byte[Math.Min(ChunkLength, length - read)];

            if (stream.ReadAtLeast(chunk, chunk.Length, throwOnEndOfStream: false) < chunk.Length)
            {
                return null;
            }

            bytes._chunks.Add(chunk);
            read += chunk.Length;
        }

        return bytes;
    }

    /// <summary>Copies the bytes from <paramref name="start"/> on that fill <paramref name="destination"/>.</summary>
    public void CopyTo(long start, Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            (long chunk, long offset) = Math.DivRem(start, ChunkLength);
            ReadOnlySpan<byte> source = _chunks[(int)chunk].AsSpan((int)offset);
            int length = Math.Min(source.Length, destination.Length);

            source[..length].CopyTo(destination);
            destination = destination[length..];
            start += length;
        }
    }
}
