using System.ComponentModel;
using System.Runtime.CompilerServices;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>The Gaussian error linear unit: each number times the share of a normal distribution that lies below it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct GELU : IActivation
{
    /// <summary>
    /// Effectively computes <c>y[i] = x[i] · Φ(x[i])</c> with <c>Φ(x) = ½ · (1 + erf(x / √2))</c>. The error is at most 1e-6 of the result where x[i] is −5 or
    /// more and at most 2e-12 below; NaN stays NaN.
    /// </summary>
    /// <param name="x">Inputs.</param>
    /// <param name="y">Outputs, at least as long as <paramref name="x"/>; written. May be <paramref name="x"/> itself.</param>
    /// <exception cref="ArgumentException"><paramref name="y"/> is shorter than <paramref name="x"/>.</exception>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y) => Elementwise.Forward(default(GELU), x, y);

    /// <summary>
    /// The same, and what the way back multiplies by: effectively computes <c>derivatives[i] = Φ(x[i]) + x[i] · φ(x[i])</c>
    /// with <c>φ(x) = exp(−x²/2) / √(2π)</c>. Their error is at most 3e-7.
    /// </summary>
    /// <param name="x">Inputs.</param>
    /// <param name="y">Outputs, at least as long as <paramref name="x"/>; written. May be <paramref name="x"/> itself.</param>
    /// <param name="derivatives">The derivatives, at least as long as <paramref name="x"/>; written.</param>
    /// <exception cref="ArgumentException"><paramref name="y"/> or <paramref name="derivatives"/> is shorter than <paramref name="x"/>.</exception>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y, Span<float> derivatives) => Elementwise.Forward(default(GELU), x, y, derivatives);

    /// <summary>Effectively computes <c>dx[i] = derivatives[i] · dy[i]</c>.</summary>
    /// <param name="derivatives">The derivatives that the forward pass computed.</param>
    /// <param name="dy">Gradients of the outputs, at least as long as <paramref name="derivatives"/>.</param>
    /// <param name="dx">Gradients of the inputs, at least as long as <paramref name="derivatives"/>; written. May be <paramref name="dy"/> itself.</param>
    /// <exception cref="ArgumentException"><paramref name="dy"/> or <paramref name="dx"/> is shorter than <paramref name="derivatives"/>.</exception>
    public static void Backward(ReadOnlySpan<float> derivatives, ReadOnlySpan<float> dy, Span<float> dx) =>
        Elementwise.Backward(default(GELU), derivatives, dy, dx);

    static bool IActivation.KeepsDerivative => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IActivation.Forward<TSimd, TVector>(TVector x, out TVector derivative) =>
        Elementary.NormalProduct<TSimd, TVector>(x, out derivative);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IActivation.Backward<TSimd, TVector>(TVector derivative, TVector dy) => TSimd.Multiply(derivative, dy);
}
