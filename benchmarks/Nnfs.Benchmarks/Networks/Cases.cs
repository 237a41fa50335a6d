namespace Nnfs.Benchmarks;

/// <summary>The networks that are measured.</summary>
internal static class Cases
{
    public static readonly NetworkCase Spiral = new GeneratedCase<Net2x64x3.Calls>(2, 64, 3);
    public static readonly NetworkCase Small = new GeneratedCase<Net4x32x32x2.Calls>(4, 32, 32, 2);
    public static readonly NetworkCase Medium = new GeneratedCase<Net64x128x64x10.Calls>(64, 128, 64, 10);
    public static readonly NetworkCase Digits = new GeneratedCase<Net784x128x64x10.Calls>(784, 128, 64, 10);
    public static readonly NetworkCase LargeDigits = new GeneratedCase<Net784x512x512x10.Calls>(784, 512, 512, 10);

    /// <summary>Sizes that are not a multiple of anything, each with multiples of 8 or 16 that are near them.</summary>
    public static readonly IReadOnlyList<(NetworkCase Awkward, NetworkCase Round)> Awkward =
    [
        (new GeneratedCase<Net7x13x17x5.Calls>(7, 13, 17, 5), new GeneratedCase<Net8x16x16x8.Calls>(8, 16, 16, 8)),
        (new GeneratedCase<Net33x65x31x10.Calls>(33, 65, 31, 10), new GeneratedCase<Net32x64x32x8.Calls>(32, 64, 32, 8)),
        (new GeneratedCase<Net100x50x20x10.Calls>(100, 50, 20, 10), new GeneratedCase<Net96x48x16x8.Calls>(96, 48, 16, 8)),
    ];
}
