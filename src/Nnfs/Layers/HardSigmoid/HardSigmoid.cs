using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Nnfs.Kernels;

/// <summary>The hard sigmoid: a line that is cut off at 0 and 1, see <see cref="Sigmoid"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct HardSigmoid : IBriefActivation
{
    /// <summary>From here on the function is 1, and up to its negative 0.</summary>
    private const float Bend = 3f;

    private const float Slope = 1f / 6f;

    /// <summary>
    /// Effectively computes <c>y[i] = min(max(x[i] / 6 + 1/2, 0), 1)</c>. The error is at most 3 ULP, and beyond −3 and 3 there is none; NaN stays NaN.
    /// </summary>
    /// <param name="x">Inputs.</param>
    /// <param name="y">Outputs, at least as long as <paramref name="x"/>; written. May be <paramref name="x"/> itself.</param>
    /// <exception cref="ArgumentException"><paramref name="y"/> is shorter than <paramref name="x"/>.</exception>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y) => Elementwise.Forward(default(HardSigmoid), x, y);

    /// <summary>Effectively computes <c>dx[i] = 0 &lt; y[i] &lt; 1 ? dy[i] / 6 : 0</c>.</summary>
    /// <param name="y">The outputs of the forward pass.</param>
    /// <param name="dy">Gradients of the outputs, at least as long as <paramref name="y"/>.</param>
    /// <param name="dx">Gradients of the inputs, at least as long as <paramref name="y"/>; written. May be <paramref name="dy"/> itself.</param>
    /// <exception cref="ArgumentException"><paramref name="dy"/> or <paramref name="dx"/> is shorter than <paramref name="y"/>.</exception>
    public static void Backward(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx) => Elementwise.Backward(default(HardSigmoid), y, dy, dx);

    static bool IActivation.KeepsDerivative => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IActivation.Forward<TSimd, TVector>(TVector x, out TVector derivative)
    {
        derivative = default;

        // The sum with 3 comes first: near −3 it is exact.
        TVector above = TSimd.Add(TSimd.Max(TSimd.Create(-Bend), x), TSimd.Create(Bend));

        return TSimd.Min(TSimd.Create(1f), TSimd.Multiply(above, TSimd.Create(Slope)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IActivation.Backward<TSimd, TVector>(TVector y, TVector dy)
    {
        TVector zero = TSimd.Create(0f);
        TVector slope = TSimd.Select(TSimd.Greater(TSimd.Create(1f), y), TSimd.Create(Slope), zero);

        return TSimd.Multiply(TSimd.Select(TSimd.Greater(y, zero), slope, zero), dy);
    }
}
