using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Nnfs.Generators.Tests;

/// <summary>Declarations as users write them, right and wrong, and what is said of each: nothing, or a rule and the words that matter.</summary>
public sealed class FurtherSourceTests
{
    private static readonly (string Source, string Expected)[] s_sources =
    [
        // Right.
        ("[Network(2)] [Dense(64)] [ReLU] [Dense(64, 3)] [SoftmaxCrossEntropy] public partial class Net;", ""),
        ("[Network(2), Dense(neurons: 3)] internal sealed partial class Net;", ""),
        ("[NetworkAttribute(2), DenseAttribute(3)] partial class Net;", ""),
        ("[global::Nnfs.Network(2)] [Nnfs.Dense(3)] partial class Net;", ""),
        ("[Network(2), Dense(Net.Hidden), Dense(3)] partial class Net { public const int Hidden = 8; }", ""),
        ("[Network(Sizes.In), Dense(Sizes.In * 2 + 1)] partial class Net; static class Sizes { public const int In = 3; }", ""),
        ("[Network((int)'a'), Dense('b' - 'a' + 1)] partial class Net;", ""),
        ("[Network(sizeof(long)), Dense(sizeof(int))] partial class Net;", ""),
        ("[Network(0x10), Dense(0b100), Dense(1_000)] partial class Net;", ""),
        ("[Network(28, 28, 1), Flatten, Dense(10), SoftmaxCrossEntropy] partial class Net;", ""),
        ("[Network(5, 4), Dense(3, EachStep = true), SoftmaxCrossEntropy] partial class Net;", ""),
        ("[Network(2), Dense(1), SigmoidBinaryCrossEntropy] partial class Net;", ""),
        ("[Network(2), Dense(4), Sigmoid, BinaryCrossEntropy] partial class Net;", ""),
        ("[Network(2), Dense(3), Softmax, CategoricalCrossEntropy] partial class Net;", ""),
        ("[Network(2), Dense(3), Softmax, Dropout(0.1), Dense(3), SoftmaxCrossEntropy] partial class Net;", ""),
        ("[Network(2), Dropout(0.5), Dense(1), MeanSquaredError] partial class Net;", ""),
        ("[Network(2), Dense(3), LeakyReLU(0.1), ELU(1), Huber(0.5)] partial class Net;", ""),
        ("[Network(2), Dense(3, WeightL2 = 1e-4, BiasL1 = 1e-5f), MeanAbsoluteError] partial class Net;", ""),
        ("[Network(2), Dense(3), SoftmaxCrossEntropy(LabelSmoothing = 0.1)] partial class Net;", ""),
        ("[Network(2), Dense(4), BatchNorm(Momentum = 0.9), ReLU, LayerNorm, RMSNorm, Dense(2)] partial class Net;", ""),
        ("[Network(2, WeightInitializer = WeightInitializer.GlorotUniform), Dense(3)] partial class Net;", ""),
        ("[Network(2, Plain = true), Dense(8), Tanh, Dense(3), SoftmaxCrossEntropy] partial class Net;", ""),
        ("[Network(2), Dense(3, Name = \"Hidden\"), Tanh(Name = \"Bend\"), Dense(2, From = \"Bend\")] partial class Net;", ""),
        ("[Network, Input(\"a\", 2), Input(\"b\", 3), Concat(\"a\", \"b\"), Dense(1)] partial class Net;", ""),
        ("[Network, Input(\"x\", 2), Dense(4), Output(\"first\"), Dense(2), Output(\"second\")] partial class Net;", ""),
        ("[Network, Input(\"class\", 2), Dense(4), Output(\"event\")] partial class Net;", ""),
        ("[Network(2), Dense(3)] partial class Net<T>;", "NNFS009 generic"),
        ("partial class Outer<T> where T : struct { [Network(2), Dense(3)] partial class Net; }", ""),
        ("partial class Outer { [Network(2), Dense(3)] private protected partial class Net; }", ""),
        ("partial struct Outer { partial interface IMiddle { [Network(2), Dense(3)] partial class Net; } }", ""),
        ("[Network(2), Dense(3)] partial class @class;", ""),
        ("[Network(2), Dense(3)] partial class Nëtz;", ""),
        ("[Network(2), Dense(3)] partial class Net : System.IDisposable { public void Dispose() { } }", ""),
        ("#if DEBUG\n[Network(2)]\n#else\n[Network(3)]\n#endif\n[Dense(3)] partial class Net;", ""),
        ("using Net2 = Nnfs.NetworkAttribute; [Net2(2), Dense(3)] partial class Net;", ""),
        ("[Network(2), Dense(3), System.Obsolete(\"old\")] partial class Net;", ""),
        ("[Network(2)] [Dense(3)] sealed partial class Net { public Net(string file) : this(seed: file.Length) { } }", ""),

        // Wrong.
        ("[Network(2), Dense(3)] class Net;", "NNFS001 partial"),
        ("class Outer { [Network(2), Dense(3)] partial class Net; }", "NNFS001 Outer"),
        ("[Network(2)] partial class Net;", "NNFS002 no layers"),
        ("[Network(2), Output(\"y\")] partial class Net;", "NNFS002 no layers"),
        ("[Network, Dense(3)] partial class Net;", "NNFS003 missing"),
        ("[Network(0), Dense(3)] partial class Net;", "NNFS003 0"),
        ("[Network(2, 3, 4, 5, 6), Dense(3)] partial class Net;", "NNFS003 5"),
        ("[Network(-2, 3), Dense(3)] partial class Net;", "NNFS003 -2"),
        ("[Network(2), Dense(0)] partial class Net;", "NNFS004 at least 1 has 0"),
        ("[Network(2), Dense(-7), ReLU] partial class Net;", "NNFS004 at least 1 has -7"),
        ("[Network(2), Dense(0, 3)] partial class Net;", "NNFS004 at least 1 has 0"),
        ("[Network(2), Dense(64), ReLU, Dense(32, 3)] partial class Net;", "NNFS005 'Dense2' 32 'ReLU1' 64"),
        ("[Network(28, 28, 1), Dense(28, 10)] partial class Net;", "NNFS005 28 784"),
        ("[Network(5, 4), Dense(5, 3, EachStep = true)] partial class Net;", "NNFS005 5 4"),
        ("[Network, Input(\"a\", 2), Input(\"b\", 3), Concat(\"a\", \"b\"), Dense(6, 1)] partial class Net;", "NNFS005 6 'Concat1' 5"),
        ("[Network(2), SoftmaxCrossEntropy, Dense(3)] partial class Net;", "NNFS006"),
        ("[Network(2), Dense(3), MeanSquaredError, Huber] partial class Net;", "NNFS006 MeanSquaredError"),
        ("[Network(2), Dense(3), CategoricalCrossEntropy] partial class Net;", "NNFS007 Softmax 'Dense1'"),
        ("[Network(2), Dense(1), BinaryCrossEntropy] partial class Net;", "NNFS007 Sigmoid 'Dense1'"),
        ("[Network(2), Dense(3), Softmax, ReLU, CategoricalCrossEntropy] partial class Net;", "NNFS007 'ReLU1'"),
        ("[Network(2), Dense(3), Softmax, SoftmaxCrossEntropy] partial class Net;", "NNFS008 twice"),
        ("[Network(2), Dense(1), Sigmoid, SigmoidBinaryCrossEntropy] partial class Net;", "NNFS008 twice"),
        ("[Network(2), Dense(3)] static partial class Net;", "NNFS009 static"),
        ("[Network(2), Dense(3)] abstract partial class Net;", "NNFS009 abstract"),
        ("[Network(2)] partial class Net { } [Dense(3)] partial class Net { }", ""),
        ("[Network(2), Dense(3)] partial class Net { } [Network(2), Dense(3)] partial class Net { }", "NNFS010 2 partial declarations"),
        ("[Network(2), Dense(3, Name = \"Hidden\")] partial class Net { private const int Hidden = 1; }", "NNFS011 'Hidden'"),
        ("[Network(2), Dense(3, Name = \"\")] partial class Net;", "NNFS011"),
        ("[Network(2), Dense(3, Name = \"two words\")] partial class Net;", "NNFS011 'two words'"),
        ("[Network(2), Dense(3, Name = \"1st\")] partial class Net;", "NNFS011 '1st'"),
        ("[Network(2), Dense(3, Name = \"Workspace\")] partial class Net;", "NNFS011 'Workspace'"),
        ("[Network(2), Dense(3, Name = \"A\"), ReLU(Name = \"A\")] partial class Net;", "NNFS011 'A' twice"),
        ("[Network, Input(\"x\", 2), Input(\"x\", 3), Concat(\"x\", \"x\"), Dense(1)] partial class Net;", "NNFS011 'x' twice"),
        ("[Network, Input(\"workspace\", 2), Dense(1)] partial class Net;", ""),
        ("[Dense(3)] partial class Net;", "NNFS012 'Net'"),
        ("[SoftmaxCrossEntropy] partial class Net;", "NNFS012 'Net'"),
        ("[Network(100_000), Dense(100_000)] partial class Net;", "NNFS013 smaller"),
        ("[Network(2), Dense(3, Name = \"Hidden\"), Dense(2, From = \"Hiden\")] partial class Net;", "NNFS014 'Hiden' 'Hidden'"),
        ("[Network(2), Dense(3), Dense(2, From = \"Trunk\")] partial class Net;", "NNFS014 'Trunk'"),
        ("[Network, Input(\"goal\", 2), Input(\"pole\", 2), Concat(\"gaol\", \"pole\"), Dense(1)] partial class Net;", "NNFS014 'gaol'"),
        ("[Network(2), Dense(3, From = \"Dense2\"), Dense(3)] partial class Net;", "NNFS015 'Dense2'"),
        ("[Network(2), Dense(3, From = \"Dense1\")] partial class Net;", "NNFS015 'Dense1'"),
        ("[Network, Input(\"a\", 2), Input(\"b\", 2), Dense(3)] partial class Net;", "NNFS016 'a'"),
        ("[Network(2), Dense(3), Dense(4), Dense(5, From = \"Dense1\")] partial class Net;", "NNFS016 'Dense2'"),
        ("[Network(2), Dense(3), Dense(4), Add(\"Dense1\", \"Dense2\")] partial class Net;", "NNFS017 'Dense1' 3 'Dense2' 4"),
        ("[Network, Input(\"a\", 4, 2), Input(\"b\", 2, 4), Multiply(\"a\", \"b\"), Dense(1)] partial class Net;", "NNFS017 'a' 'b'"),
        ("[Network, Input(\"a\", 4, 2), Input(\"b\", 3, 2), Concat(\"a\", \"b\"), Dense(1)] partial class Net;", "NNFS017 'a' 'b'"),
        ("[Network(2), Dense(3), Concat(\"Dense1\")] partial class Net;", "NNFS018 two or more 1"),
        ("[Network(3), Input(\"x\", 3), Dense(2)] partial class Net;", "NNFS018 'x'"),
        ("[Network(2), MeanSquaredError] partial class Net;", "NNFS018 MeanSquaredError"),
        ("[Network(2), Dense(3), Dropout(1)] partial class Net;", "NNFS019 'Dropout1' 1"),
        ("[Network(2), Dense(3), Dropout(50)] partial class Net;", "NNFS019 'Dropout1' 50"),
        ("[Network(2), Dense(3), Dropout(double.NaN)] partial class Net;", "NNFS019 'Dropout1' NaN"),
        ("[Network(2), Dense(3), LeakyReLU(-0.1)] partial class Net;", "NNFS019 'LeakyReLU1' -0.1"),
        ("[Network(2), Dense(3), Huber(0)] partial class Net;", "NNFS019 'Huber' 0"),
        ("[Network(2), Dense(3, WeightL2 = -1e-4)] partial class Net;", "NNFS019 WeightL2 'Dense1'"),
        ("[Network(2), Dense(3), SoftmaxCrossEntropy(LabelSmoothing = 1)] partial class Net;", "NNFS019 label smoothing 1"),
        ("[Network(2), Dense(3, WeightInitializer = (WeightInitializer)99)] partial class Net;", "NNFS019 HeNormal GlorotUniform 99"),
        ("[Network(2, WeightInitializer = (WeightInitializer)(-1)), Dense(3)] partial class Net;", "NNFS019 HeNormal GlorotUniform -1"),
        ("[Network(2), Dense(3), GELU(Form = (GELUForm)7)] partial class Net;", "NNFS019 Exact Tanh 7"),
        ("[Network(2), Dense(3), Add(\"Dense1\", \"Dense1\"), BatchNorm(Momentum = 1.5)] partial class Net;", "NNFS019 momentum 1.5"),
        ("[Network(6), Reshape(4, 2), Dense(1)] partial class Net;", "NNFS020 8 6"),
        ("[Network(2), Dense(1), SoftmaxCrossEntropy] partial class Net;", "NNFS022 1 [SigmoidBinaryCrossEntropy]"),
        ("[Network(4, 1), Dense(1, EachStep = true), SoftmaxCrossEntropy] partial class Net;", "NNFS022"),
        ("[Network(2), Dense(3), Sigmoid, SoftmaxCrossEntropy] partial class Net;", "NNFS023 'Sigmoid1'"),
        ("[Network(2), Dense(1), Softplus, Dropout(0.2), SigmoidBinaryCrossEntropy] partial class Net;", "NNFS023 'Softplus1'"),
        ("[Network(2), Dense(Net.ParameterCount), Dense(3)] partial class Net;", "NNFS021 'Net.ParameterCount'"),
    ];

    [Fact]
    public async Task Declarations_of_users_are_reported_where_they_are_wrong_and_only_there()
    {
        GeneratorRun run = GeneratorHarness.Run([.. s_sources.Select(static (source, index) => InNamespace(source.Source, index))]);
        ILookup<string, Diagnostic> reported = (await run.AnalyzeAsync()).ToLookup(static diagnostic => diagnostic.Location.SourceTree!.FilePath);
        ILookup<string, Diagnostic> compiled = run.Output.GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
            .ToLookup(static diagnostic => diagnostic.Location.SourceTree?.FilePath ?? "");

        Assert.All(s_sources.Index(), source =>
        {
            string file = $"File{source.Index + 1}.cs";
            string[] messages =
                [.. reported[file].Select(static diagnostic => $"{diagnostic.Id} {diagnostic.GetMessage(CultureInfo.InvariantCulture)}")];
            string[] words = source.Item.Expected.Split(' ', StringSplitOptions.RemoveEmptyEntries);

            Assert.True(
                words.Length == 0 ? messages.Length == 0 && !compiled[file].Any()
                    : messages is [var message] && words.All(word => message.Contains(word, StringComparison.Ordinal)),
                $"{source.Item.Source}\nExpected: {source.Item.Expected}\nReported: {string.Join('\n', [.. messages, .. compiled[file]])}");
        });

        // What is right has generated files, in which the compiler finds nothing.
        Assert.Equal(s_sources.Count(static source => source.Expected.Length == 0), GeneratedForRight(run));
        Assert.Empty(compiled.Where(static file => !file.Key.StartsWith("File", StringComparison.Ordinal)).SelectMany(static file => file));
    }

    private static int GeneratedForRight(GeneratorRun run) => s_sources.Index().Count(source =>
        source.Item.Expected.Length == 0 && run.Files.Keys.Any(name => name.StartsWith($"S{source.Index}.", StringComparison.Ordinal)));

    private static string InNamespace(string source, int index) => $"namespace S{index}\n{{\nusing Nnfs;\n{source}\n}}\n";
}
