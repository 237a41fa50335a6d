namespace Nnfs.Catalogue.Layers;

/// <summary>A window that moves over images, or over sequences, which are images of one row: by the formulas of Keras and ONNX.</summary>
/// <param name="KernelHeight">The rows that it takes.</param>
/// <param name="KernelWidth">The pixels that it takes of each.</param>
internal sealed record ImageWindow(int KernelHeight, int KernelWidth)
{
    /// <summary>A window over sequences.</summary>
    /// <param name="kernel">The steps that it takes.</param>
    public ImageWindow(int kernel)
        : this(1, kernel)
    {
    }

    /// <summary>How far it moves from one place to the next.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>The distance between the pixels that it takes.</summary>
    public int Dilation { get; init; } = 1;

    /// <summary>Whether zeros around the image make room for a place at every <see cref="Stride"/> pixels.</summary>
    public bool IsSame { get; init; }

    /// <summary>Whether zeros before a sequence alone make room for them.</summary>
    public bool IsCausal { get; init; }

    /// <summary>The arguments that state its settings, but for its size.</summary>
    /// <param name="stride">The stride where none is stated.</param>
    public IEnumerable<Argument> Arguments(int stride) =>
    [
        .. Stride == stride ? [] : new[] { Argument.Of(Stride) with { Name = "Stride" } },
        .. Dilation == 1 ? [] : new[] { Argument.Of(Dilation) with { Name = "Dilation" } },
        .. IsSame ? new[] { new Argument("Padding", "Padding.Same") } : [],
        .. IsCausal ? new[] { new Argument("Padding", "Padding.Causal") } : [],
    ];

    /// <summary>Whether it fits into an image.</summary>
    public bool Fits(SampleShape image) => IsSame || IsCausal || (Span(KernelHeight) <= Height(image) && Span(KernelWidth) <= Width(image));

    /// <summary>The shape of what it gives for an image.</summary>
    public SampleShape OutputOf(SampleShape image, int channels) => image.Rank == 2
        ? new(Places(Width(image), KernelWidth), channels)
        : new(Places(Height(image), KernelHeight), Places(Width(image), KernelWidth), channels);

    /// <summary>The shape of the image over which it has a place for each pixel of another.</summary>
    public SampleShape TransposedOutputOf(SampleShape image, int channels) =>
        new(Reach(image.Extents[0], KernelHeight), Reach(image.Extents[1], KernelWidth), channels);

    /// <summary>Each pixel of an image that the window takes at a place: the place, the number of the pixel in the window, and that in the image.</summary>
    public IEnumerable<(int Place, int Tap, int Pixel)> Pixels(SampleShape image)
    {
        int height = Height(image);
        int width = Width(image);
        int columns = Places(width, KernelWidth);
        int places = Places(height, KernelHeight) * columns;
        int top = Before(height, KernelHeight);
        int left = Before(width, KernelWidth);

        for (int place = 0; place < places; place++)
        {
            for (int tap = 0; tap < KernelHeight * KernelWidth; tap++)
            {
                int row = (place / columns * Stride) + (tap / KernelWidth * Dilation) - top;
                int column = (place % columns * Stride) + (tap % KernelWidth * Dilation) - left;

                if (row >= 0 && row < height && column >= 0 && column < width)
                {
                    yield return (place, tap, (row * width) + column);
                }
            }
        }
    }

    /// <summary>The pixels of an image that the window takes at each place, by their numbers in the image.</summary>
    public IReadOnlyList<int[]> Places(SampleShape image) =>
        [.. Pixels(image).GroupBy(static pixel => pixel.Place).Select(static place => place.Select(static pixel => pixel.Pixel).ToArray())];

    private static int Height(SampleShape image) => image.Rank == 2 ? 1 : image.Extents[0];

    private static int Width(SampleShape image) => image.Extents[^2];

    private int Span(int kernel) => ((kernel - 1) * Dilation) + 1;

    private int Reach(int places, int kernel) => IsSame ? places * Stride : ((places - 1) * Stride) + Span(kernel);

    private int Places(int size, int kernel) => IsSame || IsCausal ? (int)Math.Ceiling(size / (double)Stride) : ((size - Span(kernel)) / Stride) + 1;

    private int Before(int size, int kernel) => IsCausal ? Span(kernel) - 1
        : IsSame ? Math.Max(0, ((Places(size, kernel) - 1) * Stride) + Span(kernel) - size) / 2
        : 0;
}
