using System.Reflection;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Nnfs.Generators;
using Nnfs.Generators.CodeFixes;
using Playground.Compiler;

namespace Nnfs.Playground.Compiler.Tests;

public sealed class CompilerSessionTests
{
    private readonly CompilerSession _session = new();

    [Fact]
    public async Task Text_withoutFault_reportsNone()
    {
        (CompilerReport first, CompilerReport whole) = await Text.LookAsync(_session, Text.Sound);

        Assert.Empty(first.Faults);
        Assert.Empty(first.Files);
        Assert.Empty(whole.Faults);
        DeclaredNetwork network = Assert.Single(whole.Networks);
        Assert.Equal(("Net", 2, 3), (network.Name, network.Inputs, network.Outputs));
        Assert.Equal(Text.Sound.ReplaceLineEndings("\n").Split("\n\n")[1], network.Declaration.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Declaration_hasAllTypesOfTheText_butNoStatement()
    {
        const string Sizes = """
            internal static class Sizes
            {
                public const int Hidden = 8;
            }
            """;
        const string Outer = """
            public partial class Outer
            {
                [Network(2)]
                [Dense(Sizes.Hidden)]
                [ReLU]
                [Dense(3)]
                [SoftmaxCrossEntropy]
                public partial class Inner;
            }
            """;

        CompilerReport whole = (await Text.LookAsync(_session, $"using Nnfs;\n\nConsole.WriteLine(1);\n\n{Outer}\n\n{Sizes}\n")).Whole;

        Assert.Empty(whole.Faults);
        DeclaredNetwork network = Assert.Single(whole.Networks);
        Assert.Equal("Outer+Inner", network.Name);
        Assert.Equal($"{Outer}\n\n{Sizes}".ReplaceLineEndings("\n"), network.Declaration.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Shape_thatDisagrees_isReportedAtTheFirstLook()
    {
        (CompilerReport first, CompilerReport whole) = await Text.LookAsync(_session, Text.Faulty);
        Fault fault = Assert.Single(first.Faults);

        Assert.Equal(("NNFS005", "error", 6, 8), (fault.Id, fault.Severity, fault.Line, fault.Column));
        Assert.Equal("'Dense2' takes 32 inputs, but 'ReLU1' gives 16", fault.Message);
        Assert.Equal("32", Text.At(Text.Faulty, fault));
        Assert.Equal(["Set the inputs to 16", "Leave the inputs to the compiler"], fault.Fixes.Select(static fix => fix.Title));
        Assert.Equal(Text.Faulty.Replace("32", "16", StringComparison.Ordinal), fault.Fixes[0].Text);
        Assert.Equal(fault with { Fixes = [] }, Assert.Single(whole.Faults) with { Fixes = [] });
        Assert.True(whole.HasErrors);
        Assert.Empty(_session.Build().Assembly);
    }

    [Theory]
    [InlineData("[Dense(16", "CS1026")]
    [InlineData("[Dense(\"16\")]", "CS1503")]
    [InlineData("[Dens(16)]", "CS0246")]
    [InlineData("[Dense(16, Neurons = 3)]", "CS0617")]
    public async Task Attribute_thatIsNoCSharp_isReportedAtTheFirstLook(string attribute, string id)
    {
        string text = Text.Sound.Replace("[Dense(16)]", attribute, StringComparison.Ordinal);
        (CompilerReport first, CompilerReport whole) = await Text.LookAsync(_session, text);

        Assert.Contains(id, first.Faults.Select(static fault => fault.Id));
        Assert.Contains(id, whole.Faults.Select(static fault => fault.Id));
    }

    [Fact]
    public async Task Attribute_thatDoesNotExist_isReportedOnce()
    {
        string text = Text.Sound.Replace("[Dense(16)]", "[Dens(16)]", StringComparison.Ordinal);
        (CompilerReport first, CompilerReport whole) = await Text.LookAsync(_session, text);

        Assert.All([first, whole], report => Assert.StartsWith(
            "The type or namespace name 'Dens' ", Assert.Single(report.Faults, static fault => fault.Id == "CS0246").Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Statements_areCompiled()
    {
        const string text = """
            Net net = new(seed: 1);
            float[] outputs = new float[3];
            net.Predict([0.1f, 0.2f, 0.3f], outputs);
            Console.WriteLine(outputs[0] + unknown);

            [Network(2)]
            [Dense(3)]
            [SoftmaxCrossEntropy]
            public partial class Net;
            """;
        (CompilerReport first, CompilerReport whole) = await Text.LookAsync(_session, text);

        Assert.Empty(first.Faults);
        Assert.Equal(["NNFS101", "CS0103"], whole.Faults.Select(static fault => fault.Id));
        Assert.Equal("unknown", Text.At(text, whole.Faults[1]));
    }

    [Fact]
    public async Task Text_afterAnother_isCompiledAnew()
    {
        await Text.LookAsync(_session, Text.Faulty);
        (_, CompilerReport whole) = await Text.LookAsync(_session, Text.Sound.Replace("Dense(3)", "Dense(5)", StringComparison.Ordinal));

        Assert.Empty(whole.Faults);
        Assert.Equal(5, Assert.Single(whole.Networks).Outputs);
        Assert.Contains("16 → 5", Assert.Single(whole.Files).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generated_file_isThatOfABuild()
    {
        (_, CompilerReport whole) = await Text.LookAsync(_session, Text.Sound);
        CSharpParseOptions options = new(LanguageVersion.CSharp14);
        CSharpCompilation build = CSharpCompilation.Create(
            "Net",
            [CSharpSyntaxTree.ParseText(Text.Sound, options, cancellationToken: TestContext.Current.CancellationToken)],
            [
                .. Net100.References.All,
                MetadataReference.CreateFromFile(typeof(NetworkAttribute).Assembly.Location),
                MetadataReference.CreateFromFile(typeof(System.Numerics.Tensors.TensorPrimitives).Assembly.Location),
            ]);
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: options)
            .RunGenerators(build, TestContext.Current.CancellationToken);
        GeneratedSourceResult expected = driver.GetRunResult().Results.Single().GeneratedSources.Single();
        GeneratedFile file = Assert.Single(whole.Files);

        Assert.Equal(expected.HintName, file.Name);
        Assert.Equal(expected.SourceText.ToString(), file.Text);
    }

    [Fact]
    public async Task Generated_file_showsItsPasses()
    {
        (_, CompilerReport whole) = await Text.LookAsync(_session, Text.Sound);
        GeneratedFile file = Assert.Single(whole.Files);

        Assert.StartsWith("/// <summary>", file.Forward, StringComparison.Ordinal);
        Assert.Contains("public float Forward(", file.Forward, StringComparison.Ordinal);
        Assert.Contains("// Dense1", file.Forward, StringComparison.Ordinal);
        Assert.Contains("public void Backward(", file.Backward, StringComparison.Ordinal);
        Assert.Contains("// Dense2", file.Backward, StringComparison.Ordinal);
        Assert.DoesNotContain("Predict(", file.Backward, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Assembly_hasTheNetwork_eachTimeByAnotherName()
    {
        await Text.LookAsync(_session, Text.Sound);

        Assembly[] assemblies = [Load(_session.Build()), Load(_session.Build())];

        Assert.Equal(2, assemblies.Select(static assembly => assembly.FullName).Distinct().Count());
        Assert.All(assemblies, static assembly => Assert.IsAssignableFrom<INetwork>(Activator.CreateInstance(assembly.GetType("Net")!, 0)));

        static Assembly Load(BuiltProgram program)
        {
            Assert.Empty(program.Report.Faults);

            return Assembly.Load([.. program.Assembly]);
        }
    }

    [Theory]
    [InlineData("Dense(16)", "[Dense(int neurons)]", "y = x·W + b")]
    [InlineData("ReLU]", "[ReLU]", "The rectified linear unit")]
    [InlineData("Net;", "class Net", "Classifies 2 features into 3 classes")]
    public async Task Hover_overName_saysWhatItIs(string place, string signature, string documentation)
    {
        await Text.LookAsync(_session, Text.Sound);
        int position = Text.Sound.IndexOf(place, StringComparison.Ordinal);
        Hover hover = Assert.IsType<Hover>(_session.FindHover(position + 1));

        Assert.Equal(position, hover.Start);
        Assert.Equal(signature, hover.Signature);
        Assert.Contains(documentation, hover.Documentation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(10_000)]
    public async Task Hover_elsewhere_isNothing(int position)
    {
        await Text.LookAsync(_session, Text.Sound);

        Assert.Null(_session.FindHover(position));
    }

    [Fact]
    public void Fixes_areThoseOfAllProviders() => Assert.Equal(
        typeof(TextCodeFixProvider).Assembly.GetTypes()
            .Where(static type => !type.IsAbstract && type.IsSubclassOf(typeof(TextCodeFixProvider)))
            .Order(s_byName),
        FixFinder.Providers.Select(static provider => provider.GetType()).Order(s_byName));

    /// <summary>The libraries that come with the page are enough for all kinds of networks.</summary>
    [Theory]
    [InlineData("Book/Networks.cs")]
    [InlineData("Digits/DigitNet.cs")]
    [InlineData("Forecast/DemandNet.cs")]
    [InlineData("Notebook/Networks.cs")]
    [InlineData("Regression/SineNet.cs")]
    [InlineData("Residual/ResidualNet.cs")]
    [InlineData("Spiral/SpiralNet.cs")]
    [InlineData("Tone/ToneNet.cs")]
    public async Task Network_ofASample_compiles(string file)
    {
        string path = Path.Combine(Repository.Folder, "samples", file);
        await Text.LookAsync(_session, await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));

        Assert.Empty(_session.Build().Report.Faults);
    }

    private static readonly Comparer<Type> s_byName = Comparer<Type>.Create(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
}
