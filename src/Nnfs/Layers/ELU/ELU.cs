using System.ComponentModel;
using System.Runtime.CompilerServices;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>The exponential linear unit.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ELU
{
    /// <summary>
    /// Effectively computes <c>y[i] = x[i] &gt; 0 ? x[i] : alpha · (exp(x[i]) − 1)</c>. The error is at most 3 ULP, near zero too; NaN stays NaN.
    /// </summary>
    /// <param name="x">Inputs.</param>
    /// <param name="alpha">What very negative inputs approach, with its sign turned; more than 0.</param>
    /// <param name="y">Outputs, at least as long as <paramref name="x"/>; written. May be <paramref name="x"/> itself.</param>
    /// <exception cref="ArgumentException"><paramref name="y"/> is shorter than <paramref name="x"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="alpha"/> is not more than 0.</exception>
    public static void Forward(ReadOnlySpan<float> x, float alpha, Span<float> y)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(alpha, 0f);

        Elementwise.Forward(new Function(alpha), x, y);
    }

    /// <summary>Effectively computes <c>dx[i] = y[i] &gt; 0 ? dy[i] : (y[i] + alpha) · dy[i]</c>.</summary>
    /// <param name="y">The outputs of the forward pass. Outputs that are not positive are from −<paramref name="alpha"/> to 0.</param>
    /// <param name="alpha">What very negative inputs approach, with its sign turned; more than 0.</param>
    /// <param name="dy">Gradients of the outputs, at least as long as <paramref name="y"/>.</param>
    /// <param name="dx">Gradients of the inputs, at least as long as <paramref name="y"/>; written. May be <paramref name="dy"/> itself.</param>
    /// <exception cref="ArgumentException"><paramref name="dy"/> or <paramref name="dx"/> is shorter than <paramref name="y"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="alpha"/> is not more than 0.</exception>
    public static void Backward(ReadOnlySpan<float> y, float alpha, ReadOnlySpan<float> dy, Span<float> dx)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(alpha, 0f);

        Elementwise.Backward(new Function(alpha), y, dy, dx);
    }

    private readonly struct Function(float alpha) : IElementwise
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Forward<TSimd, TVector>(TVector x)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct =>
            TSimd.Select(TSimd.Greater(x, TSimd.Create(0f)), x, TSimd.Multiply(TSimd.Create(alpha), Elementary.ExpMinus1OfNegative<TSimd, TVector>(x)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Backward<TSimd, TVector>(TVector y, TVector dy)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct =>
            TSimd.Select(TSimd.Greater(y, TSimd.Create(0f)), dy, TSimd.Multiply(TSimd.Add(y, TSimd.Create(alpha)), dy));
    }
}
