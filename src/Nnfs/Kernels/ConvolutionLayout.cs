namespace Nnfs;

/// <summary>
/// The memory that convolutions take beside their operands. The generator compiles this file too.
/// </summary>
internal static class ConvolutionLayout
{
    /// <summary>The most channels of an image whose pixels are repeated for each filter.</summary>
    public const int MostRepeatedChannels = 4;

    /// <summary>The most filters that pixels are repeated for.</summary>
    public const int MostRepeats = 8;

    /// <summary>The floats of the weights as the gradients of the inputs are computed from them, in either form.</summary>
    /// <param name="kernelHeight">The rows that the window takes.</param>
    /// <param name="kernelWidth">The pixels that it takes of each.</param>
    /// <param name="channels">The values of a pixel.</param>
    /// <param name="filters">The filters.</param>
    /// <param name="groups">The groups that channels and filters are divided into.</param>
    public static long TransposedLength(int kernelHeight, int kernelWidth, int channels, int filters, int groups) => Math.Max(
        AtMost((long)kernelHeight * kernelWidth * (filters / groups)) * MatrixLayout.RowStride(channels),
        filters * ScatteredStride(kernelHeight, kernelWidth, channels / groups));

    /// <summary>The floats of what a place gives every pixel that it took, row by row of the window, each of them whole vectors.</summary>
    /// <param name="kernelHeight">The rows that the window takes.</param>
    /// <param name="kernelWidth">The pixels that it takes of each.</param>
    /// <param name="channels">The values of a pixel, or of a group of them.</param>
    public static long ScatteredStride(int kernelHeight, int kernelWidth, int channels) =>
        RowStride((long)kernelHeight * RowStride((long)kernelWidth * channels));

    /// <summary>
    /// About the floats that a thread takes for a sample: the image with its zeros around it, or the gradients of the outputs with theirs. Tables and
    /// weights of groups come on top.
    /// </summary>
    /// <param name="height">The rows of the image.</param>
    /// <param name="width">The pixels of a row.</param>
    /// <param name="channels">The values of a pixel.</param>
    /// <param name="kernelHeight">The rows that the window takes.</param>
    /// <param name="kernelWidth">The pixels that it takes of each.</param>
    /// <param name="stride">How far it moves from one place to the next.</param>
    /// <param name="dilation">The distance between the rows, and between the pixels, that it takes.</param>
    /// <param name="isPadded">Whether there are zeros around the image.</param>
    /// <param name="isCausal">Whether there are zeros before it alone.</param>
    /// <param name="filters">The filters.</param>
    public static long ScratchLength(
        int height, int width, int channels, int kernelHeight, int kernelWidth, int stride, int dilation, bool isPadded, bool isCausal, int filters)
    {
        long rows = WindowSize.Places(height, kernelHeight, stride, dilation, isPadded || isCausal) + (2 * (WindowSize.Span(kernelHeight, dilation) - 1));
        long columns = WindowSize.Places(width, kernelWidth, stride, dilation, isPadded || isCausal) + (2 * (WindowSize.Span(kernelWidth, dilation) - 1));
        (int top, int bottom) = WindowSize.Padding(height, kernelHeight, stride, dilation, isPadded, isCausal);
        (int left, int right) = WindowSize.Padding(width, kernelWidth, stride, dilation, isPadded, isCausal);

        return Math.Max(AtMost(((long)height + top + bottom) * ((long)width + left + right)) * channels, AtMost(rows * columns) * filters);
    }

    /// <summary>The floats that a causal convolution keeps of a sequence from step to step; 0 where it keeps none.</summary>
    /// <param name="kernel">The steps that the window takes.</param>
    /// <param name="dilation">The distance between them.</param>
    /// <param name="channels">The values of a step.</param>
    public static long HistoryLength(int kernel, int dilation, int channels) =>
        kernel == 1 ? 0 : AtMost((WindowSize.Span(kernel, dilation) - 1) * channels) + 1;

    /// <summary>A length, or more than any array holds where it is that: products of it stay in range.</summary>
    private static long AtMost(long length) => Math.Min(KernelLimits.MostFloats + 1L, length);

    private static int RowStride(long columns) => MatrixLayout.RowStride((int)Math.Min(KernelLimits.MostFloats, columns));
}
