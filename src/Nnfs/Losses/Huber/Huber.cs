using System.ComponentModel;
using System.Runtime.CompilerServices;
using Nnfs.Kernels.Terms;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>Huber's loss, squared for small errors and linear for great ones, in the mean over outputs and samples.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Huber
{
    /// <summary>
    /// Effectively computes the mean over all <c>i</c> of <c>½·e²</c> where <c>|e| ≤ delta</c> and <c>delta · (|e| − ½·delta)</c> elsewhere,
    /// with <c>e = y[i] − t[i]</c>. A NaN makes the loss NaN.
    /// </summary>
    /// <param name="y">Outputs [samples × outputs], at least one.</param>
    /// <param name="targets">Targets [samples × outputs].</param>
    /// <param name="delta">The error from which on the loss is linear, positive and finite.</param>
    /// <exception cref="ArgumentException"><paramref name="targets"/> is not as long as <paramref name="y"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delta"/> is not positive and finite.</exception>
    public static float Forward(ReadOnlySpan<float> y, ReadOnlySpan<float> targets, float delta)
    {
        ShapeGuard.OneForEach(targets.Length, y.Length);
        Check(delta);

        return TermSweep.Mean(new ErrorTerms<SpanTerms, Loss>(y, new SpanTerms(targets), new Loss(delta)), y.Length);
    }

    /// <summary>
    /// Effectively computes <c>dy[i] = clamp(y[i] − t[i], −delta, delta) / n</c>, where <c>n</c> is the number of all outputs; NaN stays NaN.
    /// </summary>
    /// <param name="y">The outputs of the forward pass [samples × outputs].</param>
    /// <param name="targets">Targets [samples × outputs].</param>
    /// <param name="delta">The error from which on the loss is linear, positive and finite.</param>
    /// <param name="dy">Gradients of the outputs [samples × outputs]; written. May be <paramref name="y"/> or <paramref name="targets"/> itself.</param>
    /// <exception cref="ArgumentException"><paramref name="targets"/> or <paramref name="dy"/> is not as long as <paramref name="y"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delta"/> is not positive and finite.</exception>
    public static void Backward(ReadOnlySpan<float> y, ReadOnlySpan<float> targets, float delta, Span<float> dy)
    {
        ShapeGuard.OneForEach(targets.Length, y.Length);
        ShapeGuard.OneForEach(dy.Length, y.Length);
        Check(delta);

        TermSweep.Store(new ErrorTerms<SpanTerms, Slope>(y, new SpanTerms(targets), new Slope(delta, 1f / y.Length)), dy);
    }

    private static void Check(float delta)
    {
        if (!(delta > 0f && float.IsFinite(delta)))
        {
            throw new ArgumentOutOfRangeException(nameof(delta), delta, $"Expected a positive, finite number, but it is {delta}.");
        }
    }

    /// <summary>Both cases in one: <c>c · (|e| − ½·c)</c> with <c>c = min(|e|, delta)</c>.</summary>
    private readonly struct Loss(float delta) : ITermFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Of<TSimd, TVector>(TVector x)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            TVector magnitude = default(Magnitude).Of<TSimd, TVector>(x);
            TVector greatest = TSimd.Create(delta);
            TVector c = TSimd.Select(TSimd.Greater(magnitude, greatest), greatest, magnitude);

            return TSimd.Multiply(c, TSimd.Subtract(magnitude, TSimd.Multiply(TSimd.Create(0.5f), c)));
        }
    }

    private readonly struct Slope(float delta, float factor) : ITermFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Of<TSimd, TVector>(TVector x)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            TVector greatest = TSimd.Create(delta);
            TVector least = TSimd.Create(-delta);
            TVector clamped = TSimd.Select(TSimd.Greater(least, x), least, TSimd.Select(TSimd.Greater(x, greatest), greatest, x));

            return TSimd.Multiply(TSimd.Create(factor), clamped);
        }
    }
}
