using System.ComponentModel;
using System.Runtime.CompilerServices;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>The softplus: a smooth <see cref="ReLU"/>, whose derivative is the sigmoid.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Softplus : IActivation
{
    /// <summary>
    /// Effectively computes <c>y[i] = log(1 + exp(x[i]))</c>, as <c>max(x[i], 0) + log(1 + exp(−|x[i]|))</c>, which does not overflow. The error is at most
    /// 4 ULP, or 1.7e-28 below −64, where the result is as at −64. NaN stays NaN.
    /// </summary>
    /// <param name="x">Inputs.</param>
    /// <param name="y">Outputs, at least as long as <paramref name="x"/>; written. May be <paramref name="x"/> itself.</param>
    /// <exception cref="ArgumentException"><paramref name="y"/> is shorter than <paramref name="x"/>.</exception>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y) => Elementwise.Forward(default(Softplus), x, y);

    /// <summary>
    /// Effectively computes <c>dx[i] = (1 − exp(−y[i])) · dy[i]</c>. The factor of dy[i] is the sigmoid of the input, and has an error of at most 1 ULP for
    /// the output as it is given.
    /// </summary>
    /// <param name="y">The outputs of the forward pass, at least 0.</param>
    /// <param name="dy">Gradients of the outputs, at least as long as <paramref name="y"/>.</param>
    /// <param name="dx">Gradients of the inputs, at least as long as <paramref name="y"/>; written. May be <paramref name="dy"/> itself.</param>
    /// <exception cref="ArgumentException"><paramref name="dy"/> or <paramref name="dx"/> is shorter than <paramref name="y"/>.</exception>
    public static void Backward(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx) => Elementwise.Backward(default(Softplus), y, dy, dx);

    static bool IActivation.KeepsDerivative => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IActivation.Forward<TSimd, TVector>(TVector x, out TVector derivative)
    {
        derivative = default;

        return Elementary.Softplus<TSimd, TVector>(x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IActivation.Backward<TSimd, TVector>(TVector y, TVector dy)
    {
        TVector zero = TSimd.Create(0f);
        TVector lack = Elementary.ExpMinus1OfNegative<TSimd, TVector>(TSimd.Subtract(zero, y));

        return TSimd.Multiply(TSimd.Subtract(zero, lack), dy);
    }
}
