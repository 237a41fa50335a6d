namespace Nnfs;

/// <summary>
/// What the kernels take, and how they divide their work. The generator compiles this file too, so that what it asks for and what the
/// kernels check is one number.
/// </summary>
internal static class KernelLimits
{
    /// <summary>The bytes of a line of the cache, which are those of the widest vector.</summary>
    public const int BytesPerLine = 64;

    /// <summary>The floats of a line of the cache: every tensor and every activation starts at one.</summary>
    public const int FloatsPerLine = BytesPerLine / sizeof(float);

    /// <summary>The most floats that one block can hold: those of an array, less two lines by which its start may be moved.</summary>
    public const int MostFloats = 0x7FFFFFC7 - (2 * FloatsPerLine);

    /// <summary>The samples in a group of lanes, whatever the width of the machine's vectors.</summary>
    public const int LaneGroup = 16;

    /// <summary>The rows of a tile of the matrix product.</summary>
    public const int RowsPerTile = 6;

    /// <summary>The most neurons of the last of two or three layers that are one kernel.</summary>
    public const int MostTailNeurons = 4;

    /// <summary>The fewest neurons of the layer before it.</summary>
    public const int LeastTailHidden = 9;

    /// <summary>The most values after the first of three layers that are one kernel.</summary>
    public const int MostTailValues = 128;

    /// <summary>
    /// The most inputs of two layers that are one kernel in lanes; with more, a separate product is quicker, because it computes more sums side by side.
    /// </summary>
    public const int MostTailInputs = 4;

    /// <summary>How many floating-point operations take as long as a float that is fetched and put back, where hardly anything is computed from it.</summary>
    public const long FlopsPerMove = 16;

    /// <summary>A length with padding up to the next line of the cache.</summary>
    public static long Align(long length) => (length + FloatsPerLine - 1) & ~(FloatsPerLine - 1L);
}
