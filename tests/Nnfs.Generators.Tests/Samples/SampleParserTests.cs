using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Nnfs.Generators.Models;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators.Tests.Samples;

/// <summary>What networks are told of their samples.</summary>
public sealed class SampleParserTests
{
    private const string Source = """
        using Nnfs;

        namespace Samples;

        [Sample]
        public partial record Flower(
            [Feature] float Length, [Feature(Embedding = 4)] Colour? Colour, [Feature] bool? IsOpen, [Feature(Embedding = 2)] Colour Leaf,
            [Feature(3)] float[]? Readings, [Label] Species? Species)
        {
            [Feature(Cyclic = 12)] public int Month { get; private set; }
        }

        public enum Colour { White, Red, Blue }

        public enum Species { Setosa, Virginica }
        """;

    [Fact]
    public void Values_come_in_the_order_of_the_declaration_and_indices_after_them()
    {
        SampleSpec sample = Parse(GeneratorHarness.Compile(Source), "Samples.Flower");

        Assert.Equal(
            ["Length 0 1", "Colour 9 1", "IsOpen 1 2", "Leaf 10 1", "Readings 3 4", "Month 7 2"],
            sample.Features.Select(static feature => $"{feature.Name} {feature.Start} {feature.Values}"));
        Assert.Equal((11, 9), (sample.FeatureCount, sample.ValueCount));
        Assert.Equal(["Colour 4 3", "Leaf 2 3"], sample.Embedded.Select(static feature => $"{feature.Name} {feature.Embedding} {feature.Categories.Count}"));
        Assert.Equal((LabelKind.Enum, "global::Samples.Species", 0, true), (
            sample.Label!.Kind, sample.Label.QualifiedTypeName, sample.Label.Targets, sample.Label.IsNullable));
        Assert.Equal(["Setosa", "Virginica"], sample.Label.Classes);
        Assert.Equal("global::Samples.Flower", sample.QualifiedName);
    }

    [Fact]
    public void Sample_of_another_assembly_is_read_as_in_its_own()
    {
        SampleSpec own = Parse(GeneratorHarness.Compile(Source), "Samples.Flower");
        SampleSpec other = Parse(Referencing(Source), "Samples.Flower");

        Assert.False(other.HasErrors, string.Join('\n', other.Errors));
        Assert.Equal(own.Features.Select(Facts), other.Features.Select(Facts));
        Assert.Equal(own.Label!.Classes, other.Label!.Classes);
    }

    [Fact]
    public void Private_features_of_another_assembly_are_missed()
    {
        SampleSpec sample = Parse(Referencing("""
            [Nnfs.Sample]
            public partial class Flower
            {
                [Nnfs.Feature] private int _x;
                [Nnfs.Feature] public int Y { get; set; }
            }
            """), "Flower");

        Assert.Equal(
            "NNFS202: 'Flower' cannot be a sample, because it has features in another assembly that are private; make them public",
            Assert.Single(sample.Errors));
    }

    private static string Facts(FeatureSpec feature) =>
        $"{feature.Name} {feature.Start} {feature.Values} {feature.Encoding} {feature.Embedding} {feature.IsNullable}";

    private static SampleSpec Parse(Compilation compilation, string name) =>
        SampleParser.Parse(compilation.GetTypeByMetadataName(name)!, report: null, TestContext.Current.CancellationToken)!;

    /// <summary>A program that references a library of these samples, as a file of metadata.</summary>
    private static CSharpCompilation Referencing(string source)
    {
        using MemoryStream image = new();
        Compilation library = GeneratorHarness.Run(source).Output.WithAssemblyName("Library");

        // It has no documentation, which is a warning.
        CompilationOptions options = library.Options.WithGeneralDiagnosticOption(ReportDiagnostic.Default);
        Assert.True(library.WithOptions(options).Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);

        return GeneratorHarness.Compile("").AddReferences(MetadataReference.CreateFromImage(image.ToArray()));
    }
}
