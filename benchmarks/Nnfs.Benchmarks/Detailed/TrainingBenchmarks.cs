using BenchmarkDotNet.Attributes;

namespace Nnfs.Benchmarks;

/// <summary>Training steps: forward, backward and update.</summary>
public class TrainingBenchmarks : PeerBenchmarks
{
    private const int Operations = 4;

    private static readonly (string Name, NetworkCase Network, Activity Activity, int Batch)[] s_trainings =
    [
        ("SGD 2-64-3, batch 300", Cases.Spiral, Activity.SgdStep, 300),
        ("SGD 784-128-64-10, batch 64", Cases.Digits, Activity.SgdStep, 64),
        ("SGD 784-512-512-10, batch 128", Cases.LargeDigits, Activity.SgdStep, 128),
        ("Adam 2-64-3, batch 300", Cases.Spiral, Activity.AdamStep, 300),
    ];

    /// <summary>The names of the trainings.</summary>
    public static IEnumerable<string> Trainings => s_trainings.Select(static training => training.Name);

    [ParamsSource(nameof(Trainings))]
    public string Training { get; set; } = "";

    [GlobalSetup(Target = nameof(Nnfs))]
    public void SetupNnfs() => EnterNetwork();

    [Benchmark(Baseline = true, OperationsPerInvoke = Operations)]
    public void Nnfs() => Run(Operations);

    [GlobalSetup(Target = nameof(C))]
    public void SetupC() => Enter(new CPeer());

    [Benchmark(OperationsPerInvoke = Operations)]
    public void C() => Run(Operations);

    private protected override Workload CreateWorkload()
    {
        (_, NetworkCase network, Activity activity, int batch) = s_trainings.Single(training => training.Name == Training);

        return new Workload(network, activity, batch);
    }
}
