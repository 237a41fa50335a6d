namespace Nnfs;

/// <summary>
/// The mean of each channel in a window that moves over an image of height × width × channels:
/// <c>y[i, j, c] = (Σ x[i · stride + r, j · stride + s, c]) / n</c> over <c>r</c> and <c>s</c> from 0 to size − 1, where n pixels of the image are in the
/// window: size², or fewer at an edge with <see cref="Padding.Same"/>.
/// </summary>
public sealed class AveragePool2DAttribute : LayerAttribute
{
    /// <summary>A layer that takes the mean of size × size pixels.</summary>
    /// <param name="size">The rows and the pixels of a row that the window takes, at least 1.</param>
    public AveragePool2DAttribute(int size)
    {
        Size = size;
        Stride = size;
    }

    /// <summary>The rows and the pixels of a row that the window takes.</summary>
    public int Size { get; }

    /// <summary>
    /// How far the window moves from one place to the next, in both directions; at least 1, and its size by default, so that places do not overlap.
    /// </summary>
    public int Stride { get; set; }

    /// <summary>What is done at the edges; by default the window stays within the image. What is added around it never counts.</summary>
    public Padding Padding { get; set; }
}
