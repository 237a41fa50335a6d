using System.ComponentModel;
using System.Runtime.CompilerServices;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>The hyperbolic tangent, which takes numbers to between −1 and 1.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Tanh : IActivation
{
    /// <summary>Effectively computes <c>y[i] = tanh(x[i])</c>. The error is at most 3 ULP, near zero too; NaN stays NaN.</summary>
    /// <param name="x">Inputs.</param>
    /// <param name="y">Outputs, at least as long as <paramref name="x"/>; written. May be <paramref name="x"/> itself.</param>
    /// <exception cref="ArgumentException"><paramref name="y"/> is shorter than <paramref name="x"/>.</exception>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y) => Elementwise.Forward(default(Tanh), x, y);

    /// <summary>Effectively computes <c>dx[i] = (1 − y[i]²) · dy[i]</c>.</summary>
    /// <param name="y">The outputs of the forward pass.</param>
    /// <param name="dy">Gradients of the outputs, at least as long as <paramref name="y"/>.</param>
    /// <param name="dx">Gradients of the inputs, at least as long as <paramref name="y"/>; written. May be <paramref name="dy"/> itself.</param>
    /// <exception cref="ArgumentException"><paramref name="dy"/> or <paramref name="dx"/> is shorter than <paramref name="y"/>.</exception>
    public static void Backward(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx) => Elementwise.Backward(default(Tanh), y, dy, dx);

    static bool IActivation.KeepsDerivative => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IActivation.Forward<TSimd, TVector>(TVector x, out TVector derivative)
    {
        derivative = default;

        return Elementary.Tanh<TSimd, TVector>(x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IActivation.Backward<TSimd, TVector>(TVector y, TVector dy)
    {
        // As a product it keeps its digits where y is close to 1 or −1.
        TVector one = TSimd.Create(1f);

        return TSimd.Multiply(TSimd.Multiply(TSimd.Subtract(one, y), TSimd.Add(one, y)), dy);
    }
}
