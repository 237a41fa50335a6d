using System.ComponentModel;
using System.Numerics.Tensors;

namespace Nnfs.Kernels;

/// <summary>Rows of a table, by their indices.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Embedding
{
    /// <summary>Effectively computes <c>y[i, j] = w[x[i], j]</c>.</summary>
    /// <param name="x">The indices [samples].</param>
    /// <param name="w">The table [vocabulary × dimensions].</param>
    /// <param name="dimensions">The values of a row, at least 1.</param>
    /// <param name="y">The rows [samples × dimensions]; written.</param>
    /// <param name="samples">The number of indices.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is not that of a row, or <paramref name="dimensions"/> is less than 1.</exception>
    public static void Forward(ReadOnlySpan<int> x, ReadOnlySpan<float> w, int dimensions, Span<float> y, int samples)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ShapeGuard.AtLeast(x.Length, samples, 1);
        ShapeGuard.AtLeast(y.Length, samples, dimensions);

        int rows = w.Length / dimensions;

        for (int i = 0; i < samples; i++)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)x[i], (uint)rows, nameof(x));
            w.Slice(x[i] * dimensions, dimensions).CopyTo(y.Slice(i * dimensions, dimensions));
        }
    }

    /// <summary>
    /// Effectively computes <c>dw[k, j] = Σᵢ dy[i, j]</c> over all <c>i</c> with <c>x[i] = k</c>, for some of the rows <c>k</c>: those that no index names
    /// become zero, or stay as they are where sums are added.
    /// </summary>
    /// <param name="x">The indices of the forward pass [samples].</param>
    /// <param name="dy">Gradients of the rows that were read [samples × dimensions].</param>
    /// <param name="dimensions">The values of a row, at least 1.</param>
    /// <param name="dw">Gradients of the table [vocabulary × dimensions]; written.</param>
    /// <param name="samples">The number of indices.</param>
    /// <param name="start">The first of the rows of the table.</param>
    /// <param name="count">Their number.</param>
    /// <param name="adds">Whether the sums are added to what is there, the sums over other samples.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rows are not within the table, or <paramref name="dimensions"/> is less than 1.</exception>
    /// <remarks>The sums go through the indices from first to last, so that they have the same bits however the rows are shared.</remarks>
    public static void BackwardParameters(
        ReadOnlySpan<int> x, ReadOnlySpan<float> dy, int dimensions, Span<float> dw, int samples, int start, int count, bool adds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ShapeGuard.AtLeast(x.Length, samples, 1);
        ShapeGuard.AtLeast(dy.Length, samples, dimensions);
        ShapeGuard.Part(start, count, dw.Length / dimensions);

        if (!adds)
        {
            dw.Slice(start * dimensions, count * dimensions).Clear();
        }

        for (int i = 0; i < samples; i++)
        {
            if ((uint)(x[i] - start) < (uint)count)
            {
                Span<float> row = dw.Slice(x[i] * dimensions, dimensions);
                TensorPrimitives.Add(row, dy.Slice(i * dimensions, dimensions), row);
            }
        }
    }
}
