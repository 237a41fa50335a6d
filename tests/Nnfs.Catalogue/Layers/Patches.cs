namespace Nnfs.Catalogue.Layers;

/// <summary>The pixels of an image that a window takes at each of its places.</summary>
/// <param name="Image">The shape of the image: height × width × channels.</param>
/// <param name="KernelHeight">The rows of the window.</param>
/// <param name="KernelWidth">The pixels of a row.</param>
/// <param name="Stride">How far it moves.</param>
/// <param name="IsSame">Whether there is a place at every so many pixels, with what is missing at the edges as zeros, one more of them at the end.</param>
internal sealed record Patches(SampleShape Image, int KernelHeight, int KernelWidth, int Stride, bool IsSame)
{
    public int OutputHeight => Count(Image.Extents[0], KernelHeight);

    public int OutputWidth => Count(Image.Extents[1], KernelWidth);

    /// <summary>The pixels at each place, row by row, by their numbers in the image; zeros around the image are left out.</summary>
    public IReadOnlyList<int[]> Places =>
    [
        .. from row in Enumerable.Range(0, OutputHeight)
           from column in Enumerable.Range(0, OutputWidth)
           select Taken(row, column).ToArray(),
    ];

    private IEnumerable<int> Taken(int row, int column) =>
        from y in Line(row, Image.Extents[0], KernelHeight)
        from x in Line(column, Image.Extents[1], KernelWidth)
        select (y * Image.Extents[1]) + x;

    /// <summary>What is taken of a dimension at a place.</summary>
    private IEnumerable<int> Line(int place, int size, int kernel)
    {
        int missing = IsSame ? Math.Max(0, ((Count(size, kernel) - 1) * Stride) + kernel - size) : 0;

        return Enumerable.Range((place * Stride) - (missing / 2), kernel).Where(index => index >= 0 && index < size);
    }

    private int Count(int size, int kernel) => IsSame ? (int)Math.Ceiling((double)size / Stride) : ((size - kernel) / Stride) + 1;
}
