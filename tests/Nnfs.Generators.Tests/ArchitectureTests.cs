using System.Collections.Immutable;
using System.Reflection;
using System.Text.RegularExpressions;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Nnfs.Generators.Layers;
using Nnfs.Generators.Losses;

namespace Nnfs.Generators.Tests;

/// <summary>
/// The generator by its folders: data goes from Parsing over Planning to Emission, and only Layers and Losses know which kinds there are.
/// The sources are compiled here, so that a name counts for what it means and not for how it is spelt.
/// </summary>
public sealed class ArchitectureTests
{
    private const string Root = "Nnfs.Generators";

    private static readonly string s_folder = Path.Combine(
        typeof(ArchitectureTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static attribute => attribute.Key == "Repository").Value!,
        "generators",
        Root);

    private static readonly string[] s_kinds = [.. Layer.All.Select(static layer => layer.Name), .. Loss.All.Select(static loss => loss.Name)];

    private static readonly Lazy<CSharpCompilation> s_generator = new(Compile);

    /// <summary>What each folder may use in addition to itself. Layers and losses read declarations, and the parser finds their kinds in two lists.</summary>
    public static TheoryData<string, string[]> Folders => new()
    {
        { "Diagnostics", [] },
        { "Models", ["Planning"] },
        { "Planning", ["Models"] },
        { "Layers", ["Diagnostics", "Models", "Parsing"] },
        { "Losses", ["Models", "Parsing", "Layers"] },
        { "Parsing", ["Diagnostics", "Models", "Planning", "Layers", "Losses"] },
        { "Emission", ["Models", "Planning"] },
        { "CallSites", ["Diagnostics", "Models", "Parsing"] },
    };

    [Theory]
    [MemberData(nameof(Folders))]
    public void Folder_of_the_generator_uses_only_what_comes_before_it(string folder, string[] allowed)
    {
        string[] others =
        [
            .. Names(folder)
                .Where(use => use.Folder is not null && use.Folder != folder && !allowed.Contains(use.Folder))
                .Select(static use => $"{use.Place}: {use.Symbol.ToDisplayString()}"),
        ];

        Assert.True(others.Length == 0, string.Join("\n", others));
    }

    /// <summary>Neither a type test nor a switch nor a cast is possible without naming a type.</summary>
    [Theory]
    [InlineData("Parsing")]
    [InlineData("Planning")]
    [InlineData("Emission")]
    [InlineData("Models")]
    [InlineData("CallSites")]
    public void Folder_names_no_kind_of_layer_or_loss(string folder)
    {
        string[] kinds =
        [
            .. Names(folder)
                .Where(static use => use.Folder is "Layers" or "Losses" && use.Type is not ("Layer" or "Loss"))
                .Select(static use => $"{use.Place}: {use.Symbol.ToDisplayString()}"),
        ];

        Assert.True(kinds.Length == 0, string.Join("\n", kinds));
    }

    /// <summary>Not even in comments or in the text that is generated.</summary>
    [Theory]
    [InlineData("Parsing")]
    [InlineData("Planning")]
    [InlineData("Emission")]
    [InlineData("Models")]
    [InlineData("CallSites")]
    [InlineData("Diagnostics")]
    public void Folder_spells_no_kind_of_layer_or_loss(string folder)
    {
        // What the library's own operations are called says nothing of a layer, nor does a setting of features.
        string[] kinds = [.. s_kinds.Except(["Add", "Multiply", "Concat", "Embedding"], StringComparer.Ordinal)];
        Regex word = new($@"\b({string.Join('|', kinds)})\b");
        string[] places =
        [
            .. Trees(folder).SelectMany(tree => word.Matches(tree.ToString())
                .Select(match => $"{Place(Location.Create(tree, new TextSpan(match.Index, match.Length)))}: {match.Value}")),
        ];

        Assert.True(places.Length == 0, string.Join("\n", places));
    }

    [Fact]
    public void Enumerations_of_the_generator_have_no_kind_of_layer_or_loss()
    {
        IEnumerable<string> members = typeof(Layer).Assembly.GetTypes().Where(static type => type.IsEnum).SelectMany(Enum.GetNames);

        Assert.Empty(members.Intersect(s_kinds, StringComparer.Ordinal));
    }

    /// <summary>
    /// What a spec is made of is kept from one run of the compiler to the next: a symbol, a syntax node or a location in it would keep a whole
    /// compilation alive, and would never equal the next one.
    /// </summary>
    [Fact]
    public void Models_and_plans_hold_nothing_of_the_compiler()
    {
        Assert.Empty(FieldsOfTheCompiler("Models"));
        Assert.Empty(FieldsOfTheCompiler("Planning"));

        // Declarations do, which shows that the fields are found.
        Assert.Contains(FieldsOfTheCompiler("Parsing"), static field => field.StartsWith("LayerDeclaration.", StringComparison.Ordinal));
    }

    /// <summary>The tests above could not fail if nothing were found: Emission uses Models, and layers name themselves.</summary>
    [Fact]
    public void Names_are_bound_to_what_they_mean()
    {
        Assert.Contains(Names("Emission"), static use => use is { Folder: "Models", Type: "StageSpec" });
        Assert.Contains(Names("Layers"), static use => use is { Folder: "Layers", Type: "Dense" });
        Assert.Contains(Names("Parsing"), static use => use is { Folder: "Layers", Type: "Layer" });
        Assert.Contains("Dense", s_kinds);
    }

    /// <summary>The fields of a folder's types, with those behind properties, whose types are of the compiler or made of such.</summary>
    private static string[] FieldsOfTheCompiler(string folder) =>
    [
        .. typeof(Layer).Assembly.GetTypes()
            .Where(type => type.Namespace == $"{Root}.{folder}")
            .SelectMany(static type => type.GetFields(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(static field => IsOfTheCompiler(field.FieldType))
            .Select(static field => $"{field.DeclaringType!.Name}.{field.Name}"),
    ];

    private static bool IsOfTheCompiler(Type type) =>
        type.Namespace?.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) == true
        || (type.HasElementType && IsOfTheCompiler(type.GetElementType()!))
        || type.GetGenericArguments().Any(IsOfTheCompiler);

    private static IEnumerable<SyntaxTree> Trees(string folder) =>
        s_generator.Value.SyntaxTrees.Where(
            tree => Path.GetRelativePath(s_folder, tree.FilePath).StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal));

    /// <summary>The names in a folder that mean a type or a member of the generator.</summary>
    private static IEnumerable<Use> Names(string folder)
    {
        foreach (SyntaxTree tree in Trees(folder))
        {
            SemanticModel model = s_generator.Value.GetSemanticModel(tree);

            foreach (SimpleNameSyntax name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
            {
                ISymbol? symbol = model.GetSymbolInfo(name).Symbol;
                INamedTypeSymbol? type = symbol as INamedTypeSymbol ?? (symbol is { IsStatic: true } ? symbol.ContainingType : null);

                if (type is not null && FolderOf(type) is { } other)
                {
                    yield return new Use(Place(name.GetLocation()), symbol!, other, type.Name);
                }
            }
        }
    }

    /// <summary>The folder that a type of the generator lies in; nothing for one of the root or of another assembly.</summary>
    private static string? FolderOf(INamedTypeSymbol type) =>
        type.ContainingNamespace.ToDisplayString() is var name && name.StartsWith(Root + ".", StringComparison.Ordinal) ? name[(Root.Length + 1)..] : null;

    private static string Place(Location location) =>
        $"{Path.GetRelativePath(s_folder, location.SourceTree!.FilePath)}({location.GetLineSpan().StartLinePosition.Line + 1})";

    private static CSharpCompilation Compile()
    {
        // As the project has them: implicit usings, and the files that the runtime compiles too.
        const string Usings =
            "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading;";
        string kernels = Path.GetFullPath(Path.Combine(s_folder, "..", "..", "src", "Nnfs", "Kernels"));
        string[] files =
        [
            .. Directory.GetFiles(s_folder, "*.cs", SearchOption.AllDirectories),
            Path.Combine(kernels, "KernelLimits.cs"),
            Path.Combine(kernels, "ConvolutionLayout.cs"),
            Path.Combine(kernels, "MatrixLayout.cs"),
            Path.Combine(kernels, "WindowSize.cs"),
        ];
        ImmutableArray<MetadataReference> references =
        [
            .. Net100.References.All,
            MetadataReference.CreateFromFile(typeof(SyntaxTree).Assembly.Location),
            MetadataReference.CreateFromFile(typeof(CSharpSyntaxTree).Assembly.Location),
        ];
        CSharpParseOptions options = new(LanguageVersion.CSharp14);
        CSharpCompilation compilation = CSharpCompilation.Create(
            Root,
            files.Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), options, file))
                .Append(CSharpSyntaxTree.ParseText(Usings, options, "Usings.cs")),
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

        Assert.DoesNotContain(compilation.GetDiagnostics(), static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

        return compilation;
    }

    /// <summary>A name in a source, and what it means.</summary>
    private sealed record Use(string Place, ISymbol Symbol, string? Folder, string Type);
}
