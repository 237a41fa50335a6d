using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nnfs.Tests;

public sealed class AlignedBlockTests
{
    /// <summary>The generator knows the number too, where it cannot ask the runtime.</summary>
    [Fact]
    public void MaxLength_leaves_two_lines_of_an_array() =>
        Assert.Equal(Array.MaxLength - (2 * AlignedBlock.Alignment / sizeof(float)), AlignedBlock.MaxLength);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(1000)]
    public unsafe void Block_starts_at_a_line_and_is_zero(int length)
    {
        AlignedBlock block = new(length);

        Assert.Equal(length, block.Length);
        Assert.Equal(new float[length], block.Span.ToArray());
        Assert.Equal(0, (long)(nuint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(block.Span)) % AlignedBlock.Alignment);
    }

    [Fact]
    public void Length_out_of_range_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => new AlignedBlock(-1));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new AlignedBlock(AlignedBlock.MaxLength + 1));
    }
}
