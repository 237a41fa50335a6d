using System.ComponentModel;
using System.Numerics.Tensors;

namespace Nnfs.Kernels;

/// <summary>A table that is added to each sample.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PositionalEmbedding
{
    /// <summary>Effectively computes <c>y[i, j] = x[i, j] + w[j]</c>.</summary>
    /// <param name="x">Inputs [samples × size].</param>
    /// <param name="w">The table, all of it [size].</param>
    /// <param name="y">Outputs [samples × size]; written. May be <paramref name="x"/> itself.</param>
    /// <param name="samples">The number of samples.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> w, Span<float> y, int samples)
    {
        ShapeGuard.AtLeast(x.Length, samples, w.Length);
        ShapeGuard.AtLeast(y.Length, samples, w.Length);

        for (int i = 0; i < samples; i++)
        {
            TensorPrimitives.Add(x.Slice(i * w.Length, w.Length), w, y.Slice(i * w.Length, w.Length));
        }
    }

    /// <summary>Effectively computes <c>dw[j] = Σᵢ dy[i, j]</c>, for some of the values <c>j</c>.</summary>
    /// <param name="dy">Gradients of the outputs [samples × size].</param>
    /// <param name="dw">Gradients of the table, all of them [size]; written.</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="start">The first of the values.</param>
    /// <param name="count">Their number.</param>
    /// <param name="adds">Whether the sums are added to what is there, the sums over other samples.</param>
    /// <exception cref="ArgumentException"><paramref name="dy"/> is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The values are not within the table.</exception>
    public static void BackwardParameters(ReadOnlySpan<float> dy, Span<float> dw, int samples, int start, int count, bool adds)
    {
        ShapeGuard.AtLeast(dy.Length, samples, dw.Length);
        ShapeGuard.Part(start, count, dw.Length);

        Span<float> sums = dw.Slice(start, count);

        if (!adds)
        {
            sums.Clear();
        }

        for (int i = 0; i < samples; i++)
        {
            TensorPrimitives.Add(sums, dy.Slice((i * dw.Length) + start, count), sums);
        }
    }
}
