using System.ComponentModel;

namespace Nnfs.Kernels;

/// <summary>Each pixel of an image several times, along both dimensions.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Upsample2D
{
    /// <summary>Effectively computes <c>y[i, q, c] = x[i, p, c]</c> for all pixels <c>q</c> that the window takes at place <c>p</c>.</summary>
    /// <param name="window">The window over the larger image: as many of its pixels as one of the smaller becomes, and the same stride.</param>
    /// <param name="x">The smaller images [samples × output height × output width × channels].</param>
    /// <param name="y">The larger ones [samples × height × width × channels]; written.</param>
    /// <param name="samples">The number of samples.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape, or the window has a dilation.</exception>
    public static void Forward(Window2D window, ReadOnlySpan<float> x, Span<float> y, int samples) =>
        Pooling.Spread<SumOfPixels>(window, x: [], y: [], x, y, samples);

    /// <summary>Effectively computes <c>dx[i, p, c] = Σ dy[i, q, c]</c> over the pixels <c>q</c> that the window takes at place <c>p</c>.</summary>
    /// <param name="window">The window over the larger image: as many of its pixels as one of the smaller becomes, and the same stride.</param>
    /// <param name="dy">Gradients of the larger images.</param>
    /// <param name="dx">Gradients of the smaller ones; written.</param>
    /// <param name="samples">The number of samples.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape, or the window has a dilation.</exception>
    public static void Backward(Window2D window, ReadOnlySpan<float> dy, Span<float> dx, int samples) =>
        Pooling.Reduce<SumOfPixels>(window, dy, dx, samples);
}
