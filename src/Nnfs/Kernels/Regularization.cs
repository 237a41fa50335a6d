using System.ComponentModel;
using Nnfs.Kernels.Terms;

namespace Nnfs.Kernels;

/// <summary>Penalties on great parameters, of their magnitudes (L1) and of their squares (L2).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Regularization
{
    /// <summary>
    /// Effectively computes <c>l1 · Σ|w[i]| + l2 · Σw[i]²</c>. A factor of zero leaves its sum out; a NaN in what is summed makes the loss NaN.
    /// </summary>
    /// <param name="parameters">Weights or biases, without padding.</param>
    /// <param name="l1">The factor of the magnitudes.</param>
    /// <param name="l2">The factor of the squares.</param>
    public static float Loss(ReadOnlySpan<float> parameters, float l1, float l2)
    {
        double magnitudes = l1 == 0f ? 0 : l1 * TermSweep.Sum(new FunctionTerms<Magnitude>(parameters, default), parameters.Length);
        double squares = l2 == 0f ? 0 : l2 * TermSweep.Sum(new FunctionTerms<Square>(parameters, default), parameters.Length);

        return (float)(magnitudes + squares);
    }

    /// <summary>As <see cref="Loss(ReadOnlySpan{float}, float, float)"/>, of rows with padding after each, which adds nothing, whatever it is.</summary>
    /// <param name="parameters">Weights or biases [rows × stride].</param>
    /// <param name="columns">The parameters in a row, at least 1.</param>
    /// <param name="stride">The length of a row with its padding, at least <paramref name="columns"/>.</param>
    /// <param name="l1">The factor of the magnitudes.</param>
    /// <param name="l2">The factor of the squares.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of its range.</exception>
    /// <exception cref="ArgumentException">The parameters are not a whole number of rows.</exception>
    public static float Loss(ReadOnlySpan<float> parameters, int columns, int stride, float l1, float l2)
    {
        CheckRows(parameters, columns, stride);
        double magnitudes = 0;
        double squares = 0;

        for (int start = 0; start < parameters.Length; start += stride)
        {
            ReadOnlySpan<float> row = parameters.Slice(start, columns);
            magnitudes += l1 == 0f ? 0 : TermSweep.Sum(new FunctionTerms<Magnitude>(row, default), columns);
            squares += l2 == 0f ? 0 : TermSweep.Sum(new FunctionTerms<Square>(row, default), columns);
        }

        return (float)((l1 * magnitudes) + (l2 * squares));
    }

    /// <summary>
    /// Effectively computes <c>gradients[i] += l1 · sign(w[i]) + 2 · l2 · w[i]</c>, where the sign of zero is zero. A factor of zero leaves
    /// its term out; where a parameter is NaN, so is what is added.
    /// </summary>
    /// <param name="parameters">Weights or biases, without padding.</param>
    /// <param name="l1">The factor of the magnitudes.</param>
    /// <param name="l2">The factor of the squares.</param>
    /// <param name="gradients">Gradients of the parameters; read and written.</param>
    /// <exception cref="ArgumentException"><paramref name="gradients"/> is not as long as <paramref name="parameters"/>.</exception>
    public static void Backward(ReadOnlySpan<float> parameters, float l1, float l2, Span<float> gradients)
    {
        ShapeGuard.OneForEach(gradients.Length, parameters.Length);

        if (l1 != 0f)
        {
            TermSweep.Store(new AddedTerms<ScaledSign>(gradients, parameters, new ScaledSign(l1)), gradients);
        }

        if (l2 != 0f)
        {
            TermSweep.Store(new AddedTerms<Scaled>(gradients, parameters, new Scaled(2f * l2)), gradients);
        }
    }

    /// <summary>
    /// As <see cref="Backward(ReadOnlySpan{float}, float, float, Span{float})"/>, of rows with padding after each, which is neither read nor written.
    /// </summary>
    /// <param name="parameters">Weights or biases [rows × stride].</param>
    /// <param name="columns">The parameters in a row, at least 1.</param>
    /// <param name="stride">The length of a row with its padding, at least <paramref name="columns"/>.</param>
    /// <param name="l1">The factor of the magnitudes.</param>
    /// <param name="l2">The factor of the squares.</param>
    /// <param name="gradients">Gradients of the parameters [rows × stride]; read and written.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of its range.</exception>
    /// <exception cref="ArgumentException">
    /// The parameters are not a whole number of rows, or <paramref name="gradients"/> is not as long as <paramref name="parameters"/>.
    /// </exception>
    public static void Backward(ReadOnlySpan<float> parameters, int columns, int stride, float l1, float l2, Span<float> gradients)
    {
        CheckRows(parameters, columns, stride);
        ShapeGuard.OneForEach(gradients.Length, parameters.Length);

        for (int start = 0; start < parameters.Length; start += stride)
        {
            Backward(parameters.Slice(start, columns), l1, l2, gradients.Slice(start, columns));
        }
    }

    private static void CheckRows(ReadOnlySpan<float> parameters, int columns, int stride)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, columns);

        if (parameters.Length % stride != 0)
        {
            throw new ArgumentException($"Expected rows of {stride} floats, but there are {parameters.Length}.", nameof(parameters));
        }
    }
}
