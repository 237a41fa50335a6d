using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nnfs.Generators.CallSites;

namespace Nnfs.Generators.Benchmarks;

/// <summary>
/// The time of the analyzers against that of compiling the project that they check. The compiler tells how long each analyzer ran,
/// which is far less than runs of a benchmark differ by.
/// </summary>
internal static class AnalyzerReport
{
    private const int WarmUps = 3;
    private const int Runs = 9;

    public static async Task WriteAsync()
    {
        Console.WriteLine("| project | compile | NetworkAnalyzer | CallSiteAnalyzer | together |");
        Console.WriteLine("|---|---|---|---|---|");

        foreach (int networks in (int[])[1, 10, 100])
        {
            GeneratorProject project = new(networks, layers: 5);
            GeneratorProject.CreateDriver().RunGeneratorsAndUpdateCompilation(project.Compilation, out Compilation output, out _);
            List<double> compile = [];
            List<double> declarations = [];
            List<double> calls = [];

            for (int run = 0; run < WarmUps + Runs; run++)
            {
                double compiled = Compile(output);
                (double declaration, double call) = await AnalyzeAsync(output);

                if (run >= WarmUps)
                {
                    compile.Add(compiled);
                    declarations.Add(declaration);
                    calls.Add(call);
                }
            }

            double share = (Median(declarations) + Median(calls)) / Median(compile);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {project} | {Median(compile):0.0} ms | {Median(declarations):0.00} ms | {Median(calls):0.00} ms | {share:0.00 %} |"));
        }
    }

    private static double Compile(Compilation output)
    {
        using MemoryStream image = new();
        long start = Stopwatch.GetTimestamp();

        if (!output.Clone().Emit(image).Success)
        {
            throw new InvalidOperationException("The project does not compile.");
        }

        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static async Task<(double Declarations, double Calls)> AnalyzeAsync(Compilation output)
    {
        CompilationWithAnalyzersOptions options = new(
            new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: true);
        AnalysisResult result = await output.Clone()
            .WithAnalyzers([new NetworkAnalyzer(), new CallSiteAnalyzer()], options)
            .GetAnalysisResultAsync(CancellationToken.None);

        return (TimeOf<NetworkAnalyzer>(result), TimeOf<CallSiteAnalyzer>(result));
    }

    private static double TimeOf<TAnalyzer>(AnalysisResult result)
        where TAnalyzer : DiagnosticAnalyzer =>
        result.AnalyzerTelemetryInfo.Single(static pair => pair.Key is TAnalyzer).Value.ExecutionTime.TotalMilliseconds;

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
