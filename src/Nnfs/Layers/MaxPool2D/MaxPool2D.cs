using System.ComponentModel;

namespace Nnfs.Kernels;

/// <summary>The greatest value of each channel in a window that moves over an image.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class MaxPool2D
{
    /// <summary>
    /// Effectively computes <c>y[i, p, c] = max x[i, q, c]</c> over the pixels <c>q</c> that the window takes at place <c>p</c>. Zeros around the image do
    /// not count; where one of the values is NaN, so is the result.
    /// </summary>
    /// <param name="window">The window, without dilation.</param>
    /// <param name="x">Images [samples × height × width × channels].</param>
    /// <param name="y">[samples × output height × output width × channels]; written.</param>
    /// <param name="samples">The number of samples.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape, or the window has a dilation.</exception>
    public static void Forward(Window2D window, ReadOnlySpan<float> x, Span<float> y, int samples) =>
        Pooling.Reduce<GreatestPixel>(window, x, y, samples);

    /// <summary>
    /// The gradient of each place goes to the first pixel, row by row, with the greatest value; if there is a NaN, to the first pixel of the window. What
    /// comes from several places adds up.
    /// </summary>
    /// <param name="window">The window, without dilation.</param>
    /// <param name="x">The images of the forward pass.</param>
    /// <param name="y">What it made of them.</param>
    /// <param name="dy">Gradients of <paramref name="y"/>.</param>
    /// <param name="dx">Gradients of <paramref name="x"/>; written.</param>
    /// <param name="samples">The number of samples.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape, or the window has a dilation.</exception>
    public static void Backward(Window2D window, ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx, int samples) =>
        Pooling.Spread<GreatestPixel>(window, x, y, dy, dx, samples);

    /// <summary>
    /// Effectively computes the same as <see cref="Backward"/> where <c>x &gt; 0</c> and zero elsewhere, back through the ReLU that gave <c>x</c>.
    /// </summary>
    /// <inheritdoc cref="Backward"/>
    public static void BackwardReLU(Window2D window, ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx, int samples) =>
        Pooling.Spread<GreatestRectifiedPixel>(window, x, y, dy, dx, samples);
}
