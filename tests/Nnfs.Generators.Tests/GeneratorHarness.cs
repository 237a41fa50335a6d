using System.Collections.Immutable;
using System.Numerics.Tensors;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Nnfs.Generators.Tests;

/// <summary>Compiles sources as a strict user's project would: every warning an error, documentation checked, no unsafe code.</summary>
internal static class GeneratorHarness
{
    private static readonly CSharpParseOptions s_parseOptions = new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

    private static readonly CSharpCompilationOptions s_compilationOptions = new(
        OutputKind.DynamicallyLinkedLibrary,
        optimizationLevel: OptimizationLevel.Release,
        allowUnsafe: false,
        generalDiagnosticOption: ReportDiagnostic.Error,
        warningLevel: 9999,
        nullableContextOptions: NullableContextOptions.Enable);

    private static readonly ImmutableArray<MetadataReference> s_references =
    [
        .. Net100.References.All,
        MetadataReference.CreateFromFile(typeof(NetworkAttribute).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(TensorPrimitives).Assembly.Location),
    ];

    /// <summary>What every compilation starts from, so that the references are read once.</summary>
    private static readonly CSharpCompilation s_empty = CSharpCompilation.Create("Networks", [], s_references, s_compilationOptions);

    /// <summary>Runs the generator, and asserts what holds for every network without errors: the result compiles, and a second run does nothing.</summary>
    public static GeneratorRun Generate(params string[] sources) => Generate(Compile(sources));

    /// <summary>The same with files beside the sources.</summary>
    public static GeneratorRun Generate(CSharpCompilation compilation, params ImmutableArray<AdditionalText> files)
    {
        GeneratorRun run = Run(compilation, files);
        run.AssertCompiles();
        run.AssertSecondRunIsCached();

        return run;
    }

    /// <summary>Runs the generator and asserts nothing.</summary>
    public static GeneratorRun Run(params string[] sources) => Run(Compile(sources));

    /// <summary>Runs the generator on a compilation of the test's own.</summary>
    public static GeneratorRun Run(CSharpCompilation compilation, params ImmutableArray<AdditionalText> files)
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new NetworkGenerator().AsSourceGenerator()],
            files,
            s_parseOptions,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

        return GeneratorRun.Start(driver, compilation, files);
    }

    /// <summary>Runs the generator beside another one.</summary>
    public static GeneratorRun RunBeside(IIncrementalGenerator other, string source)
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new NetworkGenerator().AsSourceGenerator(), other.AsSourceGenerator()], parseOptions: s_parseOptions);

        return GeneratorRun.Start(driver, Compile(source));
    }

    /// <summary>The sources alone, called <c>File1.cs</c>, <c>File2.cs</c> and so on.</summary>
    public static CSharpCompilation Compile(params string[] sources) =>
        s_empty.AddSyntaxTrees(sources.Select(static (source, index) => Parse(source, $"File{index + 1}.cs")));

    public static SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText(source, s_parseOptions, path);
}
