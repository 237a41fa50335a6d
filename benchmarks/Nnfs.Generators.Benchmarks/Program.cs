using BenchmarkDotNet.Running;
using Nnfs.Generators.Benchmarks;

if (args is ["analyzers"])
{
    await AnalyzerReport.WriteAsync();
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
}
