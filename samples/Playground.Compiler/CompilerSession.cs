using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using Nnfs.Generators;
using Nnfs.Generators.CallSites;

namespace Playground.Compiler;

/// <summary>
/// The compiler behind an editor. Each text is looked at twice: <see cref="CheckAsync"/> checks the declarations, which takes milliseconds;
/// <see cref="CompileAsync"/> generates the networks and compiles the rest. References, compilation and generator are kept from text to text.
/// Nothing here waits for another thread, because a browser has only one.
/// </summary>
public sealed class CompilerSession
{
    private const string FileName = "Network.cs";

    private const string MissingType = "CS0246";

    /// <summary>What the SDK of .NET uses in every file of a program, as far as it is there, and the library.</summary>
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Nnfs;
        """;

    private static readonly CSharpParseOptions s_parseOptions = new(LanguageVersion.CSharp14, DocumentationMode.Parse);

    private static readonly ImmutableArray<DiagnosticAnalyzer> s_declarationAnalyzers = [new NetworkAnalyzer(), new SampleAnalyzer()];

    private static readonly ImmutableArray<DiagnosticAnalyzer> s_analyzers =
        [.. s_declarationAnalyzers, new GeneratedArgumentAnalyzer(), new CallSiteAnalyzer()];

    private static readonly CompilationWithAnalyzersOptions s_analyzerOptions = new(
        new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: false);

    private readonly CSharpCompilation _library;

    private readonly CSharpCompilation _application;

    private GeneratorDriver _driver = CSharpGeneratorDriver.Create(
        [new NetworkGenerator().AsSourceGenerator()],
        parseOptions: s_parseOptions,
        // The generator's own reports are those of the analyzers, for builds in which no analyzer runs.
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.Implementation));

    private CSharpCompilation _declared;

    private Compilation _whole;

    private SyntaxTree _tree;

    private CompilerReport _report = new([], [], []);

    private int _assemblies;

    /// <summary>Reads the libraries that the text can use.</summary>
    public CompilerSession()
    {
        CSharpCompilationOptions options = new(
            OutputKind.DynamicallyLinkedLibrary,
            optimizationLevel: OptimizationLevel.Release,
            nullableContextOptions: NullableContextOptions.Enable,
            concurrentBuild: false);

        _library = CSharpCompilation.Create(
            "Network", [CSharpSyntaxTree.ParseText(ImplicitUsings, s_parseOptions, "Usings.cs")], LibraryReferences.Read(), options);
        _application = _library.WithOptions(options.WithOutputKind(OutputKind.ConsoleApplication));
        _tree = CSharpSyntaxTree.ParseText("", s_parseOptions, FileName);
        _declared = _library.AddSyntaxTrees(_tree);
        _whole = _declared;
    }

    /// <summary>A first look at a text: its syntax, attributes and networks. Anything else in it may still be wrong.</summary>
    public async Task<CompilerReport> CheckAsync(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        SyntaxTree tree = CSharpSyntaxTree.ParseText(SourceText.From(text), s_parseOptions, FileName);
        SyntaxNode root = await tree.GetRootAsync();
        bool isApplication = root is CompilationUnitSyntax unit && unit.Members.Any(static member => member is GlobalStatementSyntax);

        _tree = tree;
        _declared = (isApplication ? _application : _library).AddSyntaxTrees(tree);
        _whole = _declared;

        // What is declared may refer to what is not generated yet; attributes of layers do not.
        IEnumerable<Diagnostic> declarations = _declared.GetDeclarationDiagnostics()
            .Where(diagnostic => diagnostic.Location.SourceTree == tree && IsInAttribute(root, diagnostic.Location.SourceSpan));
        ImmutableArray<Diagnostic> rules = await _declared.WithAnalyzers(s_declarationAnalyzers, s_analyzerOptions).GetAnalyzerDiagnosticsAsync();

        return new CompilerReport(Faults([.. tree.GetDiagnostics(), .. declarations, .. rules]), [], []);
    }

    /// <summary>Generates the networks of the text that was looked at last, and compiles it.</summary>
    public async Task<CompilerReport> CompileAsync()
    {
        _driver = _driver.RunGeneratorsAndUpdateCompilation(_declared, out _whole, out ImmutableArray<Diagnostic> failures);
        SemanticModel model = _whole.GetSemanticModel(_tree);
        CompilationWithAnalyzers analyzers = _whole.WithAnalyzers(s_analyzers, s_analyzerOptions);
        ImmutableArray<Diagnostic> rules = await analyzers.GetAnalyzerSemanticDiagnosticsAsync(model, filterSpan: null, CancellationToken.None);

        _report = new CompilerReport(
            Faults([.. failures, .. model.GetDiagnostics(), .. rules]),
            [.. _driver.GetRunResult().Results.SelectMany(static result => result.GeneratedSources).Select(GeneratedFileReader.Read)],
            DeclaredNetworks.Find(_whole, _tree));

        return _report;
    }

    /// <summary>Makes an assembly of the text that was compiled last. Each has a name of its own, so that a program can load one after the other.</summary>
    public BuiltProgram Build()
    {
        if (_report.HasErrors)
        {
            return new BuiltProgram(_report, []);
        }

        using MemoryStream image = new();
        EmitResult result = _whole.WithAssemblyName(string.Create(CultureInfo.InvariantCulture, $"Network{++_assemblies}")).Emit(image);

        return result.Success
            ? new BuiltProgram(_report, [.. image.ToArray()])
            : new BuiltProgram(_report with { Faults = Faults(result.Diagnostics) }, []);
    }

    /// <summary>What is shown over a character of the last text, or nothing.</summary>
    public Hover? FindHover(int position) => HoverFinder.Find(_whole.GetSemanticModel(_tree), position);

    private static bool IsInAttribute(SyntaxNode root, TextSpan span) =>
        root.FindNode(span, getInnermostNodeForTie: true).FirstAncestorOrSelf<AttributeListSyntax>() is not null;

    private ImmutableArray<Fault> Faults(IEnumerable<Diagnostic> diagnostics)
    {
        SemanticModel model = _whole.GetSemanticModel(_tree);

        return
        [
            .. diagnostics
                .Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && !diagnostic.IsSuppressed)
                .Distinct()
                // Of an attribute that does not exist the compiler says twice what it looked for; the name as it is typed is enough.
                .GroupBy(static diagnostic => diagnostic.Id == MissingType ? (object)diagnostic.Location : diagnostic)
                .Select(static found => found.Last())
                .OrderBy(static diagnostic => diagnostic.Location.SourceSpan.Start)
                .ThenBy(static diagnostic => diagnostic.Id, StringComparer.Ordinal)
                .Select(diagnostic => FaultOf(diagnostic, model)),
        ];
    }

    private Fault FaultOf(Diagnostic diagnostic, SemanticModel model)
    {
        bool isHere = diagnostic.Location.SourceTree == _tree;
        TextSpan span = isHere ? diagnostic.Location.SourceSpan : default;
        LinePosition? place = isHere ? diagnostic.Location.GetLineSpan().StartLinePosition : null;

        return new Fault(
            diagnostic.Id,
            diagnostic.Severity == DiagnosticSeverity.Error ? "error" : "warning",
            diagnostic.GetMessage(CultureInfo.InvariantCulture),
            // The compiler's own addresses lead to a search that is no more.
            diagnostic.Id.StartsWith("NNFS", StringComparison.Ordinal) ? diagnostic.Descriptor.HelpLinkUri : "",
            span.Start,
            span.Length,
            place?.Line + 1 ?? 0,
            place?.Character + 1 ?? 0,
            FixFinder.Find(model, diagnostic));
    }
}
