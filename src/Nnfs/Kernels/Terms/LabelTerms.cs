using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nnfs.Simd;

namespace Nnfs.Kernels.Terms;

/// <summary>Labels as the numbers that they stand for.</summary>
internal readonly ref struct LabelTerms : ITerms
{
    private readonly ref readonly int _labels;

    public LabelTerms(ReadOnlySpan<int> labels)
    {
        _labels = ref MemoryMarshal.GetReference(labels);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector At<TSimd, TVector>(nuint i)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct => TSimd.LoadConverted(in _labels, i);
}
