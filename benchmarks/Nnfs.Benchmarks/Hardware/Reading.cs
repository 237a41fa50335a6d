using System.Runtime.InteropServices;

namespace Nnfs.Benchmarks;

/// <summary>
/// The rate at which one core reads the same memory again and again: that of the cache that holds it, or of the memory itself. Comparing two equal
/// blocks reads both and does little else.
/// </summary>
internal sealed class Reading : Measured
{
    private readonly AlignedBlock _block;
    private readonly AlignedBlock _same;

    /// <summary>Keeps the comparisons from being optimised away.</summary>
    private bool _isEqual;

    public Reading(int kibibytes)
        : base($"{kibibytes:N0} KiB")
    {
        Bytes = kibibytes * 1024L;
        _block = new AlignedBlock((int)(Bytes / 2 / sizeof(float)));
        _same = new AlignedBlock(_block.Span.Length);

        // Memory that was never written is one page of zeros, which stays in a cache.
        _block.Span.Fill(1);
        _same.Span.Fill(1);
    }

    /// <summary>The bytes of one run.</summary>
    public long Bytes { get; }

    public override void Run(int operations)
    {
        for (int operation = 0; operation < operations; operation++)
        {
            _isEqual ^= MemoryMarshal.AsBytes(_block.Span).SequenceEqual(MemoryMarshal.AsBytes(_same.Span));
        }
    }
}
