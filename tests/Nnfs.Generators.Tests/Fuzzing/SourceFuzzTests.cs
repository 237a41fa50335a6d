using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nnfs.Generators.CallSites;

namespace Nnfs.Generators.Tests.Fuzzing;

/// <summary>Many random sources: nothing that is typed makes the generator or an analyzer throw, or makes a sound network fail to compile.</summary>
public sealed class SourceFuzzTests
{
    /// <summary>The first seed, where other sources than the usual ones are wanted; every run without it tests the same.</summary>
    private const string SeedVariable = "NNFS_FUZZ_SEED";

    /// <summary>The number of sources, where it is not the usual one.</summary>
    private const string SourcesVariable = "NNFS_FUZZ_SOURCES";

    /// <summary>Only a hang takes so long; how long a run does take is a matter for the benchmarks.</summary>
    private static readonly TimeSpan s_hang = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Sources_random_neverThrowAndCompileWhereNothingIsReported()
    {
        int firstSeed = int.Parse(Environment.GetEnvironmentVariable(SeedVariable) ?? "1", CultureInfo.InvariantCulture);
        int sources = int.Parse(Environment.GetEnvironmentVariable(SourcesVariable) ?? "10000", CultureInfo.InvariantCulture);
        ConcurrentBag<string> faults = [];
        ConcurrentBag<double> milliseconds = [];
        int sound = 0;
        int reported = 0;

        await Parallel.ForEachAsync(
            Enumerable.Range(firstSeed, sources),
            TestContext.Current.CancellationToken,
            async (seed, cancellationToken) =>
            {
                string source = RandomSource.Write(seed);

                try
                {
                    Outcome outcome = await CheckAsync(source, milliseconds).WaitAsync(s_hang, cancellationToken);
                    Interlocked.Add(ref sound, outcome == Outcome.Sound ? 1 : 0);
                    Interlocked.Add(ref reported, outcome == Outcome.Reported ? 1 : 0);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    faults.Add($"seed {seed}: {exception.Message}\n{source}");
                }
            });

        // A report, not a test: how long a run takes depends on what else the machine does.
        double[] sorted = [.. milliseconds.Order()];
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Runs of the generator, parsing included: median {sorted[sorted.Length / 2]:0.0} ms, 99 % within {sorted[sorted.Length * 99 / 100]:0.0} ms, slowest {sorted[^1]:0.0} ms, {sorted.Count(static time => time > 50)} over 50 ms."));

        Assert.True(faults.IsEmpty, $"{faults.Count} of {sources} sources failed, for example\n{string.Join("\n\n", faults.Take(3))}");

        // The sources are of use only while many of them are sound, and many are faulty.
        Assert.InRange(sound, sources / 20, sources);
        Assert.InRange(reported, sources / 20, sources);
    }

    private static async Task<Outcome> CheckAsync(string source, ConcurrentBag<double> milliseconds)
    {
        GeneratorRun run = GeneratorHarness.Run(source);
        Assert.Null(run.Result.Exception);

        long start = Stopwatch.GetTimestamp();
        GeneratorRun again = GeneratorHarness.Run(source);
        milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        Assert.Equal(run.Files, again.Files);

        // What the user wrote is looked at alone: most sources end there, and what is generated is long.
        SemanticModel model = run.Output.GetSemanticModel(run.Input.SyntaxTrees.Single());
        ImmutableArray<Diagnostic> rules = await AnalyzeAsync(model);

        if (rules.Any(static diagnostic => diagnostic is { DefaultSeverity: DiagnosticSeverity.Error }))
        {
            return Outcome.Reported;
        }

        if (model.GetDiagnostics().Any(static diagnostic => diagnostic is { DefaultSeverity: DiagnosticSeverity.Error }))
        {
            return Outcome.DoesNotCompile;
        }

        // Where the user's own text is in order and no rule found a fault, what is generated compiles without a warning.
        Diagnostic[] problems = [.. run.Output.GetDiagnostics().Where(diagnostic =>
            diagnostic.Severity >= DiagnosticSeverity.Warning && !run.Input.SyntaxTrees.Contains(diagnostic.Location.SourceTree!))];
        Assert.True(problems.Length == 0, string.Join('\n', problems.AsEnumerable()));

        return run.Files.Count > 0 ? Outcome.Sound : Outcome.Empty;
    }

    /// <summary>What the analyzers report in one file; an exception in one of them fails the source.</summary>
    private static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(SemanticModel model)
    {
        ConcurrentBag<Exception> exceptions = [];

        // The sources already take all processors.
        CompilationWithAnalyzersOptions options = new(
            new AnalyzerOptions([]),
            onAnalyzerException: (exception, _, _) => exceptions.Add(exception),
            concurrentAnalysis: false,
            logAnalyzerExecutionTime: false);
        ImmutableArray<Diagnostic> diagnostics = await model.Compilation
            .WithAnalyzers([new NetworkAnalyzer(), new CallSiteAnalyzer()], options)
            .GetAnalyzerSemanticDiagnosticsAsync(model, null, CancellationToken.None);

        Assert.Empty(exceptions);

        return diagnostics;
    }

    private enum Outcome
    {
        Empty,
        Sound,
        Reported,
        DoesNotCompile,
    }
}
