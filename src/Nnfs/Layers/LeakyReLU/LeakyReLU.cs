using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Nnfs.Kernels;

/// <summary>The rectified linear unit that lets a share of negative numbers through.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct LeakyReLU : IBriefActivation
{
    private readonly float _slope;

    /// <summary>The activation with its slope.</summary>
    /// <param name="slope">The slope where inputs are negative, from 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="slope"/> is not from 0 to 1.</exception>
    public LeakyReLU(float slope)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(slope, 0f);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(slope, 1f);

        _slope = slope;
    }

    /// <summary>Effectively computes <c>y[i] = x[i] &gt; 0 ? x[i] : slope · x[i]</c>; NaN stays NaN.</summary>
    /// <param name="x">Inputs.</param>
    /// <param name="slope">The slope where inputs are negative, from 0 to 1.</param>
    /// <param name="y">Outputs, at least as long as <paramref name="x"/>; written. May be <paramref name="x"/> itself.</param>
    /// <exception cref="ArgumentException"><paramref name="y"/> is shorter than <paramref name="x"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="slope"/> is not from 0 to 1.</exception>
    public static void Forward(ReadOnlySpan<float> x, float slope, Span<float> y) =>
        Elementwise.Forward(new LeakyReLU(slope), x, y);

    /// <summary>Effectively computes <c>dx[i] = y[i] &gt; 0 ? dy[i] : slope · dy[i]</c>.</summary>
    /// <param name="y">The outputs of the forward pass, which are positive exactly where the inputs were.</param>
    /// <param name="slope">The slope where inputs are negative, from 0 to 1.</param>
    /// <param name="dy">Gradients of the outputs, at least as long as <paramref name="y"/>.</param>
    /// <param name="dx">Gradients of the inputs, at least as long as <paramref name="y"/>; written. May be <paramref name="dy"/> itself.</param>
    /// <exception cref="ArgumentException"><paramref name="dy"/> or <paramref name="dx"/> is shorter than <paramref name="y"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="slope"/> is not from 0 to 1.</exception>
    public static void Backward(ReadOnlySpan<float> y, float slope, ReadOnlySpan<float> dy, Span<float> dx) =>
        Elementwise.Backward(new LeakyReLU(slope), y, dy, dx);

    static bool IActivation.KeepsDerivative => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IActivation.Forward<TSimd, TVector>(TVector x, out TVector derivative)
    {
        derivative = default;

        // With a slope of at most 1 it is the greater of both; of infinity and a slope of 0, x.
        return TSimd.Max(TSimd.Multiply(TSimd.Create(_slope), x), x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IActivation.Backward<TSimd, TVector>(TVector y, TVector dy) =>
        TSimd.Select(TSimd.Greater(y, TSimd.Create(0f)), dy, TSimd.Multiply(TSimd.Create(_slope), dy));
}
