using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Nnfs.Generators.Tests;

/// <summary>What one run of the generator gave, and what can be asked of it.</summary>
internal sealed class GeneratorRun
{
    private readonly GeneratorDriver _driver;

    private readonly ImmutableArray<AdditionalText> _files;

    private GeneratorRun(
        GeneratorDriver driver,
        CSharpCompilation input,
        ImmutableArray<AdditionalText> files,
        Compilation output,
        ImmutableArray<Diagnostic> driverDiagnostics)
    {
        _driver = driver;
        _files = files;
        Input = input;
        Output = output;
        DriverDiagnostics = driverDiagnostics;
        Result = driver.GetRunResult().Results.Single(static result => result.Generator.GetGeneratorType() == typeof(NetworkGenerator));
        Files = Result.GeneratedSources.IsDefault
            ? []
            : new SortedDictionary<string, string>(
                Result.GeneratedSources.ToDictionary(static file => file.HintName, static file => file.SourceText.ToString()), StringComparer.Ordinal);
    }

    /// <summary>The user's sources alone.</summary>
    public CSharpCompilation Input { get; }

    /// <summary>The user's sources and the generated ones.</summary>
    public Compilation Output { get; }

    public GeneratorRunResult Result { get; }

    /// <summary>What the driver says of the generator: CS8785 where it threw.</summary>
    public ImmutableArray<Diagnostic> DriverDiagnostics { get; }

    /// <summary>The generated files by their hint names.</summary>
    public SortedDictionary<string, string> Files { get; }

    /// <summary>The text of the only generated file.</summary>
    public string File => Assert.Single(Files).Value;

    public static GeneratorRun Start(GeneratorDriver driver, CSharpCompilation compilation, params ImmutableArray<AdditionalText> files)
    {
        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out ImmutableArray<Diagnostic> diagnostics);

        return new GeneratorRun(driver, compilation, files, output, diagnostics);
    }

    /// <summary>Runs the same driver, with what it has cached, on a changed compilation.</summary>
    public GeneratorRun Then(CSharpCompilation changed) => Start(_driver, changed, _files);

    /// <summary>Runs the same driver after the files beside the sources have become others.</summary>
    public GeneratorRun ThenWith(params ImmutableArray<AdditionalText> files) => Start(_driver.ReplaceAdditionalTexts(files), Input, files);

    /// <summary>Runs the same driver after one file has another text.</summary>
    public GeneratorRun ThenEdit(string path, string source)
    {
        SyntaxTree tree = Input.SyntaxTrees.Single(candidate => candidate.FilePath == path);

        return Then(Input.ReplaceSyntaxTree(tree, GeneratorHarness.Parse(source, path)));
    }

    /// <summary>The compiler's errors and warnings, one a line.</summary>
    public IReadOnlyList<string> CompilerProblems() =>
        DriverDiagnostics.Concat(Output.GetDiagnostics(TestContext.Current.CancellationToken))
            .Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
            .Select(static diagnostic => diagnostic.ToString())
            .ToList();

    public void AssertCompiles()
    {
        Assert.Null(Result.Exception);

        if (CompilerProblems() is { Count: > 0 } problems)
        {
            Assert.Fail(string.Join('\n', problems));
        }
    }

    public void AssertSecondRunIsCached() => Then(Input.Clone()).AssertCached();

    /// <summary>Asserts that this run did nothing that an earlier one had done.</summary>
    public void AssertCached() => Assert.All(Steps(), static step => Assert.True(
        step.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged,
        $"{step.Name} is {step.Reason}: {step.Value}"));

    /// <summary>What the pipeline's own steps and its outputs gave, and why they ran.</summary>
    public IReadOnlyList<(string Name, object Value, IncrementalStepRunReason Reason)> Steps()
    {
        IEnumerable<IncrementalGeneratorRunStep> own = Result.TrackedSteps
            .Where(static steps => steps.Key is NetworkGenerator.NetworksStep or NetworkGenerator.SamplesStep or NetworkGenerator.CollisionsStep)
            .SelectMany(static steps => steps.Value);

        return own
            .Concat(Result.TrackedOutputSteps.SelectMany(static steps => steps.Value))
            .SelectMany(static step => step.Outputs.Select(output => (step.Name!, output.Value, output.Reason)))
            .ToList();
    }

    /// <summary>
    /// What the analyzer reports, in the order of the source; an exception that it throws comes as AD0001. It sees the generated files,
    /// as it does in the compiler, or only the user's.
    /// </summary>
    public async Task<IReadOnlyList<Diagnostic>> AnalyzeAsync(bool withGeneratedFiles = true)
    {
        ImmutableArray<Diagnostic> diagnostics = await (withGeneratedFiles ? Output : Input)
            .WithAnalyzers([new NetworkAnalyzer(), new SampleAnalyzer(), new GeneratedArgumentAnalyzer()], new AnalyzerOptions(_files))
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);

        return diagnostics.OrderBy(static diagnostic => diagnostic.Location.SourceSpan.Start)
            .ThenBy(static diagnostic => diagnostic.Id, StringComparer.Ordinal)
            .ToList();
    }

    /// <summary>Asserts that the network <c>Net</c> has errors, and that constructing it throws an exception that lists them.</summary>
    public async Task AssertRefusesAsync()
    {
        string[] errors = [.. (await AnalyzeAsync())
            .Where(static diagnostic => diagnostic.DefaultSeverity == DiagnosticSeverity.Error)
            .Select(static diagnostic => $"{diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}")
            .Distinct()
            .Order(StringComparer.Ordinal)];
        Assert.NotEmpty(errors);

        using LoadedNetworks networks = Load();
        Exception? thrown = Record.Exception(() => Activator.CreateInstance(networks["Net"], 0))?.InnerException;
        string[] lines = Assert.IsType<InvalidOperationException>(thrown).Message.Split('\n');
        Assert.Equal("The network 'Net' was declared with errors, so it cannot run:", lines[0]);
        Assert.Equal(errors, lines[1..].Order(StringComparer.Ordinal));
    }

    /// <summary>Compiles everything and loads it, until the result is disposed of.</summary>
    public LoadedNetworks Load(params IEnumerable<ResourceDescription> resources) => LoadedNetworks.From(Output, resources);
}
