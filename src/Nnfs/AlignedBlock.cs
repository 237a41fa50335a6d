using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nnfs.Optimizers;

namespace Nnfs;

/// <summary>
/// A block of floats that starts at a multiple of 64 bytes, begins as zeros, and is followed by at least 16 more floats
/// that vector code may read. It lives on the pinned heap and needs no disposal.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class AlignedBlock
{
    /// <summary>The alignment of the start, in bytes: one cache line, one 512-bit vector.</summary>
    public const int Alignment = KernelLimits.BytesPerLine;

    private readonly float[] _array;
    private readonly int _start;

    /// <summary>Allocates a block of zeros.</summary>
    /// <param name="length">The number of floats, 0 … <see cref="MaxLength"/>.</param>
    /// <param name="contract">The version of what generated code calls that the caller was compiled with. Leave it out, so that the compiler sets it.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative or more than one array can hold.</exception>
    /// <exception cref="NotSupportedException">The caller was compiled with a version that no longer fits this assembly.</exception>
    public AlignedBlock(int length, int contract = NetworkContract.Version)
    {
        // The first thing that a network does is to allocate its parameters, before any method that calls a kernel is compiled.
        NetworkContract.Require(contract);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MaxLength);

        // Up to one line before the aligned start, and one line after the end.
        _array = GC.AllocateArray<float>(length + (2 * KernelLimits.FloatsPerLine), pinned: true);
        _start = FloatsToAlignment(ref MemoryMarshal.GetArrayDataReference(_array));
        Length = length;
        BlockRegister.Add(in Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_array), _start));
    }

    /// <summary>The greatest length of a block.</summary>
    public static int MaxLength => KernelLimits.MostFloats;

    /// <summary>The number of floats.</summary>
    public int Length { get; }

    /// <summary>All floats of the block.</summary>
    public Span<float> Span => MemoryMarshal.CreateSpan(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_array), _start), Length);

    /// <summary>A part of the block.</summary>
    /// <param name="start">The first float.</param>
    /// <param name="length">The number of floats.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part does not lie within the block.</exception>
    public Span<float> Slice(int start, int length) => Span.Slice(start, length);

    /// <summary>The floats from <paramref name="first"/>, which does not move, to the first multiple of 64 bytes.</summary>
    internal static unsafe int FloatsToAlignment(ref float first)
    {
        nuint address = (nuint)Unsafe.AsPointer(ref first);
        nuint misalignment = address % Alignment;

        return misalignment == 0 ? 0 : (int)((Alignment - misalignment) / sizeof(float));
    }
}
