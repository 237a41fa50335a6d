namespace Nnfs.Generators.Tests;

/// <summary>Settings that are numbers: written as double or as float they mean the same.</summary>
public sealed class NumberTypeTests
{
    [Fact]
    public async Task Settings_of_type_double_give_the_text_of_floats()
    {
        const string Floats = """
            using Nnfs;

            [Network(6)]
            [Dense(8, WeightL1 = 0.1f, WeightL2 = 1e-3f, BiasL1 = 0.3f, BiasL2 = 1e-7f)]
            [BatchNorm(Epsilon = 1e-3f, Momentum = 0.7f)]
            [LeakyReLU(0.3f)]
            [Dropout(0.1f)]
            [Dense(8)]
            [LayerNorm(Epsilon = 1e-6f)]
            [ELU(alpha: 0.7f)]
            [Dense(8)]
            [RMSNorm(Epsilon = 1e-6f)]
            [Dense(3)]
            [SoftmaxCrossEntropy(LabelSmoothing = 0.1f, Weight = 0.7f)]
            public partial class Classifier;

            [Network(6)]
            [Dense(2)]
            [Huber(0.3f, Weight = 1e-3f)]
            public partial class Curve;
            """;

        GeneratorRun floats = GeneratorHarness.Generate(Floats);
        GeneratorRun doubles = GeneratorHarness.Generate(Floats.Replace("f,", ",", StringComparison.Ordinal).Replace("f)", ")", StringComparison.Ordinal));

        Assert.Equal(floats.Files, doubles.Files);
        Assert.Contains("0.3f", doubles.Files["Curve.g.cs"], StringComparison.Ordinal);
        Assert.Empty(await doubles.AnalyzeAsync());
    }

    [Fact]
    public void Setting_of_a_constant_or_a_whole_number_is_read_too()
    {
        const string Source = """
            using Nnfs;

            [Network(6)]
            [Dense(8, WeightL2 = 1)]
            [Dropout(Rate)]
            [Dense(2)]
            [Huber(2)]
            public partial class Net
            {
                private const double Rate = 1.0 / 8;
            }
            """;

        string text = GeneratorHarness.Generate(Source).File;

        Assert.Contains("rate: 0.125f", text, StringComparison.Ordinal);
        Assert.Contains("l2: 1f", text, StringComparison.Ordinal);
        Assert.Contains("delta: 2f", text, StringComparison.Ordinal);
    }
}
