using System.ComponentModel;
using System.Runtime.CompilerServices;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>The form of <see cref="GELU"/> by tanh, which is less exact and the one that many published networks were trained with.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct GELUTanh : IActivation
{
    /// <summary>From here on the function is x in every bit, and its gradient 1; from its negative on, both are as good as zero.</summary>
    private const float Greatest = 16f;

    /// <summary><c>2 · √(2/π)</c>.</summary>
    private const float Linear = 1.59576912160573071f;

    /// <summary><c>2 · √(2/π) · 0.044715</c>.</summary>
    private const float Cubic = 0.0713548162726002527f;

    /// <summary>
    /// Effectively computes <c>y[i] = ½ · x[i] · (1 + tanh(√(2/π) · (x[i] + 0.044715 · x[i]³)))</c>. The error is at most 1e-6 of the result where x[i] is −3
    /// or more and at most 4e-9 below; NaN stays NaN.
    /// </summary>
    /// <remarks>½ · (1 + tanh u) is the sigmoid of 2u, which has no difference to lose digits by.</remarks>
    /// <param name="x">Inputs.</param>
    /// <param name="y">Outputs, at least as long as <paramref name="x"/>; written. May be <paramref name="x"/> itself.</param>
    /// <exception cref="ArgumentException"><paramref name="y"/> is shorter than <paramref name="x"/>.</exception>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y) => Elementwise.Forward(default(GELUTanh), x, y);

    /// <summary>
    /// The same, and what the way back multiplies by: effectively computes <c>derivatives[i] = s + x[i] · s · (1 − s) · 2u′</c>
    /// with <c>s = ½ · (1 + tanh u)</c>, <c>u = √(2/π) · (x + 0.044715 · x³)</c> and <c>u′ = √(2/π) · (1 + 3 · 0.044715 · x²)</c>. Their error is at most 3e-7.
    /// </summary>
    /// <param name="x">Inputs.</param>
    /// <param name="y">Outputs, at least as long as <paramref name="x"/>; written. May be <paramref name="x"/> itself.</param>
    /// <param name="derivatives">The derivatives, at least as long as <paramref name="x"/>; written.</param>
    /// <exception cref="ArgumentException"><paramref name="y"/> or <paramref name="derivatives"/> is shorter than <paramref name="x"/>.</exception>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y, Span<float> derivatives) => Elementwise.Forward(default(GELUTanh), x, y, derivatives);

    /// <summary>Effectively computes <c>dx[i] = derivatives[i] · dy[i]</c>.</summary>
    /// <param name="derivatives">The derivatives that the forward pass computed.</param>
    /// <param name="dy">Gradients of the outputs, at least as long as <paramref name="derivatives"/>.</param>
    /// <param name="dx">Gradients of the inputs, at least as long as <paramref name="derivatives"/>; written. May be <paramref name="dy"/> itself.</param>
    /// <exception cref="ArgumentException"><paramref name="dy"/> or <paramref name="dx"/> is shorter than <paramref name="derivatives"/>.</exception>
    public static void Backward(ReadOnlySpan<float> derivatives, ReadOnlySpan<float> dy, Span<float> dx) =>
        Elementwise.Backward(default(GELUTanh), derivatives, dy, dx);

    static bool IActivation.KeepsDerivative => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IActivation.Forward<TSimd, TVector>(TVector x, out TVector derivative)
    {
        // −∞ · 0 would be NaN. The sigmoid is the same from the greatest number on.
        TVector bounded = TSimd.Max(TSimd.Create(-Greatest), x);
        TVector inner = TSimd.Min(TSimd.Create(Greatest), bounded);
        TVector square = TSimd.MultiplyAdd(inner, inner, TSimd.Create(Elementary.Little));
        TVector u2 = TSimd.Multiply(inner, TSimd.MultiplyAdd(square, TSimd.Create(Cubic), TSimd.Create(Linear)));
        TVector sigmoid = Elementary.Sigmoid<TSimd, TVector>(u2, out TVector rest);
        TVector slope = TSimd.MultiplyAdd(square, TSimd.Create(3f * Cubic), TSimd.Create(Linear));
        derivative = TSimd.Multiply(sigmoid, TSimd.MultiplyAdd(TSimd.Multiply(inner, rest), slope, TSimd.Create(1f)));

        return TSimd.Multiply(bounded, sigmoid);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IActivation.Backward<TSimd, TVector>(TVector derivative, TVector dy) => TSimd.Multiply(derivative, dy);
}
