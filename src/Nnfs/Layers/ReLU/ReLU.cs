using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Nnfs.Kernels;

/// <summary>The rectified linear unit.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ReLU : IBriefActivation
{
    /// <summary>Effectively computes <c>y[i] = max(0, x[i])</c>; NaN stays NaN.</summary>
    /// <param name="x">Inputs.</param>
    /// <param name="y">Outputs, at least as long as <paramref name="x"/>; written. May be <paramref name="x"/> itself.</param>
    /// <exception cref="ArgumentException"><paramref name="y"/> is shorter than <paramref name="x"/>.</exception>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y) => Elementwise.Forward(default(ReLU), x, y);

    /// <summary>Effectively computes <c>dx[i] = y[i] &gt; 0 ? dy[i] : 0</c>: the gradient passes where the input was positive.</summary>
    /// <param name="y">The outputs of the forward pass, which are positive exactly where the inputs were.</param>
    /// <param name="dy">Gradients of the outputs, at least as long as <paramref name="y"/>.</param>
    /// <param name="dx">Gradients of the inputs, at least as long as <paramref name="y"/>; written. May be <paramref name="dy"/> itself.</param>
    /// <exception cref="ArgumentException"><paramref name="dy"/> or <paramref name="dx"/> is shorter than <paramref name="y"/>.</exception>
    public static void Backward(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx) => Elementwise.Backward(default(ReLU), y, dy, dx);

    static bool IActivation.KeepsDerivative => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IActivation.Forward<TSimd, TVector>(TVector x, out TVector derivative)
    {
        derivative = default;

        return TSimd.Max(TSimd.Create(0f), x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IActivation.Backward<TSimd, TVector>(TVector y, TVector dy) =>
        TSimd.WhereGreater(y, TSimd.Create(0f), dy);
}
