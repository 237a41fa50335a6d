using System.ComponentModel;
using System.Numerics.Tensors;

namespace Nnfs.Kernels;

/// <summary>Rows of a table, by an index among the values of a sample.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class FeatureEmbedding
{
    /// <summary>
    /// Effectively computes for each sample <c>y = w[k], x[0], …, x[xSize − 2]</c> with the index <c>k = x[xSize − 1]</c>.
    /// </summary>
    /// <param name="x">The values of the samples, the last of each a whole number [samples × xSize].</param>
    /// <param name="xSize">The values of a sample, at least 1.</param>
    /// <param name="w">The table [vocabulary × dimensions].</param>
    /// <param name="dimensions">The values of a row of it, at least 1.</param>
    /// <param name="y">The rows with the other values [samples × (dimensions + xSize − 1)]; written.</param>
    /// <param name="samples">The number of samples.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is not that of a row, or a size is less than 1.</exception>
    public static void Forward(ReadOnlySpan<float> x, int xSize, ReadOnlySpan<float> w, int dimensions, Span<float> y, int samples)
    {
        int ySize = RowSize(xSize, dimensions);
        ShapeGuard.AtLeast(x.Length, samples, xSize);
        ShapeGuard.AtLeast(y.Length, samples, ySize);

        int rows = w.Length / dimensions;

        for (int i = 0; i < samples; i++)
        {
            ReadOnlySpan<float> values = x.Slice(i * xSize, xSize);
            Span<float> row = y.Slice(i * ySize, ySize);
            float index = values[^1];

            if (!ShapeGuard.IsIndex(index, rows))
            {
                throw new ArgumentOutOfRangeException(nameof(x), index, $"Expected whole numbers from 0 to {rows - 1} as indices.");
            }

            w.Slice((int)index * dimensions, dimensions).CopyTo(row);
            values[..^1].CopyTo(row[dimensions..]);
        }
    }

    /// <summary>Effectively computes for each sample <c>dx = dy[dimensions], …, dy[dimensions + xSize − 2], 0</c>.</summary>
    /// <param name="dy">Gradients of the rows and the other values [samples × (dimensions + xSize − 1)].</param>
    /// <param name="dimensions">The values of a row of the table, at least 1.</param>
    /// <param name="dx">Gradients of the values of the samples [samples × xSize]; written.</param>
    /// <param name="xSize">The values of a sample, at least 1.</param>
    /// <param name="samples">The number of samples.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is less than 1.</exception>
    public static void BackwardInputs(ReadOnlySpan<float> dy, int dimensions, Span<float> dx, int xSize, int samples)
    {
        int ySize = RowSize(xSize, dimensions);
        ShapeGuard.AtLeast(dy.Length, samples, ySize);
        ShapeGuard.AtLeast(dx.Length, samples, xSize);

        for (int i = 0; i < samples; i++)
        {
            Span<float> values = dx.Slice(i * xSize, xSize);
            dy.Slice((i * ySize) + dimensions, xSize - 1).CopyTo(values);
            values[^1] = 0;
        }
    }

    /// <summary>
    /// Effectively computes <c>dw[k, j] = Σᵢ dy[i, j]</c> over all samples <c>i</c> with the index <c>k</c>, for some of the rows <c>k</c>: those that no
    /// index names become zero, or stay as they are where sums are added.
    /// </summary>
    /// <param name="x">The values of the forward pass [samples × xSize].</param>
    /// <param name="xSize">The values of a sample, at least 1.</param>
    /// <param name="dy">Gradients of the rows and the other values [samples × (dimensions + xSize − 1)].</param>
    /// <param name="dimensions">The values of a row of the table, at least 1.</param>
    /// <param name="dw">Gradients of the table [vocabulary × dimensions]; written.</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="start">The first of the rows of the table.</param>
    /// <param name="count">Their number.</param>
    /// <param name="adds">Whether the sums are added to what is there, the sums over other samples.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rows are not within the table, or a size is less than 1.</exception>
    /// <remarks>The sums go through the samples from first to last, so that they have the same bits however the rows are shared.</remarks>
    public static void BackwardParameters(
        ReadOnlySpan<float> x, int xSize, ReadOnlySpan<float> dy, int dimensions, Span<float> dw, int samples, int start, int count, bool adds)
    {
        int ySize = RowSize(xSize, dimensions);
        ShapeGuard.AtLeast(x.Length, samples, xSize);
        ShapeGuard.AtLeast(dy.Length, samples, ySize);
        ShapeGuard.Part(start, count, dw.Length / dimensions);

        if (!adds)
        {
            dw.Slice(start * dimensions, count * dimensions).Clear();
        }

        for (int i = 0; i < samples; i++)
        {
            int index = (int)x[(i * xSize) + xSize - 1];

            if ((uint)(index - start) < (uint)count)
            {
                Span<float> row = dw.Slice(index * dimensions, dimensions);
                TensorPrimitives.Add(row, dy.Slice(i * ySize, dimensions), row);
            }
        }
    }

    /// <summary>How many values a sample has with a row in the place of its index.</summary>
    private static int RowSize(int xSize, int dimensions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(xSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);

        return xSize - 1 + dimensions;
    }
}
