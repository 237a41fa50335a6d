using System.ComponentModel;
using Nnfs.Kernels.Terms;

namespace Nnfs.Kernels;

/// <summary>The absolute error, in the mean over outputs and samples.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class MeanAbsoluteError
{
    /// <summary>Effectively computes the mean over all <c>i</c> of <c>|y[i] − t[i]|</c>. A NaN makes the loss NaN.</summary>
    /// <inheritdoc cref="MeanSquaredError.Forward(ReadOnlySpan{float}, ReadOnlySpan{float})"/>
    public static float Forward(ReadOnlySpan<float> y, ReadOnlySpan<float> targets)
    {
        ShapeGuard.OneForEach(targets.Length, y.Length);

        return TermSweep.Mean(new ErrorTerms<SpanTerms, Magnitude>(y, new SpanTerms(targets), default), y.Length);
    }

    /// <summary>
    /// Effectively computes <c>dy[i] = sign(y[i] − t[i]) / n</c>, where <c>n</c> is the number of all outputs and the sign of zero is zero; NaN stays NaN.
    /// </summary>
    /// <inheritdoc cref="MeanSquaredError.Backward(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})"/>
    public static void Backward(ReadOnlySpan<float> y, ReadOnlySpan<float> targets, Span<float> dy)
    {
        ShapeGuard.OneForEach(targets.Length, y.Length);
        ShapeGuard.OneForEach(dy.Length, y.Length);

        TermSweep.Store(new ErrorTerms<SpanTerms, ScaledSign>(y, new SpanTerms(targets), new ScaledSign(1f / y.Length)), dy);
    }
}
