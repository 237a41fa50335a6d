using System.Collections.Immutable;
using System.Numerics.Tensors;
using System.Reflection;
using System.Runtime.Loader;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Emit;
using Nnfs.Catalogue.Graphs;

namespace Nnfs.Generators.Tests.Graphs;

/// <summary>Runs the generator over many declarations at once, compiles what it wrote, and loads it.</summary>
internal static class NetworkCompiler
{
    private static readonly CSharpParseOptions s_parseOptions = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp14)
        .WithDocumentationMode(DocumentationMode.Diagnose);

    private static int s_assemblies;

    /// <summary>The networks, in the order of the cases.</summary>
    public static IGraphNetwork[] Compile(IEnumerable<GraphCase> cases)
    {
        string[] sources = [.. cases.Select(GraphSource.Of)];
        Assembly assembly = AssemblyLoadContext.Default.LoadFromStream(
            new MemoryStream(Image($"Nnfs.Networks{Interlocked.Increment(ref s_assemblies)}", sources)));

        return [.. sources.Select((_, i) => (IGraphNetwork)Activator.CreateInstance(assembly.GetType(GraphSource.AdapterName(i), throwOnError: true)!)!)];
    }

    /// <summary>An assembly of the sources, which can use public types of the catalogue.</summary>
    public static byte[] Image(string name, IReadOnlyList<string> sources)
    {
        CSharpCompilation declarations = CSharpCompilation.Create(
            name,
            sources.Select(static (source, i) => CSharpSyntaxTree.ParseText(source, s_parseOptions, $"Network{i}.cs")),
            [
                .. Net100.References.All,
                MetadataReference.CreateFromFile(typeof(NetworkAttribute).Assembly.Location),
                MetadataReference.CreateFromFile(typeof(TensorSpan<>).Assembly.Location),
                MetadataReference.CreateFromFile(typeof(IGraphNetwork).Assembly.Location),
            ],
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: OptimizationLevel.Release,
                generalDiagnosticOption: ReportDiagnostic.Error,
                nullableContextOptions: NullableContextOptions.Enable));

        CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: s_parseOptions)
            .RunGeneratorsAndUpdateCompilation(
                declarations, out Compilation networks, out ImmutableArray<Diagnostic> faults, TestContext.Current.CancellationToken);

        Assert.Empty(faults);
        Assert.Empty(AnalyzerErrors(networks));

        using MemoryStream image = new();
        EmitResult result = networks.Emit(image, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics.Take(20)));

        return image.ToArray();
    }

    /// <summary>The declarations that the analyzer refuses, and why.</summary>
    private static string[] AnalyzerErrors(Compilation networks) =>
    [
        .. networks.WithAnalyzers([new NetworkAnalyzer()])
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken)
            .GetAwaiter()
            .GetResult()
            .Where(static diagnostic => diagnostic.DefaultSeverity == DiagnosticSeverity.Error)
            .Select(static diagnostic => $"{diagnostic}\n{diagnostic.Location.SourceTree}"),
    ];
}
