using System.Runtime.InteropServices;

namespace Nnfs.Kernels;

/// <summary>Memory for what a kernel computes on its way: one block for each thread, allocated when a thread first needs it.</summary>
internal static class KernelScratch
{
    [ThreadStatic]
    private static AlignedBlock? s_block;

    /// <summary>At least <paramref name="length"/> floats of any content, aligned to 64 bytes, until a kernel of this thread asks again.</summary>
    /// <param name="length">The number of floats.</param>
    public static Span<float> Take(int length)
    {
        AlignedBlock? block = s_block;

        if (block is null || block.Length < length)
        {
            s_block = block = new AlignedBlock(length);
        }

        return block.Slice(0, length);
    }

    /// <summary>Takes the first floats off a span: as many, rounded up to whole lines of the cache.</summary>
    public static Span<float> Split(ref Span<float> rest, int length)
    {
        int taken = (int)KernelLimits.Align(length);
        Span<float> first = rest[..length];
        rest = rest[taken..];

        return first;
    }

    /// <summary>The same as whole numbers.</summary>
    public static Span<int> SplitNumbers(ref Span<float> rest, int length) => MemoryMarshal.Cast<float, int>(Split(ref rest, length));
}
