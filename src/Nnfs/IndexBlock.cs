using System.ComponentModel;

namespace Nnfs;

/// <summary>A block of whole numbers: the indices that a pass of a network keeps.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class IndexBlock
{
    private readonly int[] _array;

    /// <summary>Allocates a block of zeros.</summary>
    /// <param name="length">The number of indices, not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    public IndexBlock(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        _array = new int[length];
    }

    /// <summary>The number of indices.</summary>
    public int Length => _array.Length;

    /// <summary>All indices of the block.</summary>
    public Span<int> Span => _array;

    /// <summary>A part of the block.</summary>
    /// <param name="start">The first index.</param>
    /// <param name="length">The number of indices.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part does not lie within the block.</exception>
    public Span<int> Slice(int start, int length) => _array.AsSpan(start, length);
}
