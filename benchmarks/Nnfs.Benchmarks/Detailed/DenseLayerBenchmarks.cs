using BenchmarkDotNet.Attributes;

namespace Nnfs.Benchmarks;

/// <summary>The matrix products of the greater layers by themselves.</summary>
[MemoryDiagnoser]
public class DenseLayerBenchmarks
{
    private readonly DenseLayer _digits = DenseLayer.Of64x784x128();
    private readonly DenseLayer _large = DenseLayer.Of128x512x512();

    [Benchmark]
    public void Forward64x784x128() => _digits.Run(1);

    [Benchmark]
    public void Forward128x512x512() => _large.Run(1);
}
