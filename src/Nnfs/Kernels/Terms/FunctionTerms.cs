using System.Runtime.CompilerServices;
using Nnfs.Simd;

namespace Nnfs.Kernels.Terms;

/// <summary>The terms <c>f(x[i])</c>.</summary>
internal readonly ref struct FunctionTerms<TFunction> : ITerms
    where TFunction : struct, ITermFunction
{
    private readonly SpanTerms _x;
    private readonly TFunction _function;

    public FunctionTerms(ReadOnlySpan<float> x, TFunction function)
    {
        _x = new SpanTerms(x);
        _function = function;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector At<TSimd, TVector>(nuint i)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct => _function.Of<TSimd, TVector>(_x.At<TSimd, TVector>(i));
}
