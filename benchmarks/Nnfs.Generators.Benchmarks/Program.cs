using BenchmarkDotNet.Running;
using Nnfs.Generators.Benchmarks;

switch (args)
{
    case ["analyzers"]:
        await AnalyzerReport.WriteAsync();
        break;

    case ["keystrokes"]:
        KeystrokeReport.Write();
        break;

    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}
