namespace Nnfs.Files.Npy;

/// <summary>Reads a file of an archive, and computes the sum (CRC-32) that the archive has of it.</summary>
internal sealed class CheckedStream(Stream stream) : Stream
{
    private static readonly uint[] s_table = Table();

    private uint _register = uint.MaxValue;

    /// <summary>The sum of what has been read.</summary>
    public uint Sum => ~_register;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int read = stream.Read(buffer);

        foreach (byte value in buffer[..read])
        {
            _register = s_table[(byte)_register ^ value] ^ (_register >> 8);
        }

        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            stream.Dispose();
        }

        base.Dispose(disposing);
    }

    private static uint[] Table()
    {
        const uint Polynomial = 0xEDB88320;
        uint[] table = new uint[256];

        for (uint i = 0; i < table.Length; i++)
        {
            uint register = i;

            for (int bit = 0; bit < 8; bit++)
            {
                register = (register & 1) != 0 ? Polynomial ^ (register >> 1) : register >> 1;
            }

            table[i] = register;
        }

        return table;
    }
}
