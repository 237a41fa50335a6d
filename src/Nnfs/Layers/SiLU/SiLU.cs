using System.ComponentModel;
using System.Runtime.CompilerServices;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>The sigmoid linear unit, also called swish: each number times its sigmoid.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SiLU : IActivation
{
    /// <summary>From here on the function is x in every bit, and its gradient 1; from its negative on, both are as good as zero.</summary>
    private const float Greatest = -Elementary.SmallestExponent;

    /// <summary>
    /// Effectively computes <c>y[i] = x[i] / (1 + exp(−x[i]))</c>. The error is at most 5 ULP, or 1.1e-26 below −64,
    /// where the result is as at −64. NaN stays NaN.
    /// </summary>
    /// <param name="x">Inputs.</param>
    /// <param name="y">Outputs, at least as long as <paramref name="x"/>; written. May be <paramref name="x"/> itself.</param>
    /// <exception cref="ArgumentException"><paramref name="y"/> is shorter than <paramref name="x"/>.</exception>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y) => Elementwise.Forward(default(SiLU), x, y);

    /// <summary>
    /// Effectively computes <c>dx[i] = (s + x[i] · s · (1 − s)) · dy[i]</c> with <c>s = 1 / (1 + exp(−x[i]))</c>. The factor of dy[i] has an error of at most
    /// 3e-7; below −64 it is as at −64, 1e-26.
    /// </summary>
    /// <param name="x">The inputs of the forward pass.</param>
    /// <param name="dy">Gradients of the outputs, at least as long as <paramref name="x"/>.</param>
    /// <param name="dx">Gradients of the inputs, at least as long as <paramref name="x"/>; written. May be <paramref name="dy"/> itself.</param>
    /// <exception cref="ArgumentException"><paramref name="dy"/> or <paramref name="dx"/> is shorter than <paramref name="x"/>.</exception>
    public static void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> dx) => Elementwise.Backward(default(SiLU), x, dy, dx);

    static bool IActivation.IsOfInputs => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IActivation.Forward<TSimd, TVector>(TVector x)
    {
        // −∞ · 0 would be NaN.
        TVector bounded = TSimd.Max(TSimd.Create(-Greatest), x);

        return TSimd.Multiply(bounded, Elementary.Sigmoid<TSimd, TVector>(bounded, out _));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IActivation.Backward<TSimd, TVector>(TVector x, TVector dy)
    {
        TVector bounded = TSimd.Min(TSimd.Create(Greatest), TSimd.Max(TSimd.Create(-Greatest), x));
        TVector sigmoid = Elementary.Sigmoid<TSimd, TVector>(bounded, out TVector rest);

        return TSimd.Multiply(TSimd.Multiply(sigmoid, TSimd.MultiplyAdd(bounded, rest, TSimd.Create(1f))), dy);
    }
}
