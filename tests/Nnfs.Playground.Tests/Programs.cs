using System.Collections.Immutable;
using System.Numerics.Tensors;
using System.Reflection;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Nnfs.Generators;

namespace Nnfs.Playground.Tests;

/// <summary>Compiles sources with the generator, warnings as errors.</summary>
internal static class Programs
{
    private const string ImplicitUsings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;";

    private static int s_assemblies;

    /// <summary>The bytes of an assembly.</summary>
    public static byte[] Compile(string source, OutputKind kind)
    {
        CSharpParseOptions options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp14);
        CSharpCompilation declarations = CSharpCompilation.Create(
            $"Compiled{Interlocked.Increment(ref s_assemblies)}",
            [CSharpSyntaxTree.ParseText(source, options), CSharpSyntaxTree.ParseText(ImplicitUsings, options)],
            [
                .. Net100.References.All,
                MetadataReference.CreateFromFile(typeof(NetworkAttribute).Assembly.Location),
                MetadataReference.CreateFromFile(typeof(TensorSpan<>).Assembly.Location),
            ],
            new(
                kind,
                optimizationLevel: OptimizationLevel.Release,
                generalDiagnosticOption: ReportDiagnostic.Error,
                nullableContextOptions: NullableContextOptions.Enable));

        CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: options).RunGeneratorsAndUpdateCompilation(
            declarations, out Compilation program, out ImmutableArray<Diagnostic> faults, TestContext.Current.CancellationToken);
        Assert.Empty(faults);

        using MemoryStream image = new();
        EmitResult result = program.Emit(image, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));

        return image.ToArray();
    }

    /// <summary>Runs a program in this process.</summary>
    public static void Run(byte[] program)
    {
        MethodInfo entry = Assembly.Load(program).EntryPoint!;
        entry.Invoke(null, entry.GetParameters().Length == 0 ? [] : [Array.Empty<string>()]);
    }
}
