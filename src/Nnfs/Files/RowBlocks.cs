using System.Buffers;

namespace Nnfs.Files;

/// <summary>
/// The rows of a tensor in blocks that fit a small buffer: tensors lie in memory with strides, and in files without. One row is the
/// least, however long it is.
/// </summary>
internal readonly ref struct RowBlocks
{
    private const nint TargetLength = 16 * 1024;

    private readonly ReadOnlySpan<nint> _lengths;
    private readonly nint _rowsPerBlock;

    /// <param name="lengths">The tensor's shape: at least one dimension, each at least 1.</param>
    public RowBlocks(ReadOnlySpan<nint> lengths)
    {
        nint rowLength = 1;

        foreach (nint length in lengths[1..])
        {
            rowLength *= length;
        }

        _lengths = lengths;
        _rowsPerBlock = Math.Clamp(TargetLength / rowLength, 1, lengths[0]);
        BufferLength = (int)(_rowsPerBlock * rowLength);
    }

    /// <summary>The number of elements of the largest block.</summary>
    public int BufferLength { get; }

    /// <summary>The number of blocks.</summary>
    public int Count => (int)((_lengths[0] + _rowsPerBlock - 1) / _rowsPerBlock);

    /// <summary>A block as the part of the tensor that it is.</summary>
    public NRange[] this[int block]
    {
        get
        {
            NRange[] ranges = new NRange[_lengths.Length];
            ranges.AsSpan().Fill(NRange.All);
            nint start = block * _rowsPerBlock;
            ranges[0] = new NRange(start, Math.Min(start + _rowsPerBlock, _lengths[0]));

            return ranges;
        }
    }
}
