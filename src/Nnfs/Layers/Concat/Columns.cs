using System.ComponentModel;
using System.Numerics.Tensors;

namespace Nnfs.Kernels;

/// <summary>Columns of one matrix into columns of another: what joins activations side by side, and takes their gradients apart again.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Columns
{
    /// <summary>Effectively computes <c>y[i, yStart + j] = x[i, xStart + j]</c> for every <c>j</c> from 0 to <paramref name="count"/> − 1.</summary>
    /// <param name="x">[samples × xSize].</param>
    /// <param name="xStart">The first column that is read.</param>
    /// <param name="xSize">The number of columns of <paramref name="x"/>.</param>
    /// <param name="y">[samples × ySize]; the columns are written, the others left as they are. Must not overlap <paramref name="x"/>.</param>
    /// <param name="yStart">The first column that is written.</param>
    /// <param name="ySize">The number of columns of <paramref name="y"/>.</param>
    /// <param name="count">The number of columns that are copied.</param>
    /// <param name="samples">The number of samples.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The columns are not all within <paramref name="x"/> and within <paramref name="y"/>.</exception>
    public static void Copy(ReadOnlySpan<float> x, int xStart, int xSize, Span<float> y, int yStart, int ySize, int count, int samples)
    {
        Check(x, xStart, xSize, y, yStart, ySize, count, samples);

        for (int i = 0; i < samples; i++)
        {
            x.Slice((i * xSize) + xStart, count).CopyTo(y.Slice((i * ySize) + yStart, count));
        }
    }

    /// <summary>Effectively computes <c>y[i, yStart + j] += x[i, xStart + j]</c> for every <c>j</c> from 0 to <paramref name="count"/> − 1.</summary>
    /// <param name="x">[samples × xSize].</param>
    /// <param name="xStart">The first column that is read.</param>
    /// <param name="xSize">The number of columns of <paramref name="x"/>.</param>
    /// <param name="y">[samples × ySize]; the columns are added to, the others left as they are. Must not overlap <paramref name="x"/>.</param>
    /// <param name="yStart">The first column that is added to.</param>
    /// <param name="ySize">The number of columns of <paramref name="y"/>.</param>
    /// <param name="count">The number of columns that are added.</param>
    /// <param name="samples">The number of samples.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The columns are not all within <paramref name="x"/> and within <paramref name="y"/>.</exception>
    public static void Accumulate(ReadOnlySpan<float> x, int xStart, int xSize, Span<float> y, int yStart, int ySize, int count, int samples)
    {
        Check(x, xStart, xSize, y, yStart, ySize, count, samples);

        for (int i = 0; i < samples; i++)
        {
            Span<float> sums = y.Slice((i * ySize) + yStart, count);
            TensorPrimitives.Add(sums, x.Slice((i * xSize) + xStart, count), sums);
        }
    }

    private static void Check(ReadOnlySpan<float> x, int xStart, int xSize, ReadOnlySpan<float> y, int yStart, int ySize, int count, int samples)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfNegative(xStart);
        ArgumentOutOfRangeException.ThrowIfNegative(yStart);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(xStart, xSize - count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(yStart, ySize - count);
        ShapeGuard.AtLeast(x.Length, samples, xSize);
        ShapeGuard.AtLeast(y.Length, samples, ySize);
    }
}
