using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Nnfs.Generators.Tests;

/// <summary>Values that only generated code knows: each is reported on its argument, and the network refuses to run with the same words.</summary>
public sealed class GeneratedArgumentTests
{
    private const string Cure = "depends on generated code, which does not exist yet when the network is generated; ";
    private const string Constant = Cure + "write its value, or a constant of your own that both use";

    [Theory]
    [InlineData("[Network(2), Dense(4)] partial class Encoder; [Network(Encoder.OutputSize), Dense(3)]", ";", "Encoder.OutputSize")]
    [InlineData("[Network(2, 3), Dense(4)] partial class Encoder; [Network(5, Encoder.InputSize), Dense(3)]", ";", "Encoder.InputSize")]
    [InlineData("[Network(2), Dense(4)] partial class Encoder; [Network(new[] { 5, Encoder.InputSize }), Dense(3)]", ";", "new[] { 5, Encoder.InputSize }")]
    [InlineData("[Network(2), Dense(InputSize * 2)]", ";", "InputSize * 2")]
    [InlineData("[Network(2), Dense(neurons: Net.InputSize, inputs: 2)]", ";", "Net.InputSize")]
    [InlineData("[Network(2), Dense(Net.InputSize, 7)]", ";", "Net.InputSize")]
    [InlineData("[Network(2), Dense(3), Dense(3, Net.ParameterCount)]", ";", "Net.ParameterCount")]
    [InlineData("[Network(2), Dense(3, WeightL2 = 1f / Net.InputSize)]", ";", "1f / Net.InputSize")]
    [InlineData("[Network(2), Dense(3), Dropout(1f / Net.InputSize)]", ";", "1f / Net.InputSize")]
    [InlineData("[Network(4), Dense(4), Reshape(2, Net.InputSize / 2)]", ";", "Net.InputSize / 2")]
    [InlineData("[Network(2), Dense(3), SoftmaxCrossEntropy(LabelSmoothing = 1f / Net.OutputSize)]", ";", "1f / Net.OutputSize")]
    [InlineData("[Network(2), Dense(3, WeightInitializer = (WeightInitializer)Net.InputSize)]", ";", "(WeightInitializer)Net.InputSize")]
    [InlineData("[Network(2, Plain = Net.OutputSize == 3), Dense(3)]", ";", "Net.OutputSize == 3")]
    [InlineData("[Network, Input(\"x\", Net.OutputSize), Dense(3)]", ";", "Net.OutputSize")]
    [InlineData("[Network(2), Dense(Mine)]", "{ private const int Mine = 2 * InputSize; }", "Mine")]
    [InlineData("[Network(2), Dense(Net.Twice)]", "{ private const int Mine = InputSize, Twice = 2 * Mine; }", "Net.Twice")]

    // The name has another meaning before the code is generated.
    [InlineData("[Network(2), Dense(InputSize)]", " : Base;", "InputSize", "class Base { protected const int InputSize = 5; }")]
    [InlineData("[Network(2), Dense(Net.InputSize + 1)]", " : Base;", "Net.InputSize + 1", "class Base { public const int InputSize = 5; }")]
    [InlineData("[Network(2), Dense(Mine)]", " : Base { const int Mine = InputSize; }", "Mine", "class Base { protected const int InputSize = 5; }")]
    public async Task Constant_of_a_network_is_reported_on_its_argument(string attributes, string body, string argument, string before = "")
    {
        string source = $"using Nnfs; {before} {attributes} partial class Net{body}";
        GeneratorRun run = GeneratorHarness.Run(source);

        Assert.Empty(run.CompilerProblems());
        Diagnostic diagnostic = Assert.Single(await run.AnalyzeAsync());
        Assert.Equal($"NNFS021: '{argument}' {Constant}", Show(diagnostic));
        Assert.Equal(argument, source.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));

        // Where the name had another meaning, the network runs, with the wrong sizes.
        if (before.Length == 0)
        {
            await run.AssertRefusesAsync();
        }
    }

    [Fact]
    public async Task Constants_of_another_generator_are_reported()
    {
        GeneratorRun run = GeneratorHarness.RunBeside(new OtherGenerator(), """
            using Nnfs;

            [Network(Other.Size)]
            [Input(name: "x", shape: 2)]
            [Dense(3)]
            [Add("Dense1", Other.Layer)]
            [Dense(Other.Size, Name = Other.Name, WeightL2 = Other.Rate, WeightInitializer = Other.Initializer, EachStep = Other.Flag)]
            [Dropout(rate: Other.Rate)]
            [MeanSquaredError(Weight = Mine.Weight)]
            partial class Net;

            static class Mine
            {
                public const float Weight = Other.Rate * 2;
            }
            """);

        Assert.Empty(run.CompilerProblems());
        Assert.Equal(
            ["Mine.Weight", "Other.Flag", "Other.Initializer", "Other.Layer", "Other.Name", "Other.Rate", "Other.Rate", "Other.Size", "Other.Size"],
            (await run.AnalyzeAsync())
                .Where(static diagnostic => diagnostic.Id == "NNFS021")
                .Select(static diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture).Split('\'')[1])
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Attribute_of_another_generator_is_reported_after_the_network_and_taken_before_it()
    {
        GeneratorRun after = GeneratorHarness.RunBeside(new OtherGenerator(), "using Nnfs; [Network(2), Dense(3), Marker] partial class Net;");
        Diagnostic diagnostic = Assert.Single(await after.AnalyzeAsync());
        Assert.Equal($"NNFS021: '[Marker]' {Cure}put it before [Network], so that it cannot be taken for a layer", Show(diagnostic));
        Assert.Empty(after.CompilerProblems());
        await after.AssertRefusesAsync();

        GeneratorRun before = GeneratorHarness.RunBeside(new OtherGenerator(), "using Nnfs; [Marker, Network(2), Dense(3)] partial class Net;");
        Assert.Empty(await before.AnalyzeAsync());
        before.AssertCompiles();
        using LoadedNetworks networks = before.Load();
        Assert.NotNull(Activator.CreateInstance(networks["Net"], 0));
    }

    [Theory]
    [InlineData("[Network(2), Dense(3), Dense(3), Add(nameof(Dense1), nameof(Net.Dense2))]", ";")]
    [InlineData("[Network(2), Dense(3), Dense(4), ReLU(From = $\"{nameof(Dense1)}\"), Add(\"ReLU1\", \"Dense1\"), Concat(\"Dense2\", \"Add1\")]", ";")]
    [InlineData("[Network(Sizes.Input), Dense(Sizes.Input * 2, Name = nameof(System))]", ";")]
    [InlineData("[Network(InputCount), Dense(2 * InputCount)]", "{ private const int InputCount = 7; public static int Twice => InputSize; }")]
    [InlineData("[Network(Base.InputSize), Dense(3)]", " : Base;")]
    public async Task Value_that_is_there_before_generated_code_is_taken(string attributes, string body)
    {
        GeneratorRun run = GeneratorHarness.Generate(
            $"using Nnfs; {attributes} partial class Net{body}",
            "class Base { public const int InputSize = 5; } static class Sizes { public const int Input = 2; }");

        Assert.Empty(await run.AnalyzeAsync());
        using LoadedNetworks networks = run.Load();
        Assert.NotNull(Activator.CreateInstance(networks["Net"], 0));
    }

    [Theory]
    [InlineData("[Network(Missing), Dense(3)]", "CS0103")]
    [InlineData("[Network(2), Dense(Net.Missing)]", "CS0117")]
    [InlineData("[Network(2), Dense(3, WeightL2 = Missing)]", "CS0103")]
    [InlineData("[Network(2), Dense(3), Missing]", "CS0246")]
    [InlineData("[Network(2), Dense(Loop)]", "CS0110", "{ const int Loop = Other, Other = Loop; }")]
    [InlineData("[Network(2), Dense(NotConstant)]", "CS0182", "{ static readonly int NotConstant = 3; }")]
    public async Task Value_that_nobody_knows_is_the_compilers(string attributes, string id, string body = ";")
    {
        GeneratorRun run = GeneratorHarness.Run($"using Nnfs; {attributes} partial class Net{body}");

        Assert.Contains(run.CompilerProblems(), problem => problem.Contains(id, StringComparison.Ordinal));
        Assert.Empty(await run.AnalyzeAsync());
    }

    private static string Show(Diagnostic diagnostic) => $"{diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}";

    private sealed class OtherGenerator : IIncrementalGenerator
    {
        private const string Text = """
            static class Other
            {
                public const int Size = 3;
                public const float Rate = 0.25f;
                public const string Layer = "Dense1";
                public const string Name = "Hidden";
                public const bool Flag = true;
                public const Nnfs.WeightInitializer Initializer = Nnfs.WeightInitializer.HeNormal;
            }

            sealed class MarkerAttribute : System.Attribute;
            """;

        public void Initialize(IncrementalGeneratorInitializationContext context) =>
            context.RegisterSourceOutput(context.CompilationProvider, static (output, _) => output.AddSource("Other.g.cs", Text));
    }
}
