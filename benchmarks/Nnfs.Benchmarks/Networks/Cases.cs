namespace Nnfs.Benchmarks;

/// <summary>The networks that are measured.</summary>
internal static class Cases
{
    public static readonly NetworkCase Spiral = new GeneratedCase<Net2x64x3, Net2x64x3.Workspace>();
    public static readonly NetworkCase Small = new GeneratedCase<Net4x32x32x2, Net4x32x32x2.Workspace>();
    public static readonly NetworkCase Medium = new GeneratedCase<Net64x128x64x10, Net64x128x64x10.Workspace>();
    public static readonly NetworkCase Digits = new GeneratedCase<Net784x128x64x10, Net784x128x64x10.Workspace>();
    public static readonly NetworkCase LargeDigits = new GeneratedCase<Net784x512x512x10, Net784x512x512x10.Workspace>();

    /// <summary>Networks that take images.</summary>
    public static readonly NetworkCase LeNet5 = new GeneratedCase<LeNet5, LeNet5.Workspace>("LeNet-5");
    public static readonly NetworkCase Convolutions3x3 = new GeneratedCase<Convolutions3x3, Convolutions3x3.Workspace>("3×3 convolutions");

    /// <summary>Networks that take sequences.</summary>
    public static readonly NetworkCase Gestures = new GeneratedCase<Gestures, Gestures.Workspace>("LSTM-32, 50 steps");
    public static readonly NetworkCase Signals = new GeneratedCase<Signals, Signals.Workspace>("GRU-64, 100 steps");
    public static readonly NetworkCase Transformer = new GeneratedCase<CausalTransformer, CausalTransformer.Workspace>("transformer, 64 steps");
    public static readonly NetworkCase Words = new GeneratedCase<Words, Words.Workspace>("embedding 10,000 × 32");

    /// <summary>Sizes that are not a multiple of anything, each with multiples of 8 or 16 that are near them.</summary>
    public static readonly IReadOnlyList<(NetworkCase Awkward, NetworkCase Round)> Awkward =
    [
        (new GeneratedCase<Net7x13x17x5, Net7x13x17x5.Workspace>(), new GeneratedCase<Net8x16x16x8, Net8x16x16x8.Workspace>()),
        (new GeneratedCase<Net33x65x31x10, Net33x65x31x10.Workspace>(), new GeneratedCase<Net32x64x32x8, Net32x64x32x8.Workspace>()),
        (new GeneratedCase<Net100x50x20x10, Net100x50x20x10.Workspace>(), new GeneratedCase<Net96x48x16x8, Net96x48x16x8.Workspace>()),
    ];
}
