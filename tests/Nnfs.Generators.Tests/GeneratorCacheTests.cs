using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace Nnfs.Generators.Tests;

/// <summary>That the generator does its work once: edits elsewhere cost nothing.</summary>
public sealed class GeneratorCacheTests
{
    private const string First = """
        using Nnfs;

        [Network(2)]
        [Dense(3)]
        [ReLU]
        [Dense(3)]
        [SoftmaxCrossEntropy]
        public partial class First;
        """;

    private const string Second = """
        using Nnfs;

        [Network(4)]
        [Dense(5)]
        [Softmax]
        public partial class Second;
        """;

    private const string Flower = """
        using Nnfs;

        namespace Samples;

        [Sample]
        internal partial record Flower([Feature] float Length, [Feature] Colour? Colour, [Label] bool IsWild);

        internal enum Colour { White, Red }
        """;

    private const string Other = "internal sealed class Other { public int Number { get; set; } = 1; }";

    [Theory]
    [InlineData("internal sealed class Other { public int Number { get; set; } = 2; }")]
    [InlineData("internal sealed class Other { public int Digit { get; set; } = 1; } internal sealed class More;")]
    [InlineData("// Nothing.")]
    [InlineData("internal sealed class Other { half typed")]
    public void Edit_of_another_file_leaves_every_step_cached(string edited)
    {
        GeneratorRun run = GeneratorHarness.Generate(First, Second, Other);

        GeneratorRun after = run.ThenEdit("File3.cs", edited);

        after.AssertCached();
        Assert.Equal(run.Files, after.Files);
    }

    [Theory]
    [InlineData("[Dense(3)]", "[Dense(3)] // neurons")]
    [InlineData("[Dense(3)]", "[Dense(1 + 2)]")]
    [InlineData("public partial class First;", "public partial class First\n{\n    /// <summary>Own.</summary>\n    public int Own { get; set; }\n}")]
    [InlineData("using Nnfs;", "using Nnfs;\n\n")]
    [InlineData("[ReLU]\n[Dense(3)]", "[ReLU, Dense(3, 3)]")]
    public void Edit_that_does_not_change_the_network_leaves_every_step_cached(string from, string to)
    {
        GeneratorRun run = GeneratorHarness.Generate(First, Second);

        GeneratorRun after = run.ThenEdit("File1.cs", Replace(First, from, to));

        after.AssertCached();
        after.AssertCompiles();
    }

    [Theory]
    [InlineData("File1.cs", "[Sample]", "[Sample] // of a garden")]
    [InlineData("File1.cs", "bool IsWild);", "bool IsWild)\n{\n    internal float Width { get; set; }\n}")]
    [InlineData("File1.cs", "using Nnfs;", "using Nnfs;\n\n")]
    [InlineData("File1.cs", "White, Red", "White = 0, Red = 7 - 2")]
    [InlineData("File2.cs", "Number", "Digit")]
    public void Edit_that_does_not_change_the_sample_leaves_every_step_cached(string file, string from, string to)
    {
        GeneratorRun run = GeneratorHarness.Generate(Flower, Other);

        GeneratorRun after = run.ThenEdit(file, Replace(file == "File1.cs" ? Flower : Other, from, to));

        after.AssertCached();
        after.AssertCompiles();
    }

    [Fact]
    public void Edit_of_a_sample_writes_its_file_and_no_other()
    {
        GeneratorRun run = GeneratorHarness.Generate(Flower, First);

        GeneratorRun after = run.ThenEdit("File1.cs", Replace(Flower, "White, Red", "White, Red, Blue"));

        after.AssertCompiles();
        Assert.Equal(["Modified Samples", "Modified SourceOutput"], after.Steps()
            .Where(static step => step.Reason is not (IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged))
            .Select(static step => $"{step.Reason} {step.Name}")
            .Order(StringComparer.Ordinal));
        Assert.NotEqual(run.Files["Samples.Flower.g.cs"], after.Files["Samples.Flower.g.cs"]);
    }

    [Fact]
    public void Edit_of_one_network_leaves_the_others_cached()
    {
        GeneratorRun run = GeneratorHarness.Generate(First, Second);

        GeneratorRun after = run.ThenEdit("File1.cs", Replace(First, "[ReLU]\n[Dense(3)]", "[ReLU]\n[Dense(7)]"));

        after.AssertCompiles();
        Assert.NotEqual(run.Files["First.g.cs"], after.Files["First.g.cs"]);
        Assert.Equal(run.Files["Second.g.cs"], after.Files["Second.g.cs"]);
        Assert.Equal(["Modified Networks", "Modified SourceOutput"], after.Steps()
            .Where(static step => step.Reason is not (IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged))
            .Select(static step => $"{step.Reason} {step.Name}")
            .Order(StringComparer.Ordinal));
        Assert.Equal(6, after.Steps().Count);
    }

    [Fact]
    public void Network_that_is_added_or_removed_leaves_the_others_cached()
    {
        GeneratorRun run = GeneratorHarness.Generate(First, Other);

        GeneratorRun more = run.ThenEdit("File2.cs", Second);
        GeneratorRun fewer = more.ThenEdit("File2.cs", Other);

        Assert.Equal(["First.g.cs", "Second.g.cs"], more.Files.Keys);
        Assert.Equal(["First.g.cs"], fewer.Files.Keys);
        Assert.DoesNotContain(more.Steps(), static step => step.Reason == IncrementalStepRunReason.Modified);
        Assert.DoesNotContain(fewer.Steps(), static step => step.Reason is IncrementalStepRunReason.Modified or IncrementalStepRunReason.New);
    }

    [Fact]
    public void Step_outputs_hold_nothing_of_the_compilation()
    {
        GeneratorRun run = GeneratorHarness.Generate(First, Second, Flower, Replace(First, "class First", "class FIRST"));
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);

        foreach ((string name, object value, _) in run.Steps()
            .Where(static step => step.Name is NetworkGenerator.NetworksStep or NetworkGenerator.SamplesStep or NetworkGenerator.CollisionsStep))
        {
            AssertIsPlain(value, name, seen);
        }

        Assert.True(seen.Count > 10);
    }

    /// <summary>Walks everything that can be reached from a value.</summary>
    private static void AssertIsPlain(object? value, string path, HashSet<object> seen)
    {
        if (value is null or string || value.GetType().IsPrimitive || value.GetType().IsEnum || !seen.Add(value))
        {
            return;
        }

        Type type = value.GetType();
        Assert.False(
            value is ISymbol or SyntaxNode or SyntaxTree or Compilation or Location or SemanticModel or AttributeData or Diagnostic, $"{path} holds a {type}.");
        Assert.False(type.Namespace?.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal), $"{path} holds a {type}.");

        if (value is IEnumerable items)
        {
            foreach (object? item in items)
            {
                AssertIsPlain(item, path + "[]", seen);
            }

            return;
        }

        for (Type? current = type; current is not null; current = current.BaseType)
        {
            foreach (FieldInfo field in current.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                AssertIsPlain(field.GetValue(value), $"{path}.{field.Name}", seen);
            }
        }
    }

    private static string Replace(string source, string from, string to)
    {
        Assert.Contains(from, source, StringComparison.Ordinal);

        return source.Replace(from, to, StringComparison.Ordinal);
    }
}
