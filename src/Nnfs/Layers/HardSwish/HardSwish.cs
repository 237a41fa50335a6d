using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Nnfs.Kernels;

/// <summary>The hard swish: each number times a piecewise linear sigmoid of it, see <see cref="SiLU"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct HardSwish : IBriefActivation
{
    /// <summary>From here on the function is x, and from its negative on 0.</summary>
    private const float Bend = 3f;

    /// <summary>
    /// Effectively computes <c>y[i] = x[i] · min(max(x[i] / 6 + 1/2, 0), 1)</c>. The error is at most 3 ULP, and beyond −3 and 3 there is none; −∞ gives 0,
    /// NaN stays NaN.
    /// </summary>
    /// <param name="x">Inputs.</param>
    /// <param name="y">Outputs, at least as long as <paramref name="x"/>; written. May be <paramref name="x"/> itself.</param>
    /// <exception cref="ArgumentException"><paramref name="y"/> is shorter than <paramref name="x"/>.</exception>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y) => Elementwise.Forward(default(HardSwish), x, y);

    /// <summary>
    /// The same, and what the way back multiplies by: effectively computes <c>derivatives[i] = x[i] / 3 + 1/2</c>
    /// between −3 and 3, 0 up to −3, and 1 from 3 on. Their error is at most 2e-7.
    /// </summary>
    /// <param name="x">Inputs.</param>
    /// <param name="y">Outputs, at least as long as <paramref name="x"/>; written. May be <paramref name="x"/> itself.</param>
    /// <param name="derivatives">The derivatives, at least as long as <paramref name="x"/>; written.</param>
    /// <exception cref="ArgumentException"><paramref name="y"/> or <paramref name="derivatives"/> is shorter than <paramref name="x"/>.</exception>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y, Span<float> derivatives) => Elementwise.Forward(default(HardSwish), x, y, derivatives);

    /// <summary>Effectively computes <c>dx[i] = derivatives[i] · dy[i]</c>.</summary>
    /// <param name="derivatives">The derivatives that the forward pass computed.</param>
    /// <param name="dy">Gradients of the outputs, at least as long as <paramref name="derivatives"/>.</param>
    /// <param name="dx">Gradients of the inputs, at least as long as <paramref name="derivatives"/>; written. May be <paramref name="dy"/> itself.</param>
    /// <exception cref="ArgumentException"><paramref name="dy"/> or <paramref name="dx"/> is shorter than <paramref name="derivatives"/>.</exception>
    public static void Backward(ReadOnlySpan<float> derivatives, ReadOnlySpan<float> dy, Span<float> dx) =>
        Elementwise.Backward(default(HardSwish), derivatives, dy, dx);

    static bool IActivation.KeepsDerivative => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IActivation.Forward<TSimd, TVector>(TVector x, out TVector derivative)
    {
        // −∞ · 0 would be NaN. The sum with 3 comes first: near −3 it is exact.
        TVector bounded = TSimd.Max(TSimd.Create(-Bend), x);
        TVector gate = TSimd.Multiply(TSimd.Add(bounded, TSimd.Create(Bend)), TSimd.Create(1f / 6f));

        // From 3 on the derivative is 1, and from −3 on 0.
        TVector slope = TSimd.MultiplyAdd(x, TSimd.Create(1f / 3f), TSimd.Create(0.5f));
        TVector outer = TSimd.Min(TSimd.Create(1f), TSimd.Max(TSimd.Create(0f), x));
        derivative = TSimd.Select(TSimd.Greater(TSimd.Create(Bend), TSimd.Abs(x)), slope, outer);

        return TSimd.Multiply(bounded, TSimd.Min(TSimd.Create(1f), gate));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IActivation.Backward<TSimd, TVector>(TVector derivative, TVector dy) => TSimd.Multiply(derivative, dy);
}
