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
    /// Effectively computes <c>dx[i] = (s + x[i] · s · (1 − s) · 2u′) · dy[i]</c> with <c>s = ½ · (1 + tanh u)</c>, <c>u = √(2/π) · (x + 0.044715 · x³)</c> and
    /// <c>u′ = √(2/π) · (1 + 3 · 0.044715 · x²)</c>. The factor of dy[i] has an error of at most 3e-7.
    /// </summary>
    /// <param name="x">The inputs of the forward pass.</param>
    /// <param name="dy">Gradients of the outputs, at least as long as <paramref name="x"/>.</param>
    /// <param name="dx">Gradients of the inputs, at least as long as <paramref name="x"/>; written. May be <paramref name="dy"/> itself.</param>
    /// <exception cref="ArgumentException"><paramref name="dy"/> or <paramref name="dx"/> is shorter than <paramref name="x"/>.</exception>
    public static void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> dx) => Elementwise.Backward(default(GELUTanh), x, dy, dx);

    static bool IActivation.IsOfInputs => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IActivation.Forward<TSimd, TVector>(TVector x)
    {
        // −∞ · 0 would be NaN.
        TVector bounded = TSimd.Max(TSimd.Create(-Greatest), x);
        TVector u2 = TSimd.Multiply(bounded, TSimd.MultiplyAdd(Square<TSimd, TVector>(bounded), TSimd.Create(Cubic), TSimd.Create(Linear)));

        return TSimd.Multiply(bounded, Elementary.Sigmoid<TSimd, TVector>(u2, out _));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IActivation.Backward<TSimd, TVector>(TVector x, TVector dy)
    {
        TVector bounded = TSimd.Min(TSimd.Create(Greatest), TSimd.Max(TSimd.Create(-Greatest), x));
        TVector square = Square<TSimd, TVector>(bounded);
        TVector u2 = TSimd.Multiply(bounded, TSimd.MultiplyAdd(square, TSimd.Create(Cubic), TSimd.Create(Linear)));
        TVector slope = TSimd.MultiplyAdd(square, TSimd.Create(3f * Cubic), TSimd.Create(Linear));
        TVector sigmoid = Elementary.Sigmoid<TSimd, TVector>(u2, out TVector rest);
        TVector sum = TSimd.MultiplyAdd(TSimd.Multiply(bounded, rest), slope, TSimd.Create(1f));

        return TSimd.Multiply(TSimd.Multiply(sigmoid, sum), dy);
    }

    /// <summary>The square, with so little more that it is not a denormal number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Square<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct =>
        TSimd.MultiplyAdd(x, x, TSimd.Create(Elementary.Little));
}
