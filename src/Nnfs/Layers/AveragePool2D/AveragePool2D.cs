using System.ComponentModel;

namespace Nnfs.Kernels;

/// <summary>The mean of each channel in a window that moves over an image.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class AveragePool2D
{
    /// <summary>
    /// Effectively computes <c>y[i, p, c] = (Σ x[i, q, c]) / n</c> over the <c>n</c> pixels <c>q</c> that the window takes at place <c>p</c>. Zeros around the
    /// image do not count.
    /// </summary>
    /// <param name="window">The window, without dilation.</param>
    /// <param name="x">Images [samples × height × width × channels].</param>
    /// <param name="y">[samples × output height × output width × channels]; written.</param>
    /// <param name="samples">The number of samples.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape, or the window has a dilation.</exception>
    public static void Forward(Window2D window, ReadOnlySpan<float> x, Span<float> y, int samples) =>
        Pooling.Reduce<MeanOfPixels>(window, x, y, samples);

    /// <summary>
    /// Effectively computes <c>dx[i, q, c] = Σ dy[i, p, c] / n</c> over the places <c>p</c>, each of <c>n</c> pixels, that take pixel <c>q</c>.
    /// </summary>
    /// <param name="window">The window, without dilation.</param>
    /// <param name="dy">Gradients of what the forward pass made of images.</param>
    /// <param name="dx">Gradients of the images [samples × height × width × channels]; written.</param>
    /// <param name="samples">The number of samples.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape, or the window has a dilation.</exception>
    public static void Backward(Window2D window, ReadOnlySpan<float> dy, Span<float> dx, int samples) =>
        Pooling.Spread<MeanOfPixels>(window, x: [], y: [], dy, dx, samples);
}
