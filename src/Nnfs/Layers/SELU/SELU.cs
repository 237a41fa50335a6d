using System.ComponentModel;
using System.Runtime.CompilerServices;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>The scaled exponential linear unit: an <see cref="ELU"/> with a scale, whose two numbers keep mean and variance from layer to layer.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SELU : IActivation
{
    /// <summary>What an input above 0 is multiplied by.</summary>
    private const float Scale = 1.0507009873554805f;

    /// <summary>What the outputs of very negative inputs approach, with its sign turned: the scale times alpha, 1.6732632423543772.</summary>
    private const float ScaledAlpha = 1.7580993408473766f;

    /// <summary>
    /// Effectively computes <c>y[i] = scale · (x[i] &gt; 0 ? x[i] : alpha · (exp(x[i]) − 1))</c> for alpha = 1.6732632423543772 and
    /// scale = 1.0507009873554805. The error is at most 4 ULP, near zero too; NaN stays NaN.
    /// </summary>
    /// <param name="x">Inputs.</param>
    /// <param name="y">Outputs, at least as long as <paramref name="x"/>; written. May be <paramref name="x"/> itself.</param>
    /// <exception cref="ArgumentException"><paramref name="y"/> is shorter than <paramref name="x"/>.</exception>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y) => Elementwise.Forward(default(SELU), x, y);

    /// <summary>Effectively computes <c>dx[i] = y[i] &gt; 0 ? scale · dy[i] : (y[i] + scale · alpha) · dy[i]</c>.</summary>
    /// <param name="y">The outputs of the forward pass.</param>
    /// <param name="dy">Gradients of the outputs, at least as long as <paramref name="y"/>.</param>
    /// <param name="dx">Gradients of the inputs, at least as long as <paramref name="y"/>; written. May be <paramref name="dy"/> itself.</param>
    /// <exception cref="ArgumentException"><paramref name="dy"/> or <paramref name="dx"/> is shorter than <paramref name="y"/>.</exception>
    public static void Backward(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx) => Elementwise.Backward(default(SELU), y, dy, dx);

    static bool IActivation.KeepsDerivative => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IActivation.Forward<TSimd, TVector>(TVector x, out TVector derivative)
    {
        derivative = default;
        TVector positive = TSimd.Multiply(TSimd.Create(Scale), TSimd.Max(TSimd.Create(0f), x));

        return TSimd.MultiplyAdd(TSimd.Create(ScaledAlpha), Elementary.ExpMinus1OfNegative<TSimd, TVector>(x), positive);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IActivation.Backward<TSimd, TVector>(TVector y, TVector dy) => TSimd.Multiply(
        TSimd.Select(TSimd.Greater(y, TSimd.Create(0f)), TSimd.Create(Scale), TSimd.Add(y, TSimd.Create(ScaledAlpha))),
        dy);
}
