using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Nnfs.Generators.CallSites;

namespace Nnfs.Generators.Tests.Documentation;

/// <summary>A block of code with all that it continues, compiled as a user's project would.</summary>
internal sealed class BlockProgram
{
    /// <summary>What the SDK of .NET uses in every file of a program, and the library.</summary>
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Nnfs;
        """;

    /// <summary>Comments for documentation are only read: the examples need none.</summary>
    private static readonly CSharpParseOptions s_parseOptions = new(LanguageVersion.CSharp14, DocumentationMode.Parse);

    private static readonly CSharpCompilation s_library = WithDefaultSeverities(GeneratorHarness.Compile())
        .AddReferences(
            MetadataReference.CreateFromFile(typeof(Assert).Assembly.Location),
            MetadataReference.CreateFromFile(typeof(MpiGroup).Assembly.Location),
            MetadataReference.CreateFromFile(Metadata("Sweeps")))
        .AddSyntaxTrees(CSharpSyntaxTree.ParseText(ImplicitUsings, s_parseOptions));

    private static readonly CSharpCompilation s_application = s_library.WithOptions(s_library.Options.WithOutputKind(OutputKind.ConsoleApplication));

    private static readonly ImmutableArray<DiagnosticAnalyzer> s_analyzers =
        [new NetworkAnalyzer(), new SampleAnalyzer(), new GeneratedArgumentAnalyzer(), new CallSiteAnalyzer()];

    /// <summary>The weights that the documentation's projects have.</summary>
    private static readonly ImmutableArray<AdditionalText> s_weights =
    [
        new WeightsTableText(WeightsTableText.File(
            "digits.safetensors", "F32 784,128 dense1.weights", "F32 128 dense1.biases", "F32 128,10 dense2.weights", "F32 10 dense2.biases")),
    ];

    private readonly GeneratorRun _run;

    private BlockProgram(GeneratorRun run) => _run = run;

    /// <summary>The text of every generated file.</summary>
    public IEnumerable<string> GeneratedFiles => _run.Files.Values;

    public static BlockProgram Compile(IReadOnlyList<CodeFragment> fragments)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(CodeFragment.Join(fragments), s_parseOptions, "Program.cs");
        bool isApplication = tree.GetCompilationUnitRoot(TestContext.Current.CancellationToken).Members.Any(static member => member is GlobalStatementSyntax);

        return new BlockProgram(GeneratorHarness.Run((isApplication ? s_application : s_library).AddSyntaxTrees(tree), s_weights));
    }

    /// <summary>
    /// Errors and warnings of compiler, generator and analyzers, in their order and each as <c>README.md:12: error NNFS005: …</c>. One that
    /// a pragma silences says so after its id.
    /// </summary>
    public async Task<IReadOnlyList<string>> ReportAsync()
    {
        CompilationWithAnalyzersOptions options = new(
            new AnalyzerOptions(s_weights),
            onAnalyzerException: null,
            concurrentAnalysis: false,
            logAnalyzerExecutionTime: false,
            reportSuppressedDiagnostics: true);
        ImmutableArray<Diagnostic> diagnostics = await _run.Output
            .WithAnalyzers(s_analyzers, options)
            .GetAllDiagnosticsAsync(TestContext.Current.CancellationToken);

        return [.. diagnostics
            .Concat(_run.DriverDiagnostics)
            .Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
            .Select(static diagnostic => (Place: diagnostic.Location.GetMappedLineSpan(), Diagnostic: diagnostic))
            .OrderBy(static found => found.Place.Path, StringComparer.Ordinal)
            .ThenBy(static found => found.Place.StartLinePosition)
            .Select(static found => Show(
                found.Place.Path,
                found.Place.StartLinePosition.Line + 1,
                found.Diagnostic.Severity,
                found.Diagnostic.Id + (found.Diagnostic.IsSuppressed ? " (silenced)" : ""),
                found.Diagnostic.GetMessage(CultureInfo.InvariantCulture)))];
    }

    /// <summary>A line of the report that has a rule's message.</summary>
    public static string Expect(string file, int line, string id, string message)
    {
        DiagnosticDescriptor rule = s_analyzers.SelectMany(static analyzer => analyzer.SupportedDiagnostics).Single(rule => rule.Id == id);

        return Show(file, line, rule.DefaultSeverity, id, message);
    }

    private static string Metadata(string key) => typeof(BlockProgram).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key)
        .Value!;

    private static string Show(string file, int line, DiagnosticSeverity severity, string id, string message) =>
        string.Create(CultureInfo.InvariantCulture, $"{file}:{line}: {(severity == DiagnosticSeverity.Error ? "error" : "warning")} {id}: {message}");

    /// <summary>Warnings stay warnings; the references of xunit to an older .NET are none, as the SDK has it.</summary>
    private static CSharpCompilation WithDefaultSeverities(CSharpCompilation compilation) => compilation.WithOptions(compilation.Options
        .WithGeneralDiagnosticOption(ReportDiagnostic.Default)
        .WithSpecificDiagnosticOptions([new("CS1701", ReportDiagnostic.Suppress), new("CS1702", ReportDiagnostic.Suppress)]));
}
