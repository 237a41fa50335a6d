namespace Nnfs.Tests.Files;

/// <summary>A stream of a file in memory that counts how often it is read from. Reading into a span comes here as reading into an array.</summary>
internal sealed class CountedStream(byte[] bytes) : MemoryStream(bytes)
{
    /// <summary>How often it was read from.</summary>
    public int Reads { get; private set; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        Reads++;

        return base.Read(buffer, offset, count);
    }

    public override int ReadByte()
    {
        Reads++;

        return base.ReadByte();
    }
}
