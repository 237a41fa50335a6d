using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Nnfs.Generators.Tests.Fuzzing;

/// <summary>Many random sources: nothing that is typed makes the generator or an analyzer throw, or makes a sound network fail to compile.</summary>
public sealed class SourceFuzzTests
{
    private const int Sources = 10_000;

    /// <summary>The first seed, where other sources than the usual ones are wanted; every run without it tests the same.</summary>
    private const string SeedVariable = "NNFS_FUZZ_SEED";

    /// <summary>Only a hang takes so long; how long a run does take is a matter for the benchmarks.</summary>
    private static readonly TimeSpan s_hang = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Sources_random_neverThrowAndCompileWhereNothingIsReported()
    {
        int firstSeed = int.Parse(Environment.GetEnvironmentVariable(SeedVariable) ?? "1", CultureInfo.InvariantCulture);
        ConcurrentBag<string> faults = [];
        int sound = 0;
        int reported = 0;

        await Parallel.ForEachAsync(
            Enumerable.Range(firstSeed, Sources),
            TestContext.Current.CancellationToken,
            async (seed, cancellationToken) =>
            {
                string source = RandomSource.Write(seed);

                try
                {
                    Outcome outcome = await CheckAsync(source).WaitAsync(s_hang, cancellationToken);
                    Interlocked.Add(ref sound, outcome == Outcome.Sound ? 1 : 0);
                    Interlocked.Add(ref reported, outcome == Outcome.Reported ? 1 : 0);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    faults.Add($"seed {seed}: {exception.Message}\n{source}");
                }
            });

        Assert.True(faults.IsEmpty, $"{faults.Count} of {Sources} sources failed, for example\n{string.Join("\n\n", faults.Take(3))}");

        // The sources are of use only while many of them are sound, and many are faulty.
        Assert.InRange(sound, Sources / 20, Sources);
        Assert.InRange(reported, Sources / 20, Sources);
    }

    private static async Task<Outcome> CheckAsync(string source)
    {
        GeneratorRun run = GeneratorHarness.Run(source);
        Assert.Null(run.Result.Exception);

        GeneratorRun again = GeneratorHarness.Run(source);
        Assert.Equal(run.Files, again.Files);

        // The analyzer's findings and the compiler's, in one pass.
        ImmutableArray<Diagnostic> diagnostics = await run.Output.WithAnalyzers([new NetworkAnalyzer()]).GetAllDiagnosticsAsync();
        Assert.DoesNotContain(diagnostics, static diagnostic => diagnostic.Id == "AD0001");

        if (diagnostics.Any(static diagnostic => diagnostic is { DefaultSeverity: DiagnosticSeverity.Error } && diagnostic.Id.StartsWith("NNFS", StringComparison.Ordinal)))
        {
            return Outcome.Reported;
        }

        if (diagnostics.Any(diagnostic => diagnostic.DefaultSeverity == DiagnosticSeverity.Error && run.Input.SyntaxTrees.Contains(diagnostic.Location.SourceTree!)))
        {
            return Outcome.DoesNotCompile;
        }

        // Where the user's own text is in order and no rule found a fault, what is generated compiles without a warning.
        Diagnostic[] problems = [.. diagnostics.Where(diagnostic =>
            diagnostic.Severity >= DiagnosticSeverity.Warning && !run.Input.SyntaxTrees.Contains(diagnostic.Location.SourceTree!))];
        Assert.True(problems.Length == 0, string.Join('\n', problems.AsEnumerable()));

        return run.Files.Count > 0 ? Outcome.Sound : Outcome.Empty;
    }

    private enum Outcome
    {
        Empty,
        Sound,
        Reported,
        DoesNotCompile,
    }
}
