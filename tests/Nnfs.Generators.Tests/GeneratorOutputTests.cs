using System.Globalization;
using System.Text;

namespace Nnfs.Generators.Tests;

/// <summary>The generated files as bytes, and as code that runs.</summary>
public sealed class GeneratorOutputTests
{
    private const string Iris = """
        using Nnfs;

        namespace Samples;

        [Network(1000, 4)]
        [Dense(1234, Name = "Intern")]
        [ReLU]
        [Dense(3)]
        [Softmax]
        [CategoricalCrossEntropy]
        public partial class IrisNet;
        """;

    private const string Spiral = """
        using Nnfs;

        namespace Samples;

        [Network(2)]
        [Dense(64)]
        [ReLU]
        [Dense(64, 3)]
        [SoftmaxCrossEntropy]
        public partial class SpiralNet;
        """;

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    [InlineData("sv-SE")]
    public void Output_under_another_culture_is_the_same(string culture)
    {
        SortedDictionary<string, string> expected = Under(CultureInfo.InvariantCulture, static () => GeneratorHarness.Generate(Iris, Spiral).Files);

        Assert.Equal(expected, Under(new CultureInfo(culture, useUserOverride: false), static () => GeneratorHarness.Generate(Iris, Spiral).Files));
    }

    [Fact]
    public void Output_with_the_files_in_another_order_is_the_same()
    {
        const string Upper = "[Nnfs.Network(1), Nnfs.Dense(1)] public partial class NET;";
        const string Lower = "[Nnfs.Network(1), Nnfs.Dense(2)] public partial class Net;";

        Assert.Equal(
            GeneratorHarness.Generate(Iris, Spiral, Upper, Lower).Files,
            GeneratorHarness.Generate(Lower, Spiral, Upper, Iris).Files);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Output_has_no_byte_order_mark_and_only_line_feeds(string newLine)
    {
        GeneratorRun run = GeneratorHarness.Generate(Iris.ReplaceLineEndings(newLine), Spiral.ReplaceLineEndings(newLine));

        Assert.All(run.Result.GeneratedSources, static file =>
        {
            Assert.IsType<UTF8Encoding>(file.SourceText.Encoding);
            Assert.Empty(file.SourceText.Encoding!.GetPreamble());

            string text = file.SourceText.ToString();
            Assert.DoesNotContain('\r', text);
            Assert.DoesNotContain('\t', text);
            Assert.DoesNotContain(" \n", text, StringComparison.Ordinal);
            Assert.DoesNotContain("\n\n\n", text, StringComparison.Ordinal);
            Assert.EndsWith("}\n", text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Network_that_is_loaded_predicts_and_trains()
    {
        using LoadedNetworks networks = GeneratorHarness.Generate(Spiral, """
            using System;
            using Nnfs;

            namespace Samples;

            /// <summary>The example of the documentation.</summary>
            public static class Example
            {
                /// <summary>Trains.</summary>
                public static (float First, float Last, int Class) Train()
                {
                    NumpyRandom random = new(seed: 0);
                    Dataset spiral = Datasets.Spiral(samplesPerClass: 100, classes: 3, random);
                    SpiralNet net = new(random);
                    SpiralNet.Workspace pass = net.CreateWorkspace(batchSize: 300);
                    Adam optimizer = new(learningRate: 0.05f) { Decay = 5e-7f };
                    float first = net.Forward(spiral.Features, spiral.Labels, pass);
                    float last = first;

                    for (int epoch = 0; epoch < 200; epoch++)
                    {
                        net.Backward(spiral.Features, spiral.Labels, pass);
                        optimizer.Step(net.Parameters, pass.Gradients);
                        last = net.Forward(spiral.Features, spiral.Labels, pass);
                    }

                    return (first, last, net.Classify([0.1f, -0.3f]));
                }
            }
            """).Load();

        (float first, float last, int @class) = ((float, float, int))networks["Samples.Example"].GetMethod("Train")!.Invoke(null, null)!;

        // Chance on three classes is log 3; the book's network has learnt most of the spiral after 200 epochs.
        Assert.InRange(first, 1.0f, 1.5f);
        Assert.InRange(last, 0.0f, 0.6f);
        Assert.InRange(@class, 0, 2);
    }

    [Theory]
    [InlineData("[Network(3), SoftmaxCrossEntropy]")]
    [InlineData("[Network(3), Softmax, CategoricalCrossEntropy]")]
    [InlineData("[Network(3), ReLU]")]
    [InlineData("[Network(3), Softmax]")]
    [InlineData("[Network(1, 1, 1), Dense(1), SoftmaxCrossEntropy]")]
    public void Network_of_unusual_layers_runs(string attributes)
    {
        using LoadedNetworks networks = GeneratorHarness.Generate($"using Nnfs; {attributes} public partial class Net;", """
            using Nnfs;

            /// <summary>Runs.</summary>
            public static class Example
            {
                /// <summary>Predicts by both ways.</summary>
                public static (float[], float[]) Run()
                {
                    Net net = new(seed: 1);
                    float[] inputs = new float[2 * Net.InputSize];
                    float[] outputs = new float[2 * Net.OutputSize];
                    inputs[0] = 0.5f;
                    inputs[^1] = -0.25f;
                    net.Predict(inputs, outputs);

                    Net.Workspace pass = net.CreateWorkspace(2);
                    net.Forward(inputs, pass);

                    return (outputs, pass.Outputs.ToArray());
                }
            }
            """).Load();

        (float[] predicted, float[] kept) = ((float[], float[]))networks["Example"].GetMethod("Run")!.Invoke(null, null)!;

        Assert.NotEmpty(predicted);
        Assert.Equal(predicted, kept);
        Assert.All(predicted, static value => Assert.True(float.IsFinite(value)));
    }

    private static T Under<T>(CultureInfo culture, Func<T> action)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo beforeUi = CultureInfo.CurrentUICulture;

        try
        {
            CultureInfo.CurrentCulture = culture;
            CultureInfo.CurrentUICulture = culture;

            return action();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
            CultureInfo.CurrentUICulture = beforeUi;
        }
    }
}
