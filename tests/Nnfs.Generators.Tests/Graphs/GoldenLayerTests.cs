using System.Text.Json;
using Nnfs.Catalogue;
using Nnfs.Catalogue.Graphs;
using Nnfs.Catalogue.Layers;
using Nnfs.Tests;

namespace Nnfs.Generators.Tests.Graphs;

/// <summary>Layers over samples with several dimensions, forward and back, against what PyTorch computed in float64.</summary>
public class GoldenLayerTests
{
    /// <summary>Golden numbers have nine digits.</summary>
    private const double OfReference = 1e-7;

    /// <summary>Float32 against float64, of the largest element of a tensor.</summary>
    private const double OfKernels = 1e-5;

    /// <summary>The cases by their names, each with the shape of a sample and the layer.</summary>
    private static readonly (string Name, SampleShape Shape, ReferenceLayer Layer)[] s_cases =
    [
        ("conv2d 8x8x1 -> 4, 3x3, stride 1, dilation 1, Valid, groups 1", new(8, 8, 1), new Conv2DLayer(4, new(3, 3))),
        ("conv2d 7x6x3 -> 5, 3x2, stride 2, dilation 1, Valid, groups 1", new(7, 6, 3), new Conv2DLayer(5, new(3, 2) { Stride = 2 })),
        ("conv2d 9x9x4 -> 8, 3x3, stride 1, dilation 1, Same, groups 1", new(9, 9, 4), new Conv2DLayer(8, new(3, 3) { IsSame = true })),
        ("conv2d 10x9x2 -> 6, 3x3, stride 1, dilation 2, Same, groups 1", new(10, 9, 2), new Conv2DLayer(6, new(3, 3) { Dilation = 2, IsSame = true })),
        ("conv2d 6x6x4 -> 8, 3x3, stride 1, dilation 1, Valid, groups 2", new(6, 6, 4), new Conv2DLayer(8, new(3, 3)) { Groups = 2 }),
        ("conv2d 5x5x16 -> 32, 1x1, stride 1, dilation 1, Valid, groups 1", new(5, 5, 16), new Conv2DLayer(32, new(1, 1))),
        ("conv1d 12x3 -> 5, 4, stride 1, dilation 1, Valid, groups 1", new(12, 3), new Conv1DLayer(5, new(4))),
        ("conv1d 13x4 -> 8, 3, stride 1, dilation 2, Causal, groups 1", new(13, 4), new Conv1DLayer(8, new(3) { Dilation = 2, IsCausal = true })),
        ("conv1d 11x2 -> 6, 5, stride 2, dilation 1, Same, groups 1", new(11, 2), new Conv1DLayer(6, new(5) { Stride = 2, IsSame = true })),
        ("conv1d 9x6 -> 6, 3, stride 1, dilation 1, Valid, groups 3", new(9, 6), new Conv1DLayer(6, new(3)) { Groups = 3 }),
        ("depthwise 6x7x8, 3, stride 1, Same", new(6, 7, 8), new DepthwiseConv2DLayer(new ImageWindow(3, 3) { IsSame = true })),
        ("depthwise 8x8x5, 3, stride 2, Same", new(8, 8, 5), new DepthwiseConv2DLayer(new ImageWindow(3, 3) { Stride = 2, IsSame = true })),
        ("transposed 4x5x3 -> 4, 3, stride 2", new(4, 5, 3), new ConvTranspose2DLayer(4, new(3, 3) { Stride = 2 })),
        ("MaxPool2D 8x8x3, 2, stride 2", new(8, 8, 3), new MaxPool2DLayer(2, Stride: null, IsSame: false)),
        ("AveragePool2D 9x7x4, 3, stride 2", new(9, 7, 4), new AveragePool2DLayer(3, Stride: 2, IsSame: false)),
        ("GlobalMaxPool 4x5x6", new(4, 5, 6), new GlobalMaxPoolLayer()),
        ("GlobalAveragePool 5x4x7", new(5, 4, 7), new GlobalAveragePoolLayer()),
        ("embedding 6 of 11 -> 4", new(6), new EmbeddingLayer(11, 4)),
        ("attention 6x8, heads 2, causal False", new(6, 8), new SelfAttentionLayer(2)),
        ("attention 5x12, heads 3, causal True", new(5, 12), new SelfAttentionLayer(3, Causal: true)),
        ("LayerNorm (6, 8)", new(6, 8), new LayerNormLayer()),
        ("BatchNorm (4, 5, 3)", new(4, 5, 3), new BatchNormLayer()),
        ("SimpleRNN 7x3 -> 5, sequences True, bidirectional False", new(7, 3), new SimpleRNNLayer(5) { ReturnsSequences = true }),
        ("SimpleRNN 6x4 -> 8, sequences False, bidirectional False", new(6, 4), new SimpleRNNLayer(8)),
        ("GRU 7x3 -> 5, sequences True, bidirectional False", new(7, 3), new GRULayer(5) { ReturnsSequences = true }),
        ("GRU 6x4 -> 8, sequences False, bidirectional False", new(6, 4), new GRULayer(8)),
        ("GRU 5x3 -> 4, sequences True, bidirectional True", new(5, 3), new GRULayer(4) { ReturnsSequences = true, IsBidirectional = true }),
        ("LSTM 7x3 -> 5, sequences True, bidirectional False", new(7, 3), new LSTMLayer(5) { ReturnsSequences = true }),
        ("LSTM 6x4 -> 8, sequences False, bidirectional False", new(6, 4), new LSTMLayer(8)),
        ("LSTM 5x3 -> 4, sequences False, bidirectional True", new(5, 3), new LSTMLayer(4) { IsBidirectional = true }),
    ];

    [Fact]
    public void Every_golden_case_is_tested() => Assert.Equal(
        GoldenData.Layers.EnumerateArray().Select(NameOf).Order(StringComparer.Ordinal),
        s_cases.Select(static entry => entry.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Reference_gives_what_PyTorch_gives()
    {
        foreach ((string name, SampleShape shape, ReferenceLayer layer) in s_cases)
        {
            JsonElement golden = Golden(name);
            LayerPass pass = new()
            {
                Inputs = [golden.GetProperty("x").GetProperty("data").Doubles()],
                Shapes = [shape],
                Samples = SamplesOf(golden),
                Tensors = [.. layer.TensorsOf([shape]).Select(tensor => Tensor(golden, tensor))],
                Seed = 1,
            };
            pass.Outputs = layer.Forward(pass);
            LayerGradients gradients = layer.Backward(pass, golden.GetProperty("dy").GetProperty("data").Doubles());

            AssertClose(golden.GetProperty("y"), pass.Outputs, OfReference, $"{name}: y");

            if (layer.Vocabulary is null)
            {
                AssertClose(golden.GetProperty("dx"), gradients.Inputs[0], OfReference, $"{name}: dx");
            }

            foreach ((ReferenceTensor tensor, double[] gradient) in Trained(layer, shape).Zip(gradients.Tensors))
            {
                AssertClose(
                    golden.GetProperty("gradients").GetProperty(tensor.FileName), gradient, OfReference, $"{name}: {tensor.Name}", ScaleOf(golden, tensor));
            }
        }
    }

    [Fact]
    public void Generated_networks_give_what_PyTorch_gives()
    {
        GraphCase[] graphs =
        [
            .. s_cases.Select(static entry => new GraphBuilder().Input(entry.Shape).Layer(entry.Layer).Output(null, loss: null)
                .Build(SamplesOf(Golden(entry.Name)), seed: 1)),
        ];
        IGraphNetwork[] networks = NetworkCompiler.Compile(graphs);

        foreach (((string name, SampleShape shape, ReferenceLayer layer), IGraphNetwork network) in s_cases.Zip(networks))
        {
            JsonElement golden = Golden(name);
            float[][] inputs = [golden.GetProperty("x").GetProperty("data").Floats()];
            float[] dy = golden.GetProperty("dy").GetProperty("data").Floats();

            network.CreateWorkspace(SamplesOf(golden), threads: 1);
            network.WriteTensors([[.. layer.TensorsOf([shape]).Select(tensor => Array.ConvertAll(Tensor(golden, tensor), static value => (float)value))]]);
            network.Forward(inputs);
            network.Backward(inputs, new GraphAnswers(AreLabels: false, Labels: [[]], Targets: [dy]));

            AssertClose(golden.GetProperty("y"), network.Outputs()[0].Select(static value => (double)value), OfKernels, $"{name}: y");

            if (layer.Vocabulary is null)
            {
                AssertClose(golden.GetProperty("dx"), network.InputGradients()[0].Select(static value => (double)value), OfKernels, $"{name}: dx");
            }

            foreach ((ReferenceTensor tensor, float[] gradient) in Trained(layer, shape).Zip(network.ReadGradients()[0]))
            {
                AssertClose(
                    golden.GetProperty("gradients").GetProperty(tensor.FileName),
                    gradient.Select(static value => (double)value),
                    OfKernels,
                    $"{name}: {tensor.Name}",
                    ScaleOf(golden, tensor));
            }
        }
    }

    private static JsonElement Golden(string name) => GoldenData.Layers.EnumerateArray().Single(element => NameOf(element) == name);

    private static string NameOf(JsonElement golden) => golden.GetProperty("name").GetString()!;

    private static int SamplesOf(JsonElement golden) => golden.GetProperty("x").GetProperty("shape")[0].GetInt32();

    private static IEnumerable<ReferenceTensor> Trained(ReferenceLayer layer, SampleShape shape) =>
        layer.TensorsOf([shape]).Where(static tensor => tensor.IsTrained);

    /// <summary>The values of a tensor; one that the case does not have is that of a network that was not trained.</summary>
    private static double[] Tensor(JsonElement golden, ReferenceTensor tensor) =>
        golden.GetProperty("tensors").TryGetProperty(tensor.FileName, out JsonElement values)
            ? values.GetProperty("data").Doubles()
            : [.. Enumerable.Repeat(tensor.Name == "RunningVariance" ? 1.0 : 0.0, tensor.Count)];

    /// <summary>The largest gradient of the case, where that of a tensor is nothing but roundings.</summary>
    private static double? ScaleOf(JsonElement golden, ReferenceTensor tensor) => !tensor.IsCancelled ? null
        : golden.GetProperty("gradients").EnumerateObject().SelectMany(static gradient => gradient.Value.GetProperty("data").Doubles()).Max(Math.Abs);

    private static void AssertClose(JsonElement golden, IEnumerable<double> actual, double tolerance, string what, double? scaleOfTerms = null)
    {
        double[] expected = golden.GetProperty("data").Doubles();
        double scale = scaleOfTerms ?? expected.Max(Math.Abs);
        double[] values = [.. actual];

        Assert.Equal(expected.Length, values.Length);

        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(values[i] - expected[i]) <= tolerance * scale, $"{what}[{i}] is {values[i]:R}, but PyTorch gives {expected[i]:R}");
        }
    }
}
