using System.Text.Json;
using Nnfs.Catalogue;
using Nnfs.Catalogue.Graphs;
using Nnfs.Catalogue.Losses;

namespace Nnfs.Tests;

public class OptimizerGoldenTests
{
    private const int GoldenSteps = 10;

    public static TheoryData<int> Settings => [.. Enumerable.Range(0, GoldenData.Optimizers.GetArrayLength())];

    [Theory]
    [MemberData(nameof(Settings))]
    public void Ten_steps_on_the_spiral_give_the_parameters_and_losses_of_the_book(int setting)
    {
        JsonElement golden = GoldenData.Optimizers[setting];
        NumpyRandom random = new(golden.GetProperty("seed").GetInt64());
        Dataset spiral = Datasets.Spiral(samplesPerClass: 100, classes: 3, random);
        BookNetwork network = new(inputs: 2, hidden: 64, outputs: 3);
        Optimizer optimizer = Create(golden);

        float[] parameters = network.DrawParameters(random);
        float[] gradients = new float[network.ParameterCount];
        Dictionary<int, double> losses = [];

        for (int step = 0; step < GoldenSteps; step++)
        {
            losses[step] = network.Run(spiral, parameters, gradients);
            optimizer.Step(parameters, gradients);
        }

        losses[GoldenSteps] = network.Run(spiral, parameters, gradients);

        JsonElement after = golden.GetProperty("parameters_after_10_steps");
        float[] expected =
        [
            .. after.GetProperty("w1").Floats(), .. after.GetProperty("b1").Floats(), .. after.GetProperty("w2").Floats(), .. after.GetProperty("b2").Floats(),
        ];
        double largest = expected.Max(static value => Math.Abs(value));

        // The gradients of the first step are NumPy's in every bit; fused multiply-add rounds the steps otherwise, and ten steps amplify that.
        Assert.All(expected.Zip(parameters), pair => Assert.Equal(pair.First, pair.Second, 1e-5 * largest));

        foreach (JsonProperty before in golden.GetProperty("losses_before_step").EnumerateObject())
        {
            if (losses.TryGetValue(int.Parse(before.Name, provider: null), out double loss))
            {
                double expectedLoss = before.Value.GetProperty("loss").GetDouble();

                // The reference prints float32 losses.
                Assert.Equal(expectedLoss, loss, 1e-6 * expectedLoss);
            }
        }
    }

    /// <summary>However the book rounds: what it computes is what the catalogue says.</summary>
    [Fact]
    public void Gradients_of_the_book_are_those_of_the_reference_up_to_roundings()
    {
        NumpyRandom random = new(seed: 1);
        Dataset spiral = Datasets.Spiral(samplesPerClass: 100, classes: 3, random);
        BookNetwork network = new(inputs: 2, hidden: 64, outputs: 3);
        float[] parameters = [.. network.DrawParameters(random).Select(value => 30 * value + (0.1f * (float)random.NextGaussian()))];
        float[] gradients = new float[network.ParameterCount];

        double loss = network.Run(spiral, parameters, gradients);

        SoftmaxCrossEntropyLoss crossEntropy = new();
        GraphCase graph = GraphBuilder.Chain(2, 64, 3).Output(null, crossEntropy).Build(spiral.Count, seed: 0);
        double[] exact = Numbers.ToDoubles(parameters);
        ReferenceGraph reference = new(graph, [[exact[..128], exact[128..192]], [], [exact[192..384], exact[384..]]]);
        GraphPass pass = reference.Forward([Numbers.ToDoubles(spiral.Features)], seed: 0, spiral.Count);
        float[] targets = Numbers.OneHot(spiral.Labels, 3);
        GraphGradients expected = reference.Backward(
            pass, [crossEntropy.Gradient(pass[graph.Outputs[0].Source], targets, graph.OutputShape(0), Rounding.None)]);

        Assert.Equal(crossEntropy.Terms(pass[graph.Outputs[0].Source], targets, graph.OutputShape(0)).Sum(), loss, 1e-6);
        double[] all = [.. expected.Tensors.SelectMany(static layer => layer).SelectMany(static tensor => tensor)];
        Numbers.AssertClose(all, gradients, 2e-6 * all.Max(Math.Abs), "gradients");
    }

    public static Optimizer Create(JsonElement golden)
    {
        float rate = Setting(golden, "lr", 0f);
        float decay = Setting(golden, "decay", 0f);
        string name = golden.GetProperty("optimizer").GetString()!;

        return name switch
        {
            "sgd" => new Sgd(rate) { Decay = decay, Momentum = Setting(golden, "momentum", 0f) },
            "adagrad" => new AdaGrad(rate) { Decay = decay },
            "rmsprop" => new RmsProp(rate) { Decay = decay, Rho = Setting(golden, "rho", 0.9f) },
            "adam" => new Adam(rate) { Decay = decay },
            _ => throw new InvalidDataException($"No optimizer is named '{name}'."),
        };
    }

    private static float Setting(JsonElement golden, string name, float otherwise)
    {
        return golden.TryGetProperty(name, out JsonElement value) ? value.GetSingle() : otherwise;
    }
}
