namespace Nnfs;

/// <summary>
/// The greatest value of each channel in a window that moves over an image of height × width × channels:
/// <c>y[i, j, c] = max x[i · stride + r, j · stride + s, c]</c> over <c>r</c> and <c>s</c> from 0 to size − 1. The gradient goes to the first of the greatest,
/// row by row.
/// </summary>
public sealed class MaxPool2DAttribute : LayerAttribute
{
    /// <summary>A layer that takes the greatest of size × size pixels.</summary>
    /// <param name="size">The rows and the pixels of a row that the window takes, at least 1.</param>
    public MaxPool2DAttribute(int size)
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
