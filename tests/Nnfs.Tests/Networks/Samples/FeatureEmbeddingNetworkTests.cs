using System.Collections.Immutable;

namespace Nnfs.Tests.Networks.Samples;

/// <summary>Networks of samples with embedded features, compared with a network that reads the rows of the tables as floats.</summary>
public sealed class FeatureEmbeddingNetworkTests : IDisposable
{
    private const double Tolerance = 1e-5;

    private static readonly TrainingOptions s_options = new() { Epochs = 6, BatchSize = 16, Seed = 3 };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nnfs-embedded-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Tables_are_named_after_their_features()
    {
        Assert.Equal(4, TripNet.InputSize);
        Assert.Equal(
            ["endembedding.weights [5, 2]", "startembedding.weights [4, 3]"],
            LayersOf<TripNet>()
                .Where(static layer => layer.Kind == LayerKind.FeatureEmbedding)
                .Select(static layer => $"{layer.Tensors[0].Name} [{string.Join(", ", layer.Tensors[0].Shape)}]"));
        Assert.Contains("StartEmbedding", TripNet.Summary, StringComparison.Ordinal);
        Assert.All(new TripNet().StartEmbedding.Weights.ToArray(), static weight => Assert.InRange(weight, -0.05f, 0.05f));
    }

    [Fact]
    public void Rows_are_read_and_their_gradients_added_up()
    {
        Trip[] trips = Trip.Draw(60, seed: 1);
        TripNet network = new(seed: 2);
        float[] inputs = Encoded(trips, SampleScaling.Of(trips));
        int[] labels = Labels(trips);
        float[] start = network.StartEmbedding.Weights.ToArray();
        float[] end = network.EndEmbedding.Weights.ToArray();
        PlainTripNet plain = new();
        network.Dense1.Weights.CopyTo(plain.Dense1.Weights);
        network.Dense1.Biases.CopyTo(plain.Dense1.Biases);
        network.Dense2.Weights.CopyTo(plain.Dense2.Weights);
        network.Dense2.Biases.CopyTo(plain.Dense2.Biases);
        PlainTripNet.Workspace expected = plain.CreateWorkspace(trips.Length);
        float[] rows = Rows(trips, inputs, start, end);
        float expectedLoss = plain.Forward(rows, labels, expected);
        plain.Backward(rows, labels, expected);

        // Sums of the gradients of the rows, as PyTorch's embedding has them.
        double[] ofStart = new double[4 * 3];
        double[] ofEnd = new double[5 * 2];
        double[] ofInputs = new double[inputs.Length];

        for (int i = 0; i < trips.Length; i++)
        {
            ReadOnlySpan<float> gradients = expected.InputGradients.Slice(i * 7, 7);

            for (int j = 0; j < 3; j++)
            {
                ofStart[((int)trips[i].Start * 3) + j] += gradients[j];
            }

            for (int j = 0; j < 2; j++)
            {
                ofEnd[((int)(trips[i].End ?? (Station)4) * 2) + j] += gradients[3 + j];
            }

            ofInputs[i * 4] = gradients[5];
            ofInputs[(i * 4) + 1] = gradients[6];
        }

        TripNet.Workspace workspace = network.CreateWorkspace(trips.Length);
        float loss = network.Forward(inputs, labels, workspace);
        network.Backward(inputs, labels, workspace);

        Assert.Equal(expectedLoss, loss, Tolerance);
        Numbers.AssertClose([.. expected.Outputs.ToArray().Select(static value => (double)value)], workspace.Outputs, Tolerance, "outputs");
        Numbers.AssertClose(ofStart, workspace.StartEmbedding.Weights.ToArray(), Tolerance, "start");
        Numbers.AssertClose(ofEnd, workspace.EndEmbedding.Weights.ToArray(), Tolerance, "end");
        Numbers.AssertClose(ofInputs, workspace.InputGradients, Tolerance, "inputs");

        SlowTripNet slow = new(seed: 2);
        SlowTripNet.Workspace slowly = slow.CreateWorkspace(trips.Length);
        network.StartEmbedding.Weights.CopyTo(slow.StartEmbedding.Weights);
        network.EndEmbedding.Weights.CopyTo(slow.EndEmbedding.Weights);
        network.Dense1.Weights.CopyTo(slow.Dense1.Weights);
        network.Dense2.Weights.CopyTo(slow.Dense2.Weights);
        slow.Forward(inputs, labels, slowly);
        slow.Backward(inputs, labels, slowly);

        Numbers.AssertClose(ofStart, slowly.StartEmbedding.Weights.ToArray(), Tolerance, "start, plain");
        Numbers.AssertClose(ofEnd, slowly.EndEmbedding.Weights.ToArray(), Tolerance, "end, plain");
        Numbers.AssertClose(ofInputs, slowly.InputGradients, Tolerance, "inputs, plain");
    }

    [Fact]
    public void Stations_are_learnt_and_come_back_from_files_copies_and_checkpoints()
    {
        Trip[] trips = Trip.Draw(400, seed: 2);
        TripNet network = new(seed: 1);
        string path = Path.Combine(_folder.FullName, "trips.checkpoint");
        network.Train(
            trips, s_options with { Epochs = 40, Optimizer = new Adam(0.02f), Checkpoint = new CheckpointOptions(path) }, Token);
        float[] expected = new float[3 * trips.Length];
        float[] predicted = new float[expected.Length];
        network.Predict(trips, expected);

        Assert.True(network.Evaluate(trips).Accuracy > 0.98);
        Assert.Equal(Outcome.Lost, network.Classify(trips[0] with { End = null }));
        Assert.Equal([0d, 1d], network.Scaling!.Values[2..].SelectMany(static value => (double[])[value.Center, value.Scale]).Distinct());

        MemoryStream file = new();
        network.Save(file);
        file.Position = 0;

        foreach (TripNet other in (TripNet[])[TripNet.Load(file), network.Clone(), TripNet.LoadCheckpoint(path)])
        {
            other.Predict(trips, predicted);
            Assert.Equal(expected, predicted);
        }
    }

    [Fact]
    public void Threads_give_the_same_bits()
    {
        Trip[] trips = Trip.Draw(128, seed: 3);
        WideTripNet one = new();
        WideTripNet two = new();

        one.Train(trips, s_options with { Epochs = 2, BatchSize = 64 }, Token);
        two.Train(trips, s_options with { Epochs = 2, BatchSize = 64, Threads = 2 }, Token);

        Assert.Equal(one.Parameters.ToArray(), two.Parameters.ToArray());
    }

    [Fact]
    public void Sample_that_is_an_index_alone_reads_its_row()
    {
        Halt[] halts = [.. Enumerable.Range(0, 80).Select(static i => new Halt((Station)(i % 4), 10 * (i % 4 == 2 ? 5 : i % 4)))];
        HaltNet network = new();

        network.Train(halts, s_options with { Epochs = 300, Optimizer = new Adam(0.02f) }, Token);

        Assert.All(halts[..4], halt => Assert.Equal(halt.Wait, network.Predict(halt), 1.0));
    }

    [Theory]
    [InlineData(-1f)]
    [InlineData(4f)]
    [InlineData(0.5f)]
    [InlineData(1e10f)]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void Value_that_is_no_index_is_refused_before_anything_is_written(float value)
    {
        TripNet network = new();
        float[] inputs = [1, 0, 3, 4, 1, 1, value, 0];
        float[] outputs = [7, 7, 7, 7, 7, 7];
        TripNet.Workspace workspace = network.CreateWorkspace(2);
        network.Forward([1, 0, 3, 4, 1, 1, 3, 0], workspace);
        float[] before = workspace.Outputs.ToArray();

        Assert.Throws<ArgumentOutOfRangeException>("inputs", () => network.Predict(inputs, outputs));
        Assert.Throws<ArgumentOutOfRangeException>("inputs", () => network.Predict(inputs.AsSpan(4), outputs.AsSpan(0, 3)));
        Assert.Throws<ArgumentOutOfRangeException>("inputs", () => network.Forward(inputs, workspace));
        Assert.Throws<ArgumentOutOfRangeException>("input", () => network.Classify(inputs.AsSpan(4)));
        Assert.Equal([7, 7, 7, 7, 7, 7], outputs);
        Assert.Equal(before, workspace.Outputs.ToArray());
    }

    [Fact]
    public void Message_names_the_feature_and_the_sample() => Assert.StartsWith(
        "Expected whole numbers from 0 to 4 as 'End', which has an embedding, but that of sample 1 is 5. (Parameter 'inputs')",
        Assert.Throws<ArgumentOutOfRangeException>(static () => new TripNet().Predict([1, 0, 3, 4, 1, 1, 3, 5], new float[6])).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Nothing_is_allocated_after_the_first_call()
    {
        Trip[] trips = Trip.Draw(40, seed: 4);
        float[] outputs = new float[3 * trips.Length];

        Allocations.AssertNoneAfterFirst(() =>
        {
            TripNet network = new() { Scaling = SampleScaling.Of(trips) };

            return () =>
            {
                network.Predict(trips[0], outputs.AsSpan(0, 3));
                network.Classify(trips[1]);
                network.Predict(trips, outputs);
            };
        });
    }

    /// <summary>What the layers after the embeddings read.</summary>
    private static float[] Rows(Trip[] trips, float[] inputs, float[] start, float[] end) =>
    [
        .. trips.SelectMany((trip, i) => (float[])
        [
            .. start.AsSpan((int)trip.Start * 3, 3),
            .. end.AsSpan((int)(trip.End ?? (Station)4) * 2, 2),
            .. inputs.AsSpan(i * 4, 2),
        ]),
    ];

    private static ImmutableArray<LayerInfo> LayersOf<TNetwork>()
        where TNetwork : INetworkModel<TNetwork> => TNetwork.Layers;

    private static int[] Labels(Trip[] trips) => [.. trips.Select(static trip => (int)trip.Outcome)];

    private static float[] Encoded(Trip[] trips, SampleScaling scaling)
    {
        double[] values = new double[trips.Length * Trip.FeatureCount];
        float[] features = new float[values.Length];

        for (int i = 0; i < trips.Length; i++)
        {
            trips[i].WriteFeatures(values.AsSpan(i * Trip.FeatureCount, Trip.FeatureCount));
        }

        scaling.Apply(values, features);

        return features;
    }
}
