namespace Nnfs.Kernels.Convolutions;

/// <summary>An image with the zeros around it that a window moves over, or the image itself where there are none.</summary>
internal static class PaddedImage
{
    /// <summary>The floats of the copy; 0 where none is needed.</summary>
    public static int Length(Window2D window) => window.IsPadded ? Height(window) * Width(window) * window.Channels : 0;

    /// <summary>The rows with the zeros.</summary>
    public static int Height(Window2D window) => window.PadTop + window.Height + window.PadBottom;

    /// <summary>The pixels of a row with the zeros.</summary>
    public static int Width(Window2D window) => window.PadLeft + window.Width + window.PadRight;

    /// <summary>The image with its zeros.</summary>
    /// <param name="window">The window.</param>
    /// <param name="images">All images.</param>
    /// <param name="sample">The one.</param>
    /// <param name="copy">Memory for the copy, where zeros are already around it.</param>
    public static ReadOnlySpan<float> Of(Window2D window, ReadOnlySpan<float> images, int sample, Span<float> copy)
    {
        ReadOnlySpan<float> image = images.Slice(sample * window.Size, window.Size);

        if (!window.IsPadded)
        {
            return image;
        }

        int row = window.Width * window.Channels;
        int copyRow = Width(window) * window.Channels;
        int start = (window.PadTop * copyRow) + (window.PadLeft * window.Channels);

        for (int i = 0; i < window.Height; i++)
        {
            image.Slice(i * row, row).CopyTo(copy[(start + (i * copyRow))..]);
        }

        return copy;
    }

    /// <summary>The image without what is around it.</summary>
    /// <param name="window">The window.</param>
    /// <param name="padded">The image with what is around it.</param>
    /// <param name="image">The image; written.</param>
    public static void Inner(Window2D window, ReadOnlySpan<float> padded, Span<float> image)
    {
        int row = window.Width * window.Channels;
        int paddedRow = Width(window) * window.Channels;
        int start = (window.PadTop * paddedRow) + (window.PadLeft * window.Channels);

        for (int i = 0; i < window.Height; i++)
        {
            padded.Slice(start + (i * paddedRow), row).CopyTo(image[(i * row)..]);
        }
    }
}
