namespace Nnfs.Benchmarks;

/// <summary>Networks or batches of which each is larger than the one before.</summary>
/// <param name="Name">What is measured.</param>
/// <param name="Axis">What grows.</param>
/// <param name="Points">The sizes, in their order.</param>
internal sealed record GrowthSeries(string Name, string Axis, IReadOnlyList<GrowthPoint> Points)
{
    /// <summary>The share of a neighbour's rate below which a point stands out.</summary>
    private const double Cliff = 0.7;

    private const int Batch = 128;

    private static readonly int[] s_batches = [1, 8, 64, 300, 1024, 4096, 16_384, 100_000];

    private static readonly NetworkCase s_depth20 = new GeneratedCase<Depth20, Depth20.Workspace>();

    /// <summary>Everything that is measured.</summary>
    public static IReadOnlyList<GrowthSeries> All { get; } =
    [
        new($"width: 3 layers, batch {Batch}", "inputs and neurons of each layer",
        [
            Width<Width16, Width16.Workspace>(),
            Width<Width32, Width32.Workspace>(),
            Width<Width64, Width64.Workspace>(),
            Width<Width128, Width128.Workspace>(),
            Width<Width256, Width256.Workspace>(),
            Width<Width512, Width512.Workspace>(),
            Width<Width1024, Width1024.Workspace>(),
            Width<Width2048, Width2048.Workspace>(),
            Width<Width4096, Width4096.Workspace>(),
        ]),
        new($"depth: layers of 128, batch {Batch}", "layers",
        [
            Depth(new GeneratedCase<Depth1, Depth1.Workspace>()),
            Depth(new GeneratedCase<Depth2, Depth2.Workspace>()),
            Depth(new GeneratedCase<Depth5, Depth5.Workspace>()),
            Depth(new GeneratedCase<Depth10, Depth10.Workspace>()),
            Depth(s_depth20),
            Depth(new GeneratedCase<Depth50, Depth50.Workspace>()),
        ]),
        Batches("2-64-3", Cases.Spiral, s_batches),
        Batches("784-128-64-10", Cases.Digits, s_batches),

        // The values between its layers would fill gigabytes at the greatest batch.
        Batches("20 layers of 128", s_depth20, s_batches[..^1]),
    ];

    /// <summary>Who was measured at an activity, in the order of the table.</summary>
    public IReadOnlyList<GrowthLine> Lines(Activity activity) => [.. Points[0].Rates.Keys.Where(line => line.Activity == activity)];

    /// <summary>Whether a point's rate is far below that of the point before it or after it.</summary>
    public bool IsCliff(int point, GrowthLine line) =>
        IsFarBelow(point, point - 1, line) || IsFarBelow(point, point + 1, line);

    private bool IsFarBelow(int point, int neighbour, GrowthLine line) =>
        neighbour >= 0 && neighbour < Points.Count && Points[point].Rates[line] < Cliff * Points[neighbour].Rates[line];

    private static GrowthPoint Width<TNetwork, TWorkspace>()
        where TNetwork : class, IClassifier<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace, IGradients<TNetwork> => new(TNetwork.InputSize, new GeneratedCase<TNetwork, TWorkspace>(), Batch);

    private static GrowthPoint Depth(NetworkCase network) => new(network.DenseSizes!.Count - 1, network, Batch);

    private static GrowthSeries Batches(string name, NetworkCase network, int[] batches) =>
        new($"batch: {name}", "samples", [.. batches.Select(batch => new GrowthPoint(batch, network, batch))]);
}
