using System.Runtime.CompilerServices;
using Nnfs.Simd;

namespace Nnfs.Kernels.Terms;

/// <summary>The terms <c>f(y[i] − t[i])</c>.</summary>
internal readonly ref struct ErrorTerms<TTargets, TFunction> : ITerms
    where TTargets : struct, ITerms, allows ref struct
    where TFunction : struct, ITermFunction
{
    private readonly SpanTerms _y;
    private readonly TTargets _targets;
    private readonly TFunction _function;

    public ErrorTerms(ReadOnlySpan<float> y, TTargets targets, TFunction function)
    {
        _y = new SpanTerms(y);
        _targets = targets;
        _function = function;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector At<TSimd, TVector>(nuint i)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct =>
        _function.Of<TSimd, TVector>(TSimd.Subtract(_y.At<TSimd, TVector>(i), _targets.At<TSimd, TVector>(i)));
}
