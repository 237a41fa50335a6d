using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Nnfs.Generators.CallSites;
using Nnfs.Catalogue.Drawing;

namespace Nnfs.Generators.Tests.Fuzzing;

/// <summary>Many random sources: nothing that is typed makes the generator or an analyzer throw, or makes a sound network fail to compile.</summary>
public sealed class SourceFuzzTests
{
    /// <summary>The number of sources, where it is not the usual one.</summary>
    private const string SourcesVariable = "NNFS_TESTS_SOURCES";

    /// <summary>A source that keeps the generator or an analyzer busy for so long is a hang, and is named.</summary>
    private static readonly TimeSpan s_hang = TimeSpan.FromHours(1);

    [Fact]
    public async Task Sources_random_neverThrowAndCompileWhereNothingIsReported()
    {
        int sources = int.Parse(Environment.GetEnvironmentVariable(SourcesVariable) ?? "2000", CultureInfo.InvariantCulture);
        ConcurrentBag<string> faults = [];
        int sound = 0;
        int reported = 0;

        await Parallel.ForEachAsync(
            Enumerable.Range(0, sources).Select(static i => unchecked(RunSeed.Value + i)),
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

        Assert.True(faults.IsEmpty, $"{RunSeed.Reproduce}: {faults.Count} of {sources} sources failed, for example\n{string.Join("\n\n", faults.Take(3))}");

        // The sources are of use only while many of them are sound, and many are faulty.
        Assert.InRange(sound, sources / 20, sources);
        Assert.InRange(reported, sources / 20, sources);
    }

    private static async Task<Outcome> CheckAsync(string source)
    {
        GeneratorRun run = GeneratorHarness.Run(source);
        Assert.Null(run.Result.Exception);

        Assert.Equal(run.Files, GeneratorHarness.Run(source).Files);

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
            .WithAnalyzers([new NetworkAnalyzer(), new SampleAnalyzer(), new GeneratedArgumentAnalyzer(), new CallSiteAnalyzer()], options)
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
