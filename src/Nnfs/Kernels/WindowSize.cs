namespace Nnfs;

/// <summary>Where a window stops that moves over a dimension. The generator compiles this file too, so that shapes and kernels agree.</summary>
internal static class WindowSize
{
    /// <summary>The values that a window spans along a dimension, with the gaps of its dilation.</summary>
    /// <param name="kernel">The values that it takes.</param>
    /// <param name="dilation">The distance between them.</param>
    public static long Span(int kernel, int dilation) => ((long)(kernel - 1) * dilation) + 1;

    /// <summary>The places at which the window stops; 0 where it does not fit.</summary>
    /// <param name="size">The size of the dimension.</param>
    /// <param name="kernel">The values that the window takes.</param>
    /// <param name="stride">How far it moves from one place to the next.</param>
    /// <param name="dilation">The distance between its values.</param>
    /// <param name="isPadded">Whether zeros around the values make room for a place at every <paramref name="stride"/> values.</param>
    public static int Places(int size, int kernel, int stride, int dilation, bool isPadded)
    {
        long room = size - Span(kernel, dilation);

        return isPadded ? (int)(((long)size + stride - 1) / stride) : room < 0 ? 0 : (int)((room / stride) + 1);
    }

    /// <summary>The zeros before the first value and after the last one; where they cannot be as many on both sides, there is one more after.</summary>
    /// <param name="size">The size of the dimension.</param>
    /// <param name="kernel">The values that the window takes.</param>
    /// <param name="stride">How far it moves from one place to the next.</param>
    /// <param name="dilation">The distance between its values.</param>
    /// <param name="isPadded">Whether zeros around the values make room for a place at every <paramref name="stride"/> values.</param>
    /// <param name="isCausal">Whether zeros before them alone do, so that a place takes nothing that comes after it.</param>
    public static (int Before, int After) Padding(int size, int kernel, int stride, int dilation, bool isPadded, bool isCausal)
    {
        if (isCausal)
        {
            return ((int)Math.Min(int.MaxValue, Span(kernel, dilation) - 1), 0);
        }

        long reach = ((Places(size, kernel, stride, dilation, isPadded) - 1L) * stride) + Span(kernel, dilation);
        int padding = isPadded ? (int)Math.Min(int.MaxValue, Math.Max(0, reach - size)) : 0;

        return (padding / 2, padding - (padding / 2));
    }
}
