using System.ComponentModel;

namespace Nnfs;

/// <summary>
/// A window that moves over an image, of height × width × channels: what it takes, and where it stops. A sequence is an image of one row, whose pixels are
/// the steps.
/// </summary>
public sealed class Window2D
{
    private Window2D? _reversed;

    /// <summary>Describes a window.</summary>
    /// <param name="height">The rows of the image.</param>
    /// <param name="width">The pixels of a row.</param>
    /// <param name="channels">The values of a pixel.</param>
    /// <param name="kernelHeight">The rows that the window takes.</param>
    /// <param name="kernelWidth">The pixels that it takes of each.</param>
    /// <param name="stride">How far it moves from one place to the next, in both directions.</param>
    /// <param name="dilation">The distance between the rows, and between the pixels, that it takes.</param>
    /// <param name="isPadded">Whether zeros around the image make room for a place at every <paramref name="stride"/> rows and pixels.</param>
    /// <param name="isCausal">Whether zeros before the image alone make room for them, so that a place takes nothing that comes after it.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is less than 1.</exception>
    /// <exception cref="ArgumentException">The window does not fit into the image, or no array could hold the image.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Window2D(
        int height,
        int width,
        int channels,
        int kernelHeight,
        int kernelWidth,
        int stride = 1,
        int dilation = 1,
        bool isPadded = false,
        bool isCausal = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(kernelHeight, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(kernelWidth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(dilation, 1);

        Height = height;
        Width = width;
        Channels = channels;
        KernelHeight = kernelHeight;
        KernelWidth = kernelWidth;
        Stride = stride;
        Dilation = dilation;
        OutputHeight = WindowSize.Places(height, kernelHeight, stride, dilation, isPadded || isCausal);
        OutputWidth = WindowSize.Places(width, kernelWidth, stride, dilation, isPadded || isCausal);
        (PadTop, PadBottom) = WindowSize.Padding(height, kernelHeight, stride, dilation, isPadded, isCausal);
        (PadLeft, PadRight) = WindowSize.Padding(width, kernelWidth, stride, dilation, isPadded, isCausal);

        if (OutputHeight == 0 || OutputWidth == 0)
        {
            throw new ArgumentException($"A window of {kernelHeight} × {kernelWidth} with dilation {dilation} does not fit into {height} × {width} pixels.");
        }

        CheckLength();
        HistorySteps = (isCausal || kernelWidth == 1) && height == 1 && kernelHeight == 1 && stride == 1 ? PadLeft : -1;
    }

    /// <summary>The window that moves over the places of another, stride 1, and takes at every pixel all places that took it, the last one first.</summary>
    private Window2D(Window2D other, int channels)
    {
        int height = (int)WindowSize.Span(other.KernelHeight, other.Dilation) - 1;
        int width = (int)WindowSize.Span(other.KernelWidth, other.Dilation) - 1;
        Height = other.OutputHeight;
        Width = other.OutputWidth;
        Channels = channels;
        KernelHeight = other.KernelHeight;
        KernelWidth = other.KernelWidth;
        Stride = 1;
        Dilation = other.Dilation;
        OutputHeight = other.Height;
        OutputWidth = other.Width;
        PadTop = height - other.PadTop;
        PadBottom = height - other.PadBottom;
        PadLeft = width - other.PadLeft;
        PadRight = width - other.PadRight;
        HistorySteps = -1;

        CheckLength();
    }

    /// <summary>The rows of the image.</summary>
    public int Height { get; }

    /// <summary>The pixels of a row.</summary>
    public int Width { get; }

    /// <summary>The values of a pixel.</summary>
    public int Channels { get; }

    /// <summary>The rows that the window takes.</summary>
    public int KernelHeight { get; }

    /// <summary>The pixels that it takes of each row.</summary>
    public int KernelWidth { get; }

    /// <summary>How far it moves from one place to the next, in both directions.</summary>
    public int Stride { get; }

    /// <summary>The distance between the rows, and between the pixels, that it takes.</summary>
    public int Dilation { get; }

    /// <summary>The rows of places at which it stops.</summary>
    public int OutputHeight { get; }

    /// <summary>The places of a row.</summary>
    public int OutputWidth { get; }

    /// <summary>The rows of zeros above the image.</summary>
    public int PadTop { get; }

    /// <summary>The rows of zeros below it.</summary>
    public int PadBottom { get; }

    /// <summary>The pixels of zeros before each row.</summary>
    public int PadLeft { get; }

    /// <summary>The pixels of zeros after it.</summary>
    public int PadRight { get; }

    /// <summary>The values of an image.</summary>
    internal int Size => Height * Width * Channels;

    /// <summary>The places at which it stops.</summary>
    internal int Places => OutputHeight * OutputWidth;

    /// <summary>The pixels that it takes at a place.</summary>
    internal int Taps => KernelHeight * KernelWidth;

    /// <summary>
    /// The steps before its own that a window over a sequence reaches back to, where it is causal or takes one step alone; −1 where it is none such, or its
    /// stride is not 1.
    /// </summary>
    internal int HistorySteps { get; }

    /// <summary>Whether there are zeros around the image.</summary>
    internal bool IsPadded => PadTop + PadBottom + PadLeft + PadRight > 0;

    /// <summary>The window that moves over the gradients of the places of this one, whose stride is 1, and stops at every pixel of the image.</summary>
    /// <param name="channels">The values of a place. A layer has a window of its own, so that the last answer is kept for the next question.</param>
    /// <exception cref="ArgumentException">No array could hold the gradients with the zeros around them.</exception>
    internal Window2D Reversed(int channels)
    {
        Window2D? reversed = _reversed;

        if (reversed?.Channels != channels)
        {
            _reversed = reversed = new Window2D(this, channels);
        }

        return reversed;
    }

    /// <summary>Everything that kernels count is less: rows, pixels, places, and what the window takes.</summary>
    private void CheckLength()
    {
        long rows = (long)PadTop + Height + PadBottom;
        long columns = (long)PadLeft + Width + PadRight;

        if ((Int128)rows * columns * Channels > AlignedBlock.MaxLength)
        {
            throw new ArgumentException($"No array can hold an image of {rows} × {columns} × {Channels} values, with the zeros around it.");
        }
    }
}
