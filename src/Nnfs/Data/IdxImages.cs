namespace Nnfs;

/// <summary>Grey images of one size, as an IDX file has them.</summary>
public sealed class IdxImages
{
    internal IdxImages(float[] pixels, int count, int height, int width)
    {
        PixelArray = pixels;
        Count = count;
        Height = height;
        Width = width;
    }

    /// <summary>
    /// The pixels: [<see cref="Count"/> × <see cref="Height"/> × <see cref="Width"/>], row by row, from 0 (the file's 0) to 1 (the file's 255).
    /// </summary>
    public ReadOnlySpan<float> Pixels => PixelArray;

    /// <summary>The number of images.</summary>
    public int Count { get; }

    /// <summary>The rows of an image.</summary>
    public int Height { get; }

    /// <summary>The columns of an image.</summary>
    public int Width { get; }

    internal float[] PixelArray { get; }
}
