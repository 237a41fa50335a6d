using BenchmarkDotNet.Attributes;

namespace Nnfs.Benchmarks;

/// <summary>Predictions of one sample at a time, each independent of the last or waiting for its result.</summary>
public class PredictOneBenchmarks : PeerBenchmarks
{
    private const int Operations = 4096;

    private static readonly NetworkCase[] s_networks = [Cases.Spiral, Cases.Small, Cases.Medium, Cases.Digits];

    /// <summary>The names of the networks.</summary>
    public static IEnumerable<string> Networks => s_networks.Select(static network => network.Name);

    [ParamsSource(nameof(Networks))]
    public string Network { get; set; } = "";

    /// <summary>Whether each call takes the last one's outputs as inputs.</summary>
    [Params(false, true)]
    public bool Chained { get; set; }

    [GlobalSetup(Target = nameof(Nnfs))]
    public void SetupNnfs() => EnterNetwork();

    [Benchmark(Baseline = true, OperationsPerInvoke = Operations)]
    public void Nnfs() => Run(Operations);

    [GlobalSetup(Target = nameof(OnnxRuntime))]
    public void SetupOnnxRuntime() => Enter(new OnnxRuntimePeer());

    [Benchmark(OperationsPerInvoke = Operations)]
    public void OnnxRuntime() => Run(Operations);

    [GlobalSetup(Target = nameof(C))]
    public void SetupC() => Enter(new CPeer());

    [Benchmark(OperationsPerInvoke = Operations)]
    public void C() => Run(Operations);

    [GlobalSetup(Target = nameof(TensorPrimitives))]
    public void SetupTensorPrimitives() => Enter(new TensorPrimitivesPeer());

    [Benchmark(OperationsPerInvoke = Operations)]
    public void TensorPrimitives() => Run(Operations);

    private protected override Workload CreateWorkload() =>
        new(s_networks.Single(network => network.Name == Network), Chained ? Activity.PredictChained : Activity.Predict, batch: 1);
}
