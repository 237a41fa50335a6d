using System.ComponentModel;
using System.Runtime.CompilerServices;
using Nnfs.Data;

namespace Nnfs;

/// <summary>Memory for what a pass computes on its way: that of each thread, allocated when the thread first needs it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ThreadScratch
{
    [ThreadStatic]
    private static AlignedBlock? s_block;

    [ThreadStatic]
    private static int[]? s_indices;

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

    /// <summary>The indices that floats are, as generic code gives them to a network; until this thread asks again.</summary>
    /// <param name="inputs">Whole numbers, of a magnitude below 2²⁴.</param>
    /// <exception cref="ArgumentException">A number is not whole, or so great that a float has no digits for its neighbours.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ReadOnlySpan<int> Indices(ReadOnlySpan<float> inputs)
    {
        int[]? indices = s_indices;

        if (indices is null || indices.Length < inputs.Length)
        {
            s_indices = indices = new int[inputs.Length];
        }

        for (int i = 0; i < inputs.Length; i++)
        {
            indices[i] = (int)inputs[i];

            if (indices[i] != inputs[i] || Math.Abs(inputs[i]) > IndexFeatures.Greatest)
            {
                IndexFeatures.ThrowNoIndex(inputs[i], i, nameof(inputs));
            }
        }

        return indices.AsSpan(0, inputs.Length);
    }
}
