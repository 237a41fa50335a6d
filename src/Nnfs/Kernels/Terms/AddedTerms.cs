using System.Runtime.CompilerServices;
using Nnfs.Simd;

namespace Nnfs.Kernels.Terms;

/// <summary>The terms <c>sum[i] + f(x[i])</c>.</summary>
internal readonly ref struct AddedTerms<TFunction> : ITerms
    where TFunction : struct, ITermFunction
{
    private readonly SpanTerms _sums;
    private readonly FunctionTerms<TFunction> _terms;

    public AddedTerms(ReadOnlySpan<float> sums, ReadOnlySpan<float> x, TFunction function)
    {
        _sums = new SpanTerms(sums);
        _terms = new FunctionTerms<TFunction>(x, function);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector At<TSimd, TVector>(nuint i)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct =>
        TSimd.Add(_sums.At<TSimd, TVector>(i), _terms.At<TSimd, TVector>(i));
}
