using System.Numerics.Tensors;
using System.Reflection;
using System.Runtime.Loader;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Emit;

namespace Nnfs.Generators.Tests.Gradients;

/// <summary>Runs the generator over many declarations at once, compiles what it wrote, and loads it.</summary>
internal static class NetworkCompiler
{
    private static readonly CSharpParseOptions s_parseOptions = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp14)
        .WithDocumentationMode(DocumentationMode.Diagnose);

    private static int s_assemblies;

    /// <summary>The networks, in the order of the cases.</summary>
    public static ITestNetwork[] Compile(IReadOnlyList<NetworkCase> cases) => Compile<ITestNetwork>(cases.Select(NetworkSource.Of), NetworkSource.AdapterName);

    /// <summary>The classes that tests reach networks by, one for each source.</summary>
    /// <param name="sources">A network and the class with its number, each.</param>
    /// <param name="adapterName">The full name of a class by its number.</param>
    public static TAdapter[] Compile<TAdapter>(IEnumerable<string> sources, Func<int, string> adapterName)
    {
        string[] all = [.. sources];
        Assembly assembly = CompileSources(all);

        return [.. Enumerable.Range(0, all.Length).Select(i => (TAdapter)Activator.CreateInstance(assembly.GetType(adapterName(i), throwOnError: true)!)!)];
    }

    /// <summary>An assembly of the sources, which can use public types of the tests.</summary>
    public static Assembly CompileSources(IReadOnlyList<string> sources)
    {
        string name = $"Nnfs.Networks{Interlocked.Increment(ref s_assemblies)}";

        CSharpCompilation declarations = CSharpCompilation.Create(
            name,
            sources.Select(static (source, i) => CSharpSyntaxTree.ParseText(source, s_parseOptions, $"Network{i}.cs")),
            [
                .. Net100.References.All,
                MetadataReference.CreateFromFile(typeof(NetworkAttribute).Assembly.Location),
                MetadataReference.CreateFromFile(typeof(TensorSpan<>).Assembly.Location),
                MetadataReference.CreateFromFile(typeof(ITestNetwork).Assembly.Location),
            ],
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: OptimizationLevel.Release,
                generalDiagnosticOption: ReportDiagnostic.Error,
                nullableContextOptions: NullableContextOptions.Enable));

        CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: s_parseOptions)
            .RunGeneratorsAndUpdateCompilation(declarations, out Compilation networks, out _, TestContext.Current.CancellationToken);

        Assert.Empty(AnalyzerErrors(networks));

        using MemoryStream image = new();
        EmitResult result = networks.Emit(image, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics.Take(20)));

        image.Position = 0;

        return AssemblyLoadContext.Default.LoadFromStream(image);
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
