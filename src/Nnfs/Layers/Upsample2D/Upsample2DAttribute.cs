namespace Nnfs;

/// <summary>
/// Each pixel of an image of height × width × channels factor × factor times, <c>y[i, j, c] = x[⌊i / factor⌋, ⌊j / factor⌋, c]</c>: it gives
/// (height · factor) × (width · factor) × channels. The gradient of a pixel is the sum of the gradients of its copies.
/// </summary>
public sealed class Upsample2DAttribute : LayerAttribute
{
    /// <summary>A layer that repeats pixels.</summary>
    /// <param name="factor">How many times each pixel is repeated in each direction, at least 1.</param>
    public Upsample2DAttribute(int factor)
    {
        Factor = factor;
    }

    /// <summary>How many times each pixel is repeated in each direction.</summary>
    public int Factor { get; }
}
