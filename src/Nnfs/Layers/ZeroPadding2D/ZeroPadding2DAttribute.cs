namespace Nnfs;

/// <summary>
/// Zeros around an image of height × width × channels: it gives (top + height + bottom) × (left + width + right) × channels. The gradient of the zeros is
/// left out.
/// </summary>
/// <remarks><see cref="Nnfs.Padding.Same"/> of a convolution or a pooling needs no such layer; it is for other numbers of zeros.</remarks>
public sealed class ZeroPadding2DAttribute : LayerAttribute
{
    /// <summary>As many zeros on each side of an image.</summary>
    /// <param name="padding">The rows above and below the image, and the pixels to its left and right, at least 0.</param>
    public ZeroPadding2DAttribute(int padding)
        : this(padding, padding)
    {
    }

    /// <summary>As many zeros on opposite sides of an image.</summary>
    /// <param name="vertical">The rows above the image and below it, at least 0.</param>
    /// <param name="horizontal">The pixels to its left and to its right, at least 0.</param>
    public ZeroPadding2DAttribute(int vertical, int horizontal)
        : this(vertical, vertical, horizontal, horizontal)
    {
    }

    /// <summary>Zeros around an image.</summary>
    /// <param name="top">The rows above it, at least 0.</param>
    /// <param name="bottom">The rows below it, at least 0.</param>
    /// <param name="left">The pixels to its left, at least 0.</param>
    /// <param name="right">The pixels to its right, at least 0.</param>
    public ZeroPadding2DAttribute(int top, int bottom, int left, int right)
    {
        Top = top;
        Bottom = bottom;
        Left = left;
        Right = right;
    }

    /// <summary>The rows above the image.</summary>
    public int Top { get; }

    /// <summary>The rows below it.</summary>
    public int Bottom { get; }

    /// <summary>The pixels to its left.</summary>
    public int Left { get; }

    /// <summary>The pixels to its right.</summary>
    public int Right { get; }
}
