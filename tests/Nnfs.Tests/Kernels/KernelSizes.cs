namespace Nnfs.Tests.Kernels;

/// <summary>The shapes that the kernels are tested for.</summary>
internal static class KernelSizes
{
    /// <summary>Every size up to two vectors and a half, and those about whole vectors, tiles of four vectors and twice as many.</summary>
    public static IEnumerable<int> All => [.. Enumerable.Range(1, 40), 47, 48, 49, .. Enumerable.Range(63, 8), 127, 128, 129, 130];

    /// <summary>None, one, and numbers about the six rows of a tile.</summary>
    public static IEnumerable<int> Samples => [0, 1, 5, 6, 7, 13];

    public static TheoryData<int> Theory => [.. All];
}
