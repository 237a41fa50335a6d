using System.ComponentModel;
using System.Runtime.CompilerServices;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>The exponential linear unit.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ELU : IActivation
{
    private readonly float _alpha;

    /// <summary>The activation with its alpha.</summary>
    /// <param name="alpha">What very negative inputs approach, with its sign turned; more than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="alpha"/> is not more than 0.</exception>
    public ELU(float alpha)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(alpha, 0f);

        _alpha = alpha;
    }

    /// <summary>
    /// Effectively computes <c>y[i] = x[i] &gt; 0 ? x[i] : alpha · (exp(x[i]) − 1)</c>. The error is at most 3 ULP, near zero too; NaN stays NaN.
    /// </summary>
    /// <param name="x">Inputs.</param>
    /// <param name="alpha">What very negative inputs approach, with its sign turned; more than 0.</param>
    /// <param name="y">Outputs, at least as long as <paramref name="x"/>; written. May be <paramref name="x"/> itself.</param>
    /// <exception cref="ArgumentException"><paramref name="y"/> is shorter than <paramref name="x"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="alpha"/> is not more than 0.</exception>
    public static void Forward(ReadOnlySpan<float> x, float alpha, Span<float> y) =>
        Elementwise.Forward(new ELU(alpha), x, y);

    /// <summary>Effectively computes <c>dx[i] = y[i] &gt; 0 ? dy[i] : (y[i] + alpha) · dy[i]</c>.</summary>
    /// <param name="y">The outputs of the forward pass. Outputs that are not positive are from −<paramref name="alpha"/> to 0.</param>
    /// <param name="alpha">What very negative inputs approach, with its sign turned; more than 0.</param>
    /// <param name="dy">Gradients of the outputs, at least as long as <paramref name="y"/>.</param>
    /// <param name="dx">Gradients of the inputs, at least as long as <paramref name="y"/>; written. May be <paramref name="dy"/> itself.</param>
    /// <exception cref="ArgumentException"><paramref name="dy"/> or <paramref name="dx"/> is shorter than <paramref name="y"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="alpha"/> is not more than 0.</exception>
    public static void Backward(ReadOnlySpan<float> y, float alpha, ReadOnlySpan<float> dy, Span<float> dx) =>
        Elementwise.Backward(new ELU(alpha), y, dy, dx);

    static bool IActivation.KeepsDerivative => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IActivation.Forward<TSimd, TVector>(TVector x, out TVector derivative)
    {
        derivative = default;

        return TSimd.MultiplyAdd(TSimd.Create(_alpha), Elementary.ExpMinus1OfNegative<TSimd, TVector>(x), TSimd.Max(TSimd.Create(0f), x));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IActivation.Backward<TSimd, TVector>(TVector y, TVector dy) =>
        TSimd.Select(TSimd.Greater(y, TSimd.Create(0f)), dy, TSimd.Multiply(TSimd.Add(y, TSimd.Create(_alpha)), dy));
}
