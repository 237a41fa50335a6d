using BenchmarkDotNet.Attributes;

namespace Nnfs.Benchmarks;

/// <summary>Networks whose sizes are not a multiple of anything, and networks of round sizes near them.</summary>
public class AwkwardSizeBenchmarks : PeerBenchmarks
{
    private const int Operations = 256;

    private static readonly NetworkCase[] s_networks = [.. Cases.Awkward.SelectMany(static pair => (NetworkCase[])[pair.Awkward, pair.Round])];

    /// <summary>The names of the networks.</summary>
    public static IEnumerable<string> Networks => s_networks.Select(static network => network.Name);

    [ParamsSource(nameof(Networks))]
    public string Network { get; set; } = "";

    /// <summary>The samples of a call.</summary>
    [Params(1, 5, 17, 100)]
    public int Batch { get; set; }

    [GlobalSetup(Target = nameof(Nnfs))]
    public void SetupNnfs() => EnterNetwork();

    [Benchmark(OperationsPerInvoke = Operations)]
    public void Nnfs() => Run(Operations);

    private protected override Workload CreateWorkload() =>
        new(s_networks.Single(network => network.Name == Network), Activity.Predict, Batch);
}
