using System.ComponentModel;

namespace Nnfs;

/// <summary>Memory for what a prediction computes on its way: one block for each thread, allocated when a thread first needs it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ThreadScratch
{
    [ThreadStatic]
    private static AlignedBlock? s_block;

    /// <summary>
    /// At least <paramref name="length"/> floats of any content, aligned to 64 bytes, until this thread asks again. Who asks for fewer gets the first of them.
    /// </summary>
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
}
