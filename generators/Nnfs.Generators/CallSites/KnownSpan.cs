using Microsoft.CodeAnalysis;

namespace Nnfs.Generators.CallSites;

/// <summary>An array or a span whose length the compiler knows: a stretch of what an expression creates.</summary>
/// <param name="Source">The expression that creates the values.</param>
/// <param name="Start">The first of the source's values.</param>
/// <param name="Length">The number of values.</param>
/// <param name="HasSourceValues">Whether the values, too, are still those that the source gave.</param>
internal readonly record struct KnownSpan(IOperation Source, int Start, int Length, bool HasSourceValues)
{
    /// <summary>All that an expression creates; <see langword="null"/> where no array could hold it.</summary>
    public static KnownSpan? Of(IOperation source, long length, bool hasSourceValues = true) =>
        length is >= 0 and <= int.MaxValue ? new KnownSpan(source, 0, (int)length, hasSourceValues) : null;

    /// <summary>A part of it; <see langword="null"/> where the part does not lie within, which is another fault than ours.</summary>
    public KnownSpan? Slice(long start, long length) => start >= 0 && length >= 0 && start <= Length && length <= Length - start
        ? this with { Start = Start + (int)start, Length = (int)length }
        : null;
}
