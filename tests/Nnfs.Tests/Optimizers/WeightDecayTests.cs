using Nnfs.Optimizers;
using Nnfs.Tests.Files.Mapping;
using Nnfs.Tests.Networks;
using Nnfs.Tests.Training;

namespace Nnfs.Tests;

/// <summary>Which tensors of a network decay. With gradients of zero, nothing but the decay changes parameters.</summary>
public class WeightDecayTests
{
    private const float Rate = 0.5f;
    private const float Decay = 0.25f;
    private const float Kept = 1f - (Rate * Decay);

    public static TheoryData<string> Optimizers => ["AdamW", "Lion"];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Weights_of_every_kind_of_layer_decay_but_no_biases_and_averages(string name)
    {
        AssertDecay<MixedNetwork>(name);
        AssertDecay<TokenNetwork>(name);
        AssertDecay<TorchNetworks.Image>(name);
        AssertDecay<TorchNetworks.Sequence>(name);
        AssertDecay<TorchNetworks.Lstm>(name);
        AssertDecay<TorchNetworks.Gru>(name);
        AssertDecay<TorchNetworks.Transformer>(name);
        AssertDecay<TorchNetworks.Decoder>(name);
    }

    [Fact]
    public void Runs_cover_all_parameters_in_their_order()
    {
        Assert.Equal(
            [ParameterKind.Weights, ParameterKind.Biases, ParameterKind.Averages, ParameterKind.Weights, ParameterKind.Biases, ParameterKind.Weights,
                ParameterKind.Biases],
            ParameterRuns<MixedNetwork>.All.Select(static run => run.Kind));

        int end = 0;

        foreach (ParameterRun run in ParameterRuns<MixedNetwork>.All)
        {
            Assert.Equal(end, run.Start);
            end += run.Length;
        }

        Assert.Equal(int.MaxValue, end);
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Steps_of_a_training_and_of_a_loop_decay_the_same(string name)
    {
        Problem problem = new(20);
        MixedNetwork trained = new(seed: 7);
        TrainingOptions options = new() { Epochs = 5, BatchSize = 0, Shuffle = false, Optimizer = Create(name, biases: false) };
        trained.Train(problem.Features, problem.Labels, options, TestContext.Current.CancellationToken);

        MixedNetwork network = new(seed: 7);
        MixedNetwork.Workspace pass = network.CreateWorkspace(20);
        Optimizer optimizer = Create(name, biases: false);

        for (int epoch = 1; epoch <= 5; epoch++)
        {
            pass.IsTraining = true;
            pass.DropoutSeed = RandomNumbers.SplitMix64.DropoutSeed(0, epoch, 1);
            network.ForwardBackward(problem.Features, problem.Labels, pass);
            optimizer.Step(network, pass);
        }

        Numbers.AssertSameBits(network.Parameters, trained.Parameters, "parameters");
    }

    [Fact]
    public void Decay_that_makes_weights_grow_ends_the_training_when_they_are_infinite()
    {
        // lr·λ is 1e30: the second step multiplies weights beyond the greatest float.
        SmallNetwork network = new(seed: 7);
        Problem problem = new(8);

        TrainingDivergedException exception = Assert.Throws<TrainingDivergedException>(() => network.Train(
            problem.Features,
            problem.Labels,
            new TrainingOptions { BatchSize = 0, Optimizer = new AdamW(1e-3f) { WeightDecay = 1e33f } },
            TestContext.Current.CancellationToken));

        Assert.Contains("infinite", exception.Message, StringComparison.Ordinal);
        Assert.All(network.Parameters.ToArray(), static value => Assert.True(float.IsFinite(value)));
    }

    private static Optimizer Create(string name, bool biases) => name == "Lion"
        ? new Lion(Rate) { WeightDecay = Decay, DecayBiases = biases }
        : new AdamW(Rate) { WeightDecay = Decay, DecayBiases = biases };

    private static void AssertDecay<TNetwork>(string name)
        where TNetwork : class, INetwork<TNetwork>
    {
        foreach (bool biases in (bool[])[false, true])
        {
            TNetwork network = TNetwork.Create(new NumpyRandom(7));
            AssertDecay<TNetwork>(network.Parameters, Create(name, biases), biases);
        }
    }

    private static void AssertDecay<TNetwork>(Span<float> parameters, Optimizer optimizer, bool biases)
        where TNetwork : class, INetwork<TNetwork>
    {
        TensorInfo[] tensors = [.. TNetwork.Layers.SelectMany(static layer => layer.Tensors)];

        // What is not a parameter is padding, and stays zero.
        for (int i = 0; i < tensors.Length; i++)
        {
            tensors[i].Unpack(Numbers.Gaussians((int)tensors[i].Count, seed: i), parameters);
        }

        float[] expected = parameters.ToArray();

        foreach (TensorInfo tensor in tensors.Where(tensor => tensor.IsTrained && (biases || tensor.Shape.Length > 1)))
        {
            float[] values = new float[tensor.Count];
            tensor.Pack(expected, values);
            tensor.Unpack([.. values.Select(static value => value * Kept)], expected);
        }

        optimizer.Step(parameters, new float[parameters.Length], team: null, mayBeAnother: true, ParameterRuns<TNetwork>.All);
        Numbers.AssertSameBits(expected, parameters, typeof(TNetwork).Name);
    }
}
