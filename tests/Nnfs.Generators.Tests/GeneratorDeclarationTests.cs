using Microsoft.CodeAnalysis;

namespace Nnfs.Generators.Tests;

/// <summary>Every way to write a class that is a network: the result compiles, and the analyzer has nothing against it.</summary>
public sealed class GeneratorDeclarationTests
{
    private const string Layers =
        "[global::Nnfs.Network(2), global::Nnfs.Dense(3), global::Nnfs.ReLU, global::Nnfs.Dense(2), global::Nnfs.SoftmaxCrossEntropy]";

    [Theory]
    // Where it is.
    [InlineData("$ public partial class Net;")]
    [InlineData("$ partial class Net { }")]
    [InlineData("$ internal sealed partial class Net;")]
    [InlineData("namespace A.B; $ public partial class Net;")]
    [InlineData("namespace A { namespace B { $ public partial class Net; } }")]
    [InlineData("namespace @class.@namespace.@int; $ public partial class Net;")]
    [InlineData("namespace System.Text { $ public partial class Net; }")]
    [InlineData("namespace My.System.Nnfs; $ public partial class Net;")]
    [InlineData("namespace Nnfs; $ public partial class Net;")]
    [InlineData("partial class Outer { $ private partial class Net; }")]
    [InlineData("static partial class Outer { $ public partial class Net; }")]
    [InlineData("partial class Outer { $ protected internal partial class Net; }")]
    [InlineData("partial class Outer { $ private protected sealed partial class Net; }")]
    [InlineData("partial struct Outer { partial record Middle { partial interface IInner { $ partial class Net; } } }")]
    [InlineData("readonly partial record struct Outer(int X) { $ partial class Net; }")]
    [InlineData("readonly ref partial struct Outer { $ partial class Net; }")]
    [InlineData("partial class Outer<T, @class> where T : class, new() where @class : struct { $ partial class Net; }")]
    [InlineData("partial interface IOuter<T, U> { $ partial class Net; }")]
    [InlineData("partial class Outer { $ partial class Net; } partial class Outer<T> { $ partial class Net; }")]
    // What it is called.
    [InlineData("$ public partial class @class;")]
    [InlineData("$ public partial class @record;")]
    [InlineData("$ public partial class Größe_日本語;")]
    [InlineData("$ public partial class Net; $ public partial class NET; $ public partial class nET;")]
    [InlineData("$ public partial class İ; $ public partial class I; $ public partial class Iı;")]
    [InlineData("$ public partial class D2;")]
    [InlineData("$ public partial class Network; $ public partial class Dense; namespace A { $ public partial class Nnfs; }")]
    [InlineData("namespace A { $ public partial class Net; } namespace a { $ public partial class Net; }")]
    [InlineData("$ public partial class A_B; namespace A { $ public partial class B; } partial class A1 { $ public partial class B; }")]
    // What else it has.
    [InlineData("class Base { } $ partial class Net : Base;")]
    [InlineData("abstract class Base { protected Base() { } protected int _parameters = 1; } $ partial class Net : Base;")]
    [InlineData("class Base<T> where T : Base<T> { } $ partial class Net : Base<Net>, System.IDisposable { void System.IDisposable.Dispose() { } }")]
    [InlineData("$ partial class Net { public int _parameters_ = 1; protected internal string? _parameters = null; }")]
    [InlineData("$ partial class Net { public Net() { InitializeParameters(new Nnfs.NumpyRandom(1)); } }")]
    [InlineData("$ partial class Net { public Net(int seed) : this(new Nnfs.NumpyRandom(seed)) { } }")]
    [InlineData("$ partial class Net { private Net(Nnfs.NumpyRandom random) { InitializeParameters(random); } }")]
    [InlineData("$ partial class Net { private Net(Nnfs.NumpyRandom random) : this() { } }")]
    [InlineData("$ partial class Net { private Net(Nnfs.NumpyRandom random) : this(7) { } }")]
    [InlineData(
        "$ partial class Net { public Net(int seed) : this(new Nnfs.NumpyRandom(seed)) { } public Net(Nnfs.NumpyRandom r) => InitializeParameters(r); }")]
    [InlineData("$ partial class Net { public Net(string path, int seed) : this(seed) => System.ArgumentNullException.ThrowIfNull(path); }")]
    [InlineData("$ partial class Net { public Net(in Nnfs.NumpyRandom random) : this(7) { } public Net(ref int seed) : this() => seed++; }")]
    [InlineData("$ partial class Net { static Net() { } }")]
    [InlineData(
        "$ partial class Net { public void Predict<T>(System.ReadOnlySpan<float> i, System.Span<float> o) { } " +
        "public void Predict(System.ReadOnlySpan<float> i, in System.Span<float> o) { } }")]
    [InlineData(
        "$ partial class Net { public void Forward(System.ReadOnlySpan<float> i, Workspace w, bool b) { } public void Forward(float[] i, Workspace w) { } }")]
    [InlineData(
        "$ partial class Net { public void InitializeParameters(object o) { } public partial int Classify(float[] x); " +
        "public partial int Classify(float[] x) => 1; }")]
    [InlineData("$ partial class Net { public void Forward(System.ReadOnlySpan<float> i, Other.Workspace w) { } } $ partial class Other;")]
    [InlineData("$ partial class Net { public class Workspace<T> { } public int summary => 1; public int BatchSize => 1; }")]
    [InlineData("$ partial class Net { private float Gradients => Outputs; private const float Outputs = 1; public float Read() => Gradients; }")]
    [InlineData("$ partial class Net { public float Forward(float x) => x; public void Predict() { } public int D2 => 2; }")]
    [InlineData("$ partial class Net { public struct D2 { } public enum D3 { } }")]
    [InlineData("partial class Outer { public struct D2 { } $ public partial class Net; }")]
    [InlineData("partial class Outer<D3> { $ public partial class Net; }")]
    [InlineData("class Base { public struct D2 { } } $ partial class Net : Base;")]
    [InlineData("$ partial class Net; struct D2 { } struct D3 { }")]
    [InlineData("namespace A { $ partial class Net; struct D2 { } }")]
    [InlineData("$ partial class Net { private sealed class System { } private sealed class Nnfs { } }")]
    [InlineData(
        "$ partial class Net { private int Dense; private int _samples; public int M() => Dense + _samples; public void N() => (Dense, _samples) = (1, 2); }")]
    [InlineData("[System.Obsolete(\"old\")] $ public partial class Net;")]
    [InlineData("[System.Obsolete(\"old\", true)] $ public partial class Net;")]
    [InlineData("#nullable disable\n $ partial class Net { public string Text { get; set; } }")]
    [InlineData("$ partial class Net { private int Dense1Weights => 1; public int Read() => Dense1Weights + ForwardTile; public int ForwardTile => 1; }")]
    // What else has the names of types that generated code uses.
    [InlineData("namespace A { $ partial class Net; struct Span<T> { } static class Math { } class ShapeGuard { } class Kernels { } struct LayerInfo { } }")]
    [InlineData("$ partial class Net; struct Span<T> { } static class Math { } class Team<T, U> { } namespace Kernels { class Dense { } }")]
    [InlineData(
        "global using Other; $ partial class Net; " +
        "namespace Other { struct ReadOnlySpan<T> { } static class Math { } class AlignedBlock { } class Team<T, U> { } }")]
    [InlineData("global using Kernels = Other.Math; $ partial class Net; namespace Other { static class Math { } }")]
    [InlineData("using Kernels = System.Math; $ partial class Net;")]
    [InlineData("namespace A.B { $ partial class Net; } namespace A { class Span<T> { } class Kernels { } namespace B.Kernels { class Net { } } }")]
    [InlineData("namespace A { $ partial class Net; } class Span<T> { } class Kernels { } class Nnfs2 { } namespace Math { class Min { } }")]
    [InlineData("partial class Outer { class IDimension { } class Math { } struct Span<T> { } $ partial class Net; }")]
    [InlineData("namespace A; partial class Outer<Span, Kernels> { public int ShapeGuard => 1; $ partial class Net; }")]
    [InlineData("namespace Nnfs.Demo { $ partial class Net; static class Kernels { } static class ShapeGuard { } static class Math { } }")]
    [InlineData("namespace System.Demo { $ partial class Net; class LayerInfo { } static class Math { } }")]
    [InlineData(
        "$ partial class Net { private int Dense1ToDense2 => 1; public int Read() => Dense1ToDense2 + Dense1WeightsGradient; " +
        "private const int Dense1WeightsGradient = 2; }")]
    [InlineData(
        "[global::Nnfs.Network(2), global::Nnfs.Dense(64, Name = \"Math\"), global::Nnfs.Dense(3, Name = \"Kernels\"), global::Nnfs.SoftmaxCrossEntropy] " +
        "partial class Outer { $ public partial class Net; }")]
    [InlineData("class Base { public int Math => 1; protected struct Span { } } $ partial class Net : Base { public int Kernels => 1; }")]
    // How it is written.
    [InlineData("$ partial class Net; partial class Net { }")]
    [InlineData("partial class Net { } $ partial class Net; partial class Net { }")]
    [InlineData("[Nnfs.Network(2)] partial class Net; [Nnfs.Dense(3), Nnfs.SoftmaxCrossEntropy] partial class Net;")]
    [InlineData("using D = Nnfs.DenseAttribute; using N = Nnfs.NetworkAttribute; [N(2), D(3)] partial class Net;")]
    [InlineData("global using Nnfs; [NetworkAttribute(2), DenseAttribute(neurons: 3, inputs: 2)] partial class Net;")]
    [InlineData("[global::Nnfs.Network(new[] { 2, 3 }), global::Nnfs.@DenseAttribute(inputs: 6, 3)] partial class Net;")]
    [InlineData("[Nnfs.Network(inputShape: 2), Nnfs.Dense(Net.Hidden)] partial class Net { private const int Hidden = 64; }")]
    [InlineData("[Nnfs.Network(2), Nnfs.Dense(Shapes.Hidden)] partial class Net; static class Shapes { public const int Hidden = 1 << 4; }")]
    [InlineData(
        "[Nnfs.Network(2, WeightInitializer = Nnfs.WeightInitializer.HeNormal), " +
        "Nnfs.Dense(3, WeightInitializer = (Nnfs.WeightInitializer)1)] partial class Net;")]
    [InlineData("[Nnfs.Network('a'), Nnfs.Dense((byte)3)] partial class Net;")]
    public async Task Declaration_that_is_legal_compiles_without_a_complaint(string source)
    {
        GeneratorRun run = GeneratorHarness.Generate(source.Replace("$", Layers, StringComparison.Ordinal));

        Assert.NotEmpty(run.Files);
        Assert.Empty(await run.AnalyzeAsync(withGeneratedFiles: true));
        Assert.Empty(await run.AnalyzeAsync(withGeneratedFiles: false));
    }

    [Fact]
    public void Plain_network_starts_from_the_weights_of_one_that_is_not()
    {
        const string Rest = "[Nnfs.Dense(3), Nnfs.ReLU, Nnfs.Dense(4), Nnfs.Tanh, Nnfs.Dense(2), Nnfs.SoftmaxCrossEntropy] public partial class Net;";

        string[] initializers = Initializers($"[Nnfs.Network(2)] {Rest}");
        Assert.Contains(initializers, static line => line.Contains("HeNormal(Dense1", StringComparison.Ordinal));
        Assert.Equal(initializers, Initializers($"[Nnfs.Network(2, Plain = true)] {Rest}"));

        static string[] Initializers(string source) =>
            [.. GeneratorHarness.Generate(source).File.Split('\n').Where(static line => line.Contains("WeightInitialization.", StringComparison.Ordinal))];
    }

    [Theory]
    [InlineData("Encoder", "Code", "Head")]
    [InlineData("class", "int", "var")]
    [InlineData("global", "field", "record")]
    [InlineData("a", "A", "aOutputs")]
    [InlineData("D2", "D3", "D64")]
    [InlineData("System", "Nnfs", "Kernels")]
    [InlineData("Span", "Math", "ShapeGuard")]
    [InlineData("AlignedBlock", "Dense2Weights", "Dense1ToDense2")]
    [InlineData("Dense2", "ReLU2", "Dense1")]
    [InlineData("samples", "inputs", "outputs")]
    [InlineData("scratch", "workspace", "labels")]
    [InlineData("transposed", "input", "gradients")]
    [InlineData("Größe", "日本語", "ß")]
    [InlineData("Batch", "Dense", "SoftmaxCrossEntropy")]
    [InlineData("value", "get", "partial")]
    public async Task Layer_names_that_are_identifiers_compile(string first, string relu, string second)
    {
        GeneratorRun run = GeneratorHarness.Generate($$"""
            using Nnfs;

            [Network(2)]
            [Dense(3, Name = "{{first}}")]
            [ReLU(Name = "{{relu}}")]
            [Dense(64, Name = "{{second}}")]
            [SoftmaxCrossEntropy]
            public partial class Net;
            """);

        Assert.Empty(await run.AnalyzeAsync());
    }

    [Theory]
    [InlineData("[Nnfs.Network(2), Nnfs.Network(3), Nnfs.Dense(4)] public partial class Net;")]
    [InlineData("[Nnfs.Network(2), Nnfs.Dense(4)] public partial class Net; [Nnfs.Network(3)] partial class Net;")]
    [InlineData("[Nnfs.Network(2)] public partial class Net; [Nnfs.Network(2), Nnfs.Dense(4)] partial class Net;")]
    public void Attribute_that_stands_twice_gives_one_file_and_the_compilers_error(string source)
    {
        GeneratorRun run = GeneratorHarness.Run(source);

        Assert.Null(run.Result.Exception);
        Assert.Single(run.Files);
        Assert.Contains("CS0579", Assert.Single(run.CompilerProblems()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[Nnfs.Network(2), Nnfs.Dense(4)] public partial struct Net;")]
    [InlineData("[Nnfs.Network(2), Nnfs.Dense(4)] public partial interface INet;")]
    [InlineData("[Nnfs.Network(2), Nnfs.Dense(4)] public enum Net { }")]
    [InlineData("[Nnfs.Network(2), Nnfs.Dense(4)] public delegate void Net();")]
    public async Task Type_that_is_no_class_gives_nothing(string source)
    {
        GeneratorRun run = GeneratorHarness.Run(source);

        Assert.Empty(run.Files);
        Assert.Contains(run.CompilerProblems(), static problem => problem.Contains("CS0592", StringComparison.Ordinal));
        Assert.DoesNotContain(await run.AnalyzeAsync(), static diagnostic => diagnostic.Id == "AD0001");
    }

    [Fact]
    public void Attribute_of_the_same_name_elsewhere_gives_nothing()
    {
        GeneratorRun run = GeneratorHarness.Generate("""
            namespace Mine
            {
                internal sealed class NetworkAttribute(int size) : System.Attribute
                {
                    public int Size => size;
                }

                [Network(2)]
                internal sealed class Net;
            }
            """);

        Assert.Empty(run.Files);
    }

    [Fact]
    public void File_names_that_differ_only_in_case_are_told_apart()
    {
        GeneratorRun run = GeneratorHarness.Generate(
            $"{Layers} public partial class Net; {Layers} public partial class NET; {Layers} public partial class Other;");

        Assert.Equal(["NET.g.cs", "Net-2.g.cs", "Other.g.cs"], run.Files.Keys);
    }

    [Fact]
    public async Task Source_that_is_cut_off_anywhere_throws_nothing()
    {
        const string Source = """
            using Nnfs;
            namespace A;
            [Network(28, 28, WeightInitializer = WeightInitializer.HeNormal)]
            [Dense(inputs: 784, neurons: 64, Name = "Encoder")]
            [ReLU(Name = nameof(Net)), Softmax]
            [Dense(Net.Hidden, 10)]
            [SoftmaxCrossEntropy]
            public sealed partial class Net : System.IDisposable
            {
                public const int Hidden = 64;
                public Net(int seed) : this(new NumpyRandom(seed)) { }
                public void Dispose() { }
            }
            """;

        GeneratorRun run = GeneratorHarness.Run(Source);

        for (int length = Source.Length; length >= 0; length--)
        {
            run = run.ThenEdit("File1.cs", Source[..length]);

            Assert.True(run.Result.Exception is null, $"After {length} characters: {run.Result.Exception}");

            // Such a source has faults, which the generator may report; CS8785 is what the driver says of one that threw.
            Assert.All(run.DriverDiagnostics, static diagnostic => Assert.StartsWith("NNFS", diagnostic.Id, StringComparison.Ordinal));
            Assert.DoesNotContain(await run.AnalyzeAsync(withGeneratedFiles: false), static diagnostic => diagnostic.Id == "AD0001");
        }
    }

    [Fact]
    public async Task Source_with_any_piece_left_out_throws_nothing()
    {
        const string Source = """
            using Nnfs;
            [Network(2, WeightInitializer = WeightInitializer.HeNormal)]
            [Dense(neurons: 64, Name = "Encoder"), ReLU]
            [Dense(64, 10)]
            [Softmax, CategoricalCrossEntropy]
            public partial class Net { }
            """;

        GeneratorRun run = GeneratorHarness.Run(Source);
        int[] ends = [.. Microsoft.CodeAnalysis.CSharp.SyntaxFactory.ParseTokens(Source).Select(static token => token.SpanStart)];

        foreach ((int start, int end) in ends.Zip(ends.Skip(1)))
        {
            run = run.ThenEdit("File1.cs", Source.Remove(start, end - start));

            Assert.True(run.Result.Exception is null, $"Without '{Source[start..end]}': {run.Result.Exception}");

            // Such a source has faults, which the generator may report; CS8785 is what the driver says of one that threw.
            Assert.All(run.DriverDiagnostics, static diagnostic => Assert.StartsWith("NNFS", diagnostic.Id, StringComparison.Ordinal));
            Assert.DoesNotContain(await run.AnalyzeAsync(), static diagnostic => diagnostic.Id == "AD0001");
        }
    }

    [Fact]
    public void Networks_in_a_class_and_a_record_of_one_name_give_two_files()
    {
        GeneratorRun run = GeneratorHarness.Run("""
            using Nnfs;

            public partial record struct Outer<T>
            {
                [Network(2)]
                [Dense(3)]
                public partial class Net;
            }

            public partial class Outer<T>
            {
                [Network(2)]
                [Dense(3)]
                public partial class Net;
            }
            """);

        Assert.Null(run.Result.Exception);
        Assert.Equal(["Outer`1+Net-2.g.cs", "Outer`1+Net.g.cs"], run.Files.Keys);
    }
}
