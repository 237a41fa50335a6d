using System.ComponentModel;

namespace Nnfs.Kernels;

/// <summary>Zeros around an image, or before and after a sequence, which is an image of one row whose pixels are the steps.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ZeroPadding
{
    /// <summary>
    /// Effectively computes <c>y[i, top + p, left + q, c] = x[i, p, q, c]</c> for all rows <c>p</c> and pixels <c>q</c>, and 0 around them.
    /// </summary>
    /// <param name="x">The images [samples × height × width × channels].</param>
    /// <param name="height">The rows of an image.</param>
    /// <param name="width">The pixels of a row.</param>
    /// <param name="channels">The values of a pixel.</param>
    /// <param name="y">
    /// The larger images [samples × (top + height + bottom) × (left + width + right) × channels]; written. Must not overlap <paramref name="x"/>.
    /// </param>
    /// <param name="top">The rows of zeros above an image.</param>
    /// <param name="bottom">The rows of zeros below it.</param>
    /// <param name="left">The pixels of zeros before each row.</param>
    /// <param name="right">The pixels of zeros after it.</param>
    /// <param name="samples">The number of samples.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number of zeros is negative.</exception>
    /// <exception cref="OverflowException">No array could hold a larger image.</exception>
    public static void Forward(
        ReadOnlySpan<float> x, int height, int width, int channels, Span<float> y, int top, int bottom, int left, int right, int samples)
    {
        (int row, int outer, int size, int outerSize) = Sizes(height, width, channels, top, bottom, left, right);
        ShapeGuard.AtLeast(x.Length, samples, size);
        ShapeGuard.AtLeast(y.Length, samples, outerSize);
        int first = (top * outer) + (left * channels);

        for (int i = 0; i < samples; i++)
        {
            ReadOnlySpan<float> image = x.Slice(i * size, size);
            Span<float> larger = y.Slice(i * outerSize, outerSize);
            larger[..first].Clear();

            for (int p = 0; p < height; p++)
            {
                int start = first + (p * outer);
                int next = p == height - 1 ? outerSize : start + outer;

                image.Slice(p * row, row).CopyTo(larger[start..]);
                larger[(start + row)..next].Clear();
            }
        }
    }

    /// <summary>Effectively computes <c>dx[i, p, q, c] = dy[i, top + p, left + q, c]</c>.</summary>
    /// <param name="dy">Gradients of the larger images.</param>
    /// <param name="height">The rows of an image.</param>
    /// <param name="width">The pixels of a row.</param>
    /// <param name="channels">The values of a pixel.</param>
    /// <param name="dx">Gradients of the images; written. Must not overlap <paramref name="dy"/>.</param>
    /// <param name="top">The rows of zeros above an image.</param>
    /// <param name="bottom">The rows of zeros below it.</param>
    /// <param name="left">The pixels of zeros before each row.</param>
    /// <param name="right">The pixels of zeros after it.</param>
    /// <param name="samples">The number of samples.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number of zeros is negative.</exception>
    /// <exception cref="OverflowException">No array could hold a larger image.</exception>
    public static void Backward(
        ReadOnlySpan<float> dy, int height, int width, int channels, Span<float> dx, int top, int bottom, int left, int right, int samples)
    {
        (int row, int outer, int size, int outerSize) = Sizes(height, width, channels, top, bottom, left, right);
        ShapeGuard.AtLeast(dy.Length, samples, outerSize);
        ShapeGuard.AtLeast(dx.Length, samples, size);
        int first = (top * outer) + (left * channels);

        for (int i = 0; i < samples; i++)
        {
            for (int p = 0; p < height; p++)
            {
                dy.Slice((i * outerSize) + first + (p * outer), row).CopyTo(dx.Slice((i * size) + (p * row), row));
            }
        }
    }

    /// <summary>The values of a row, of a larger row, of an image and of a larger image.</summary>
    private static (int Row, int Outer, int Size, int OuterSize) Sizes(int height, int width, int channels, int top, int bottom, int left, int right)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(top);
        ArgumentOutOfRangeException.ThrowIfNegative(bottom);
        ArgumentOutOfRangeException.ThrowIfNegative(left);
        ArgumentOutOfRangeException.ThrowIfNegative(right);

        int row = width * channels;
        int outer = checked((left + width + right) * channels);

        return (row, outer, height * row, checked((top + height + bottom) * outer));
    }
}
