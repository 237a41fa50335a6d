namespace Nnfs.Tests;

/// <summary>
/// Floats with a frame before and after them. Around what is only read the frame is NaN, so that a kernel which computes with anything
/// outside shows it; around what is written it is a canary, so that a kernel which writes outside shows it too. The floats start at any
/// distance from an aligned address.
/// </summary>
internal sealed class FramedBlock
{
    /// <summary>A number that no computation of the tests gives.</summary>
    public const float Canary = 12345.678f;

    private const int Frame = 48;

    private readonly AlignedBlock _block;
    private readonly float _frameValue;
    private readonly int _start;
    private readonly int _length;

    private FramedBlock(ReadOnlySpan<float> content, float frameValue, int misalignment)
    {
        _frameValue = frameValue;
        _start = Frame + misalignment;
        _length = content.Length;
        _block = new AlignedBlock(_start + content.Length + Frame);
        _block.Span.Fill(frameValue);
        content.CopyTo(Span);
    }

    public Span<float> Span => _block.Slice(_start, _length);

    /// <summary>Numbers that are read.</summary>
    /// <param name="content">The numbers.</param>
    /// <param name="misalignment">The distance in floats from an aligned address.</param>
    public static FramedBlock Source(ReadOnlySpan<float> content, int misalignment = 0) => new(content, float.NaN, misalignment);

    /// <summary>Numbers that are written; until then each is a canary.</summary>
    /// <param name="length">How many.</param>
    /// <param name="misalignment">The distance in floats from an aligned address.</param>
    public static FramedBlock Destination(int length, int misalignment = 0)
    {
        float[] canaries = new float[length];
        Array.Fill(canaries, Canary);

        return new FramedBlock(canaries, Canary, misalignment);
    }

    /// <summary>Numbers that are read and then overwritten.</summary>
    /// <param name="content">The numbers.</param>
    /// <param name="misalignment">The distance in floats from an aligned address.</param>
    public static FramedBlock InPlace(ReadOnlySpan<float> content, int misalignment = 0) => new(content, Canary, misalignment);

    public void AssertFrameIsIntact()
    {
        Assert.True(AllAre(_block.Slice(0, _start), _frameValue), "Something was written before the block.");
        Assert.True(AllAre(_block.Slice(_start + _length, Frame), _frameValue), "Something was written after the block.");
    }

    public void AssertNothingIsWritten()
    {
        AssertFrameIsIntact();
        Assert.True(AllAre(Span, Canary), "Something was written.");
    }

    private static bool AllAre(ReadOnlySpan<float> values, float expected)
    {
        foreach (float value in values)
        {
            if (BitConverter.SingleToInt32Bits(value) != BitConverter.SingleToInt32Bits(expected))
            {
                return false;
            }
        }

        return true;
    }
}
