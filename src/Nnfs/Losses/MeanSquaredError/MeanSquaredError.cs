using System.ComponentModel;
using Nnfs.Kernels.Terms;

namespace Nnfs.Kernels;

/// <summary>The squared error, in the mean over outputs and samples.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class MeanSquaredError
{
    /// <summary>
    /// Effectively computes the mean over all <c>i</c> of <c>(y[i] − t[i])²</c>. Squares beyond the range of float are infinite; a NaN makes the loss NaN.
    /// </summary>
    /// <param name="y">Outputs [samples × outputs], at least one.</param>
    /// <param name="targets">Targets [samples × outputs].</param>
    /// <exception cref="ArgumentException"><paramref name="targets"/> is not as long as <paramref name="y"/>.</exception>
    public static float Forward(ReadOnlySpan<float> y, ReadOnlySpan<float> targets)
    {
        ShapeGuard.OneForEach(targets.Length, y.Length);

        return TermSweep.Mean(new ErrorTerms<SpanTerms, Square>(y, new SpanTerms(targets), default), y.Length);
    }

    /// <summary>Effectively computes <c>dy[i] = 2 · (y[i] − t[i]) / n</c>, where <c>n</c> is the number of all outputs; NaN stays NaN.</summary>
    /// <param name="y">The outputs of the forward pass [samples × outputs].</param>
    /// <param name="targets">Targets [samples × outputs].</param>
    /// <param name="dy">Gradients of the outputs [samples × outputs]; written. May be <paramref name="y"/> or <paramref name="targets"/> itself.</param>
    /// <exception cref="ArgumentException"><paramref name="targets"/> or <paramref name="dy"/> is not as long as <paramref name="y"/>.</exception>
    public static void Backward(ReadOnlySpan<float> y, ReadOnlySpan<float> targets, Span<float> dy)
    {
        ShapeGuard.OneForEach(targets.Length, y.Length);
        ShapeGuard.OneForEach(dy.Length, y.Length);

        TermSweep.Store(new ErrorTerms<SpanTerms, Scaled>(y, new SpanTerms(targets), new Scaled(2f / y.Length)), dy);
    }
}
