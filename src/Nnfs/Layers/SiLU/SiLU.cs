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
    /// The same, and what the way back multiplies by: effectively computes <c>derivatives[i] = s + x[i] · s · (1 − s)</c>
    /// with <c>s = 1 / (1 + exp(−x[i]))</c>. Their error is at most 3e-7; below −64 they are as at −64, 1e-26.
    /// </summary>
    /// <param name="x">Inputs.</param>
    /// <param name="y">Outputs, at least as long as <paramref name="x"/>; written. May be <paramref name="x"/> itself.</param>
    /// <param name="derivatives">The derivatives, at least as long as <paramref name="x"/>; written.</param>
    /// <exception cref="ArgumentException"><paramref name="y"/> or <paramref name="derivatives"/> is shorter than <paramref name="x"/>.</exception>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y, Span<float> derivatives) => Elementwise.Forward(default(SiLU), x, y, derivatives);

    /// <summary>Effectively computes <c>dx[i] = derivatives[i] · dy[i]</c>.</summary>
    /// <param name="derivatives">The derivatives that the forward pass computed.</param>
    /// <param name="dy">Gradients of the outputs, at least as long as <paramref name="derivatives"/>.</param>
    /// <param name="dx">Gradients of the inputs, at least as long as <paramref name="derivatives"/>; written. May be <paramref name="dy"/> itself.</param>
    /// <exception cref="ArgumentException"><paramref name="dy"/> or <paramref name="dx"/> is shorter than <paramref name="derivatives"/>.</exception>
    public static void Backward(ReadOnlySpan<float> derivatives, ReadOnlySpan<float> dy, Span<float> dx) =>
        Elementwise.Backward(default(SiLU), derivatives, dy, dx);

    static bool IActivation.KeepsDerivative => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IActivation.Forward<TSimd, TVector>(TVector x, out TVector derivative)
    {
        // −∞ · 0 would be NaN.
        TVector bounded = TSimd.Max(TSimd.Create(-Greatest), x);
        TVector inner = TSimd.Min(TSimd.Create(Greatest), bounded);
        TVector sigmoid = Elementary.Sigmoid<TSimd, TVector>(bounded, out TVector rest);
        derivative = TSimd.Multiply(sigmoid, TSimd.MultiplyAdd(inner, rest, TSimd.Create(1f)));

        return TSimd.Multiply(bounded, sigmoid);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IActivation.Backward<TSimd, TVector>(TVector derivative, TVector dy) => TSimd.Multiply(derivative, dy);
}
