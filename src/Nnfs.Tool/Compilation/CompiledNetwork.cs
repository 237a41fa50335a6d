using System.Collections.Immutable;
using System.Numerics.Tensors;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Emit;
using Nnfs.Generators;

namespace Nnfs.Tool.Compilation;

/// <summary>A network that is compiled from its source in memory, as a project would do it, and runs in this process.</summary>
internal sealed class CompiledNetwork
{
    private static readonly CSharpParseOptions s_parseOptions = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp14);

    private static readonly Lazy<ImmutableArray<MetadataReference>> s_references = new(FindReferences);

    private static int s_assemblies;

    private readonly Type _adapter;

    private CompiledNetwork(Type adapter, IReadOnlyList<IParameterSymbol> parameters)
    {
        _adapter = adapter;
        Instance = Call<object>(NetworkAdapter.Create);
        int[][] shapes = Call<int[][]>(NetworkAdapter.Shapes);

        NetworkPort[] ports =
        [
            .. parameters.Zip(shapes, static (parameter, shape) => new NetworkPort(parameter.Name, shape, NetworkAdapter.TakesIndices(parameter))),
        ];
        Inputs = [.. ports.Where((_, i) => NetworkAdapter.IsInput(parameters[i]))];
        Outputs = [.. ports.Where((_, i) => !NetworkAdapter.IsInput(parameters[i]))];
    }

    /// <summary>The network, of the class that the source declares.</summary>
    public object Instance { get; }

    /// <summary>Its inputs, in the order of <c>Predict</c>.</summary>
    public IReadOnlyList<NetworkPort> Inputs { get; }

    /// <summary>Its outputs, in the order of <c>Predict</c>.</summary>
    public IReadOnlyList<NetworkPort> Outputs { get; }

    /// <summary>Its layers.</summary>
    public ImmutableArray<LayerInfo> Layers => Call<ImmutableArray<LayerInfo>>(NetworkAdapter.Layers);

    /// <summary>The table of its layers.</summary>
    public string Summary => Call<string>(NetworkAdapter.Summary);

    /// <summary>Compiles the network that a source declares.</summary>
    /// <param name="source">The text of the source.</param>
    /// <param name="file">The name of the file, for messages.</param>
    /// <exception cref="CompilationException">It declares no network, or several, or does not compile.</exception>
    public static CompiledNetwork Compile(string source, string file)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(source, s_parseOptions, file);
        string name = FindNetwork(tree.GetCompilationUnitRoot(), file);

        CSharpCompilation declaration = CSharpCompilation.Create(
            $"Nnfs.Compiled{Interlocked.Increment(ref s_assemblies)}",
            [tree, CSharpSyntaxTree.ParseText(NetworkAdapter.Usings, s_parseOptions)],
            s_references.Value,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));

        CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: s_parseOptions)
            .RunGeneratorsAndUpdateCompilation(declaration, out Microsoft.CodeAnalysis.Compilation generated, out _);

        // Of a network with errors only its members are generated, which throw.
        IMethodSymbol? predict = generated.GetTypeByMetadataName(name)?.GetMembers("Predict").OfType<IMethodSymbol>().FirstOrDefault();
        IReadOnlyList<Diagnostic> errors = FindErrors(generated);

        if (predict is null || errors.Count > 0)
        {
            throw new CompilationException(file, errors);
        }

        SyntaxTree adapter = CSharpSyntaxTree.ParseText(NetworkAdapter.SourceOf(predict), s_parseOptions);
        using MemoryStream image = new();
        EmitResult result = generated.AddSyntaxTrees(adapter).Emit(image);

        if (!result.Success)
        {
            throw new CompilationException(file, result.Diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        }

        image.Position = 0;
        Assembly assembly = AssemblyLoadContext.Default.LoadFromStream(image);

        return new(assembly.GetType(NetworkAdapter.Name, throwOnError: true)!, predict.Parameters);
    }

    /// <summary>Replaces the parameters by those of a safetensors file.</summary>
    /// <exception cref="SafetensorsException">The file is not one of this network.</exception>
    public void LoadParameters(Stream file) => Call<Action<object, Stream>>(NetworkAdapter.Load)(Instance, file);

    /// <summary>Writes the parameters as a safetensors file.</summary>
    public void Save(Stream file) => Call<Action<object, Stream>>(NetworkAdapter.Save)(Instance, file);

    /// <summary>Writes the network as an ONNX model.</summary>
    public void ExportOnnx(Stream file) => Call<Action<object, Stream>>(NetworkAdapter.Export)(Instance, file);

    /// <summary>Computes the outputs for any number of samples.</summary>
    /// <param name="inputs">For each input its values, floats or, if they are indices, whole numbers.</param>
    /// <param name="samples">The number of samples.</param>
    /// <returns>The values of each output.</returns>
    public float[][] Predict(Array[] inputs, int samples)
    {
        float[][] outputs = [.. Outputs.Select(output => new float[samples * output.Size])];
        Call<Action<object, Array[], float[][]>>(NetworkAdapter.Predict)(Instance, inputs, outputs);

        return outputs;
    }

    private T Call<T>(string property) => (T)_adapter.GetProperty(property)!.GetValue(null)!;

    /// <summary>The full name of the only class with the attribute.</summary>
    private static string FindNetwork(CompilationUnitSyntax root, string file)
    {
        ClassDeclarationSyntax[] networks =
        [
            .. root.DescendantNodes().OfType<ClassDeclarationSyntax>().Where(static declaration => declaration.AttributeLists
                .SelectMany(static list => list.Attributes)
                .Any(static attribute => attribute.Name.ToString() is "Network" or "NetworkAttribute" or "Nnfs.Network" or "global::Nnfs.Network")),
        ];

        if (networks.Length != 1 || networks[0].Parent is TypeDeclarationSyntax)
        {
            throw new CompilationException(networks.Length switch
            {
                0 => $"{file} declares no class with [Network].",
                1 => $"{file} declares its network within another class.",
                _ => $"{file} declares {networks.Length} classes with [Network]; one is expected.",
            });
        }

        IEnumerable<string> namespaces = networks[0].Ancestors().OfType<BaseNamespaceDeclarationSyntax>().Reverse()
            .Select(static declaration => declaration.Name.ToString());

        return string.Join('.', [.. namespaces, networks[0].Identifier.ValueText]);
    }

    /// <summary>What the compiler reports, and what the analyzer says of the networks for which nothing is generated.</summary>
    private static IReadOnlyList<Diagnostic> FindErrors(Microsoft.CodeAnalysis.Compilation compilation) =>
    [
        .. compilation.WithAnalyzers([new NetworkAnalyzer()]).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult()
            .Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error),
        .. compilation.GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error),
    ];

    /// <summary>The runtime that this process runs on, and the library.</summary>
    private static ImmutableArray<MetadataReference> FindReferences()
    {
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        IEnumerable<string> trusted = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == runtime);

        return
        [
            .. trusted.Append(typeof(NetworkAttribute).Assembly.Location).Append(typeof(TensorSpan<>).Assembly.Location)
                .Distinct(StringComparer.Ordinal)
                .Select(static path => MetadataReference.CreateFromFile(path)),
        ];
    }
}
