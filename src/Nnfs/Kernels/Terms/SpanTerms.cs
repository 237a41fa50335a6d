using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nnfs.Simd;

namespace Nnfs.Kernels.Terms;

/// <summary>The terms <c>x[i]</c>, as they lie in memory.</summary>
internal readonly ref struct SpanTerms : ITerms
{
    private readonly ref readonly float _x;

    public SpanTerms(ReadOnlySpan<float> x)
    {
        _x = ref MemoryMarshal.GetReference(x);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector At<TSimd, TVector>(nuint i)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct => TSimd.Load(in _x, i);
}
