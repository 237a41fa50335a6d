namespace Nnfs.Tests.Kernels;

/// <summary>The shapes that the kernels are tested for.</summary>
internal static class KernelSizes
{
    /// <summary>Every size up to two tiles of four of the widest vectors, and two more.</summary>
    public static IEnumerable<int> All => Enumerable.Range(1, 130);

    /// <summary>Sizes about whole vectors and whole tiles, where two dimensions change at once.</summary>
    public static IEnumerable<int> Some => [.. Enumerable.Range(1, 10), 15, 16, 17, 31, 32, 33, 47, 48, 49, .. Enumerable.Range(63, 5), 70, 127, 128, 129, 130];

    /// <summary>None, one, and numbers about the six rows of a tile.</summary>
    public static IEnumerable<int> Samples => [0, 1, 5, 6, 7, 13];

    public static TheoryData<int> Theory => [.. All];
}
