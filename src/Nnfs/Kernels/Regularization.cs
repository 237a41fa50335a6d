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
    /// <param name="parameters">Weights or biases. Padding, which is zero, adds nothing.</param>
    /// <param name="l1">The factor of the magnitudes.</param>
    /// <param name="l2">The factor of the squares.</param>
    public static float Loss(ReadOnlySpan<float> parameters, float l1, float l2)
    {
        double magnitudes = l1 == 0f ? 0 : l1 * TermSweep.Sum(new FunctionTerms<Magnitude>(parameters, default), parameters.Length);
        double squares = l2 == 0f ? 0 : l2 * TermSweep.Sum(new FunctionTerms<Square>(parameters, default), parameters.Length);

        return (float)(magnitudes + squares);
    }

    /// <summary>
    /// Effectively computes <c>gradients[i] += l1 · sign(w[i]) + 2 · l2 · w[i]</c>, where the sign of zero is zero. A factor of zero leaves
    /// its term out; where a parameter is NaN, so is what is added.
    /// </summary>
    /// <param name="parameters">Weights or biases. Padding, which is zero, adds nothing.</param>
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
}
