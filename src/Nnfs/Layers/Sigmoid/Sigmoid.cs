using System.ComponentModel;
using System.Runtime.CompilerServices;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>The logistic function, which takes numbers to between 0 and 1.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Sigmoid : IActivation
{
    /// <summary>
    /// Effectively computes <c>y[i] = 1 / (1 + exp(−x[i]))</c>. The error is at most 3 ULP; below −64 the result is as at −64, 1.6e-28, so that
    /// gradients are not denormal numbers. NaN stays NaN.
    /// </summary>
    /// <param name="x">Inputs.</param>
    /// <param name="y">Outputs, at least as long as <paramref name="x"/>; written. May be <paramref name="x"/> itself.</param>
    /// <exception cref="ArgumentException"><paramref name="y"/> is shorter than <paramref name="x"/>.</exception>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y) => Elementwise.Forward(default(Sigmoid), x, y);

    /// <summary>Effectively computes <c>dx[i] = y[i] · (1 − y[i]) · dy[i]</c>.</summary>
    /// <param name="y">The outputs of the forward pass.</param>
    /// <param name="dy">Gradients of the outputs, at least as long as <paramref name="y"/>.</param>
    /// <param name="dx">Gradients of the inputs, at least as long as <paramref name="y"/>; written. May be <paramref name="dy"/> itself.</param>
    /// <exception cref="ArgumentException"><paramref name="dy"/> or <paramref name="dx"/> is shorter than <paramref name="y"/>.</exception>
    public static void Backward(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx) => Elementwise.Backward(default(Sigmoid), y, dy, dx);

    static bool IActivation.KeepsDerivative => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IActivation.Forward<TSimd, TVector>(TVector x, out TVector derivative)
    {
        derivative = default;

        return Elementary.Sigmoid<TSimd, TVector>(x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IActivation.Backward<TSimd, TVector>(TVector y, TVector dy) =>
        TSimd.Multiply(TSimd.Multiply(y, TSimd.Subtract(TSimd.Create(1f), y)), dy);
}
