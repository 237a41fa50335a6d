using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Nnfs.Generators.CallSites;

namespace Nnfs.Generators.Tests.CallSites;

/// <summary>
/// Runs the analyzer of calls over statements. <c>[|…|]</c> marks where a diagnostic is expected, <c>{|…|}</c> an additional
/// location in the statements; the networks are in a file of their own.
/// </summary>
internal static class CallSite
{
    public const string Networks = """
        using Nnfs;

        [Network(2), Dense(4), ReLU, Dense(3), SoftmaxCrossEntropy]
        public partial class SpiralNet
        {
            public const int Batch = 5;

            public void Predict(float[] inputs) { }
            public int Classify(float[] input, int top) => top;
            public void Use(System.ReadOnlySpan<float> inputs) => Classify(inputs);
        }

        [Network(4), Dense(2)]
        public partial class MapNet
        {
            // The generator writes no such method, because the network has no loss.
            public void Backward(System.ReadOnlySpan<float> inputs, System.ReadOnlySpan<int> labels, Workspace workspace) { }
        }

        [Network(1), Dense(1)]
        public partial class UnitNet;

        [Network(2), Dense(3), Dense(4, 2), SoftmaxCrossEntropy]
        public partial class FaultyNet;

        [Network(2), Dense(3), SigmoidBinaryCrossEntropy]
        public partial class BinaryNet;

        [Network(2), Dense(1), Sigmoid, BinaryCrossEntropy]
        public partial class YesNet;

        [Network(3), Dense(2), MeanSquaredError]
        public partial class LineNet
        {
            // The generator writes no such method, because the loss takes no labels.
            public void Forward(System.ReadOnlySpan<float> inputs, System.ReadOnlySpan<int> labels, Workspace workspace) { }
        }

        [Network, Input("state", 2), Input("event", 3), Concat("state", "event"), Dense(4), SoftmaxCrossEntropy, Output("policy")]
        [Dense(1), Huber, Output("value"), Dense(2), SigmoidBinaryCrossEntropy, Output("flags"), Dense(5), Output("rest")]
        public partial class ActorNet;

        [Network, Input("left", 2), Input("right", 3), Concat("left", "right"), Dense(4)]
        public partial class JoinNet;

        [Network(5, 3), Dense(4, EachStep = true), SoftmaxCrossEntropy]
        public partial class StepNet;

        public sealed class DerivedNet
        {
            public void Predict(System.ReadOnlySpan<float> inputs, System.Span<float> outputs) { }
        }
        """;

    private static readonly CSharpParseOptions s_parseOptions = new(LanguageVersion.CSharp14);

    private static readonly Lazy<CSharpCompilation> s_networks = new(static () => Generate(Networks));

    private static readonly Lazy<CSharpCompilation> s_source = new(static () => Generate("""
        using Nnfs;

        [Network(2), Dense(4, Name = "Hidden"), ReLU, Dense(3), SoftmaxCrossEntropy]
        public partial class SpiralNet;

        [Network(4), Dense(2)]
        public partial class MapNet;

        [Network, Input("state", 2), Input("event", 3), Concat("state", "event"), Dense(4), SoftmaxCrossEntropy, Output("policy")]
        [Dense(1), Huber, Output("value")]
        public partial class ActorNet;
        """));

    private static readonly Lazy<CSharpCompilation> s_library = new(static () =>
    {
        using MemoryStream image = new();
        Assert.True(Library.Emit(image).Success);

        return Generate("", MetadataReference.CreateFromImage(image.ToArray()));
    });

    public static CSharpCompilation WithNetworks => s_networks.Value;

    /// <summary>Networks in an assembly of their own.</summary>
    public static CSharpCompilation Library => s_source.Value;

    public static CSharpCompilation WithLibrary => s_library.Value;

    /// <summary>Puts statements into a method that knows networks, and things whose length the compiler does not know.</summary>
    public static string Method(string statements) => $$"""
        using System;
        using System.Linq;
        using Nnfs;

        public static class Caller
        {
            private const int Two = 2;

            public static void Call(
                SpiralNet net, MapNet map, UnitNet unit, SpiralNet.Workspace pass, MapNet.Workspace mapPass,
                BinaryNet binary, YesNet yes, LineNet line, ActorNet actor, JoinNet join,
                BinaryNet.Workspace binaryPass, YesNet.Workspace yesPass, LineNet.Workspace linePass,
                ActorNet.Workspace actorPass, JoinNet.Workspace joinPass,
                StepNet step, StepNet.Workspace stepPass,
                float[] floats, int[] ints, int count, bool flag)
            {
                {{statements}}
            }

            private static void Grow(ref float[] values) => values = new float[2];
            private static void GrowSpan(ref Span<float> values) => values = new float[2];
            private static void Make(out float[] values) => values = new float[2];
            private static void Fill(int[] values) => values[0] = 0;
            private static void Read(ReadOnlySpan<int> values) { }
            private static void Look(in float[] values) { }
        }
        """;

    /// <summary>Expects a diagnostic at each mark, with the messages in their order, and no compiler error.</summary>
    public static Task ExpectAsync(string statements, params string[] messages) => ExpectFileAsync(Method(statements), messages);

    /// <summary>The same for statements with a call that the compiler cannot resolve.</summary>
    public static Task ExpectUnboundAsync(string statements, params string[] messages) => ExpectFileAsync(Method(statements), isUnbound: true, messages);

    public static Task ExpectFileAsync(string marked, params string[] messages) => ExpectFileAsync(marked, isUnbound: false, messages);

    private static async Task ExpectFileAsync(string marked, bool isUnbound, string[] messages)
    {
        string source = Unmark(marked, out List<TextSpan> expected, out List<TextSpan> additional);
        CSharpCompilation compilation = WithNetworks.AddSyntaxTrees(Parse(source));

        Assert.Equal(isUnbound, compilation.GetDiagnostics(TestContext.Current.CancellationToken)
            .Any(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && IsHere(diagnostic.Location)));

        ImmutableArray<Diagnostic> diagnostics = await AnalyzeAsync(compilation);

        Assert.Equal(messages, diagnostics.Select(static diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture)));
        Assert.Equal(Texts(source, expected), diagnostics.Select(diagnostic => Text(source, diagnostic.Location.SourceSpan)));
        Assert.All(diagnostics, static diagnostic => Assert.Equal("Caller.cs", diagnostic.Location.SourceTree!.FilePath));
        Assert.Equal(
            Texts(source, additional),
            Texts(source, diagnostics
                .SelectMany(static diagnostic => diagnostic.AdditionalLocations)
                .Where(IsHere)
                .Select(static location => location.SourceSpan)
                .Distinct()
                .Order()));
    }

    public static Task ExpectNothingAsync(string statements) => ExpectAsync(statements);

    /// <summary>The diagnostics of the analyzer in the last file, in the order of their places; an exception in it fails the test.</summary>
    public static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Compilation compilation)
    {
        List<Exception> exceptions = [];
        CompilationWithAnalyzersOptions options = new(
            new AnalyzerOptions([]),
            onAnalyzerException: (exception, _, _) => exceptions.Add(exception),
            concurrentAnalysis: false,
            logAnalyzerExecutionTime: false);
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers([new CallSiteAnalyzer()], options);
        SemanticModel model = compilation.GetSemanticModel(compilation.SyntaxTrees.Last());
        ImmutableArray<Diagnostic> diagnostics = await analysis.GetAnalyzerSemanticDiagnosticsAsync(model, null, TestContext.Current.CancellationToken);

        Assert.Empty(exceptions);

        return [.. diagnostics.OrderBy(static diagnostic => diagnostic.Location.SourceSpan.Start)
            .ThenBy(static diagnostic => diagnostic.Id, StringComparer.Ordinal)];
    }

    public static CSharpCompilation Generate(string source, params MetadataReference[] references)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Networks" + Guid.NewGuid().ToString("N"),
            [CSharpSyntaxTree.ParseText(source, s_parseOptions, "Networks.cs", Encoding.UTF8)],
            [
                .. Net100.References.All,
                MetadataReference.CreateFromFile(typeof(NetworkAttribute).Assembly.Location),
                MetadataReference.CreateFromFile(typeof(System.Numerics.Tensors.Tensor).Assembly.Location),
                .. references,
            ],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true));

        CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: s_parseOptions)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation generated, out _);

        return (CSharpCompilation)generated;
    }

    public static SyntaxTree Parse(string source) => CSharpSyntaxTree.ParseText(source, s_parseOptions, "Caller.cs", Encoding.UTF8);

    /// <summary>Takes the marks out of a text and tells where they were.</summary>
    public static string Unmark(string marked, out List<TextSpan> expected, out List<TextSpan> additional)
    {
        StringBuilder text = new();
        Stack<(int Start, bool IsExpected)> open = new();
        expected = [];
        additional = [];

        for (int i = 0; i < marked.Length; i++)
        {
            switch (marked.AsSpan(i))
            {
                case ['[' or '{', '|', ..]:
                    open.Push((text.Length, marked[i++] == '['));
                    break;

                case ['|', ']' or '}', ..] when open.TryPeek(out (int Start, bool IsExpected) mark) && mark.IsExpected == (marked[i + 1] == ']'):
                    open.Pop();
                    (mark.IsExpected ? expected : additional).Add(TextSpan.FromBounds(mark.Start, text.Length));
                    i++;
                    break;

                default:
                    text.Append(marked[i]);
                    break;
            }
        }

        expected.Sort();
        additional.Sort();

        return text.ToString();
    }

    private static bool IsHere(Location location) => location.SourceTree?.FilePath == "Caller.cs";

    private static IEnumerable<string> Texts(string source, IEnumerable<TextSpan> spans) => spans.Select(span => Text(source, span));

    private static string Text(string source, TextSpan span) =>
        string.Create(CultureInfo.InvariantCulture, $"{source.AsSpan(span.Start, span.Length)} at {span.Start}");
}
