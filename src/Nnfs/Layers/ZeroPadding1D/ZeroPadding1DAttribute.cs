namespace Nnfs;

/// <summary>
/// Zeros before and after a sequence of steps × channels: it gives (left + steps + right) × channels. The gradient of the zeros is left out.
/// </summary>
/// <remarks>
/// <see cref="Nnfs.Padding.Same"/> and <see cref="Nnfs.Padding.Causal"/> of a convolution need no such layer; it is for other numbers of zeros.
/// </remarks>
public sealed class ZeroPadding1DAttribute : LayerAttribute
{
    /// <summary>As many steps of zeros before the sequence as after it.</summary>
    /// <param name="padding">The steps on each side, at least 0.</param>
    public ZeroPadding1DAttribute(int padding)
        : this(padding, padding)
    {
    }

    /// <summary>Steps of zeros before and after a sequence.</summary>
    /// <param name="left">The steps before it, at least 0.</param>
    /// <param name="right">The steps after it, at least 0.</param>
    public ZeroPadding1DAttribute(int left, int right)
    {
        Left = left;
        Right = right;
    }

    /// <summary>The steps before the sequence.</summary>
    public int Left { get; }

    /// <summary>The steps after it.</summary>
    public int Right { get; }
}
