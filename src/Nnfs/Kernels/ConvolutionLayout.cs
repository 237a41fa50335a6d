namespace Nnfs;

/// <summary>
/// The memory that convolutions take beside their operands. The generator compiles this file too, so that what it says and what kernels take is one number.
/// </summary>
internal static class ConvolutionLayout
{
    /// <summary>The floats of the weights as the gradients of the inputs are computed from them.</summary>
    /// <param name="taps">The pixels that the window takes at a place.</param>
    /// <param name="channels">The values of a pixel.</param>
    /// <param name="filters">The filters.</param>
    /// <param name="groups">The groups that channels and filters are divided into.</param>
    public static long TransposedLength(int taps, int channels, int filters, int groups) =>
        filters * (long)MatrixLayout.RowStride((int)Math.Min(KernelLimits.MostFloats, (long)taps * (channels / groups)));

    /// <summary>The floats that a thread takes for a sample: the image with its zeros around it, or the gradients of the outputs with theirs.</summary>
    /// <param name="height">The rows of the image.</param>
    /// <param name="width">The pixels of a row.</param>
    /// <param name="channels">The values of a pixel.</param>
    /// <param name="kernelHeight">The rows that the window takes.</param>
    /// <param name="kernelWidth">The pixels that it takes of each.</param>
    /// <param name="stride">How far it moves from one place to the next.</param>
    /// <param name="dilation">The distance between the rows, and between the pixels, that it takes.</param>
    /// <param name="isPadded">Whether there are zeros around the image.</param>
    /// <param name="filters">The filters.</param>
    public static long ScratchLength(
        int height, int width, int channels, int kernelHeight, int kernelWidth, int stride, int dilation, bool isPadded, int filters)
    {
        (int top, int bottom) = WindowSize.Padding(height, kernelHeight, stride, dilation, isPadded);
        (int left, int right) = WindowSize.Padding(width, kernelWidth, stride, dilation, isPadded);
        long image = top + bottom + left + right == 0 ? 0 : (long)(height + top + bottom) * (width + left + right) * channels;

        int rows = WindowSize.Places(height, kernelHeight, stride, dilation, isPadded);
        int columns = WindowSize.Places(width, kernelWidth, stride, dilation, isPadded);
        (int above, int below) = GradientPadding(height, rows, kernelHeight, stride, dilation, top);
        (int before, int after) = GradientPadding(width, columns, kernelWidth, stride, dilation, left);
        long gradients = above + below + before + after == 0 ? 0 : (long)(rows + above + below) * (columns + before + after) * filters;

        return Math.Max(image, gradients) + KernelLimits.FloatsPerLine;
    }

    /// <summary>The zeros before and after the gradients of a row or column of places, so that every value of the image has all of its taps there.</summary>
    /// <param name="size">The size of the dimension of the image.</param>
    /// <param name="places">The places of the window along it.</param>
    /// <param name="kernel">The values that the window takes.</param>
    /// <param name="stride">How far it moves from one place to the next.</param>
    /// <param name="dilation">The distance between its values.</param>
    /// <param name="padding">The zeros before the first value of the image.</param>
    public static (int Before, int After) GradientPadding(int size, int places, int kernel, int stride, int dilation, int padding) => (
        (int)Math.Max(0, (WindowSize.Span(kernel, dilation) - 1 - padding) / stride),
        Math.Max(0, ((size - 1 + padding) / stride) - (places - 1)));
}
