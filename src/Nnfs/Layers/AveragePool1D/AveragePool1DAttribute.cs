namespace Nnfs;

/// <summary>
/// The mean of each channel in a window that moves over a sequence of steps × channels:
/// <c>y[i, c] = (Σ x[i · stride + r, c]) / n</c> over <c>r</c> from 0 to size − 1, where n steps of the sequence are in the window: size, or fewer at an
/// end with <see cref="Padding.Same"/>.
/// </summary>
public sealed class AveragePool1DAttribute : LayerAttribute
{
    /// <summary>A layer that takes the mean of so many steps.</summary>
    /// <param name="size">The steps that the window takes, at least 1.</param>
    public AveragePool1DAttribute(int size)
    {
        Size = size;
        Stride = size;
    }

    /// <summary>The steps that the window takes.</summary>
    public int Size { get; }

    /// <summary>How many steps the window moves from one place to the next; at least 1, and its size by default, so that places do not overlap.</summary>
    public int Stride { get; set; }

    /// <summary>
    /// What is done at both ends, <see cref="Padding.Valid"/> or <see cref="Padding.Same"/>; by default the window stays within the sequence. What is added
    /// around it never counts.
    /// </summary>
    public Padding Padding { get; set; }
}
