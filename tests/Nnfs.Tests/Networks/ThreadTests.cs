namespace Nnfs.Tests.Networks;

public class ThreadTests
{
    private const int Threads = 8;
    private const int Rounds = 200;

    /// <summary>
    /// Few samples, parts of a tile of rows, whole tiles and what they leave over, and more samples than a prediction carries through the layers at
    /// once.
    /// </summary>
    private static readonly int[] s_batches = [1, 2, 3, 4, 5, 6, 7, 63, 64, 65, 66, 67, 68, 95, 96, 97, 250];

    [Fact]
    public void Prediction_from_many_threads_gives_the_bits_of_one()
    {
        // Networks of different sizes take turns with the scratch memory of each thread.
        Prediction[] predictions = [.. s_batches.SelectMany(static batch => (Prediction[])
        [
            Prediction.Of(new DeepNetwork(1), batch),
            Prediction.Of(new ProbabilityNetwork(2), batch),
            Prediction.Of(new RegressionNetwork(3), batch),
            Prediction.Of(new TrainedSpiralNetwork(4), batch),
            Prediction.Of(new LanesNetwork(5), batch),
            Prediction.Of(new WideNetwork(6), batch),
        ])];
        DeepNetwork classifier = new(1);
        float[] sample = Numbers.Gaussians(DeepNetwork.InputSize, seed: 5);
        int expectedClass = classifier.Classify(sample);
        List<Exception> failures = [];

        using Barrier start = new(Threads);
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(thread => new Thread(() =>
        {
            try
            {
                start.SignalAndWait();

                for (int round = 0; round < Rounds; round++)
                {
                    predictions[((round * 7) + (thread * 5)) % predictions.Length].AssertSerialBits();
                    Assert.Equal(expectedClass, classifier.Classify(sample));
                }
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                lock (failures)
                {
                    failures.Add(exception);
                }
            }
        }))];

        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());

        Assert.Empty(failures);
    }

    [Fact]
    public void Prediction_of_a_sample_alone_is_close_to_that_in_a_batch_which_has_the_same_bits_in_any_batch()
    {
        // Networks with samples in rows and in lanes.
        AssertSameInAnyBatch(new DeepNetwork(1));
        AssertSameInAnyBatch(new ProbabilityNetwork(2));
        AssertSameInAnyBatch(new RegressionNetwork(3));
        AssertSameInAnyBatch(new TrainedSpiralNetwork(4));
        AssertSameInAnyBatch(new LanesNetwork(5));
        AssertSameInAnyBatch(new WideNetwork(6));
    }

    private static void AssertSameInAnyBatch<TNetwork>(TNetwork network)
        where TNetwork : INetwork<TNetwork>
    {
        const int Samples = 250;
        const int Part = 50;
        int inputSize = TNetwork.InputSize;
        int outputSize = TNetwork.OutputSize;
        float[] inputs = Numbers.Gaussians(Samples * inputSize, seed: 1);
        float[] together = new float[Samples * outputSize];
        float[] inParts = new float[Samples * outputSize];
        float[] alone = new float[Samples * outputSize];

        network.Predict(inputs, together);

        for (int i = 0; i < Samples; i += Part)
        {
            network.Predict(inputs.AsSpan(i * inputSize, Part * inputSize), inParts.AsSpan(i * outputSize, Part * outputSize));
        }

        for (int i = 0; i < Samples; i++)
        {
            network.Predict(inputs.AsSpan(i * inputSize, inputSize), alone.AsSpan(i * outputSize, outputSize));
        }

        Numbers.AssertSameBits(together, inParts, "prediction in parts");

        // A sample alone goes through kernels that keep several sums for each output, and add them up at the end.
        Numbers.AssertClose(Numbers.ToDoubles(together), alone, 1e-6 * together.Max(Math.Abs), "prediction of one");
    }

    private sealed record Prediction(Action<float[], float[]> Predict, float[] Inputs, float[] Expected)
    {
        public static Prediction Of<TNetwork>(TNetwork network, int batch)
            where TNetwork : INetwork<TNetwork>
        {
            float[] inputs = Numbers.Gaussians(batch * TNetwork.InputSize, seed: batch);
            float[] expected = new float[batch * TNetwork.OutputSize];
            network.Predict(inputs, expected);

            return new Prediction((x, y) => network.Predict(x, y), inputs, expected);
        }

        public void AssertSerialBits()
        {
            float[] actual = new float[Expected.Length];
            Predict(Inputs, actual);
            Numbers.AssertSameBits(Expected, actual, "prediction");
        }
    }
}
