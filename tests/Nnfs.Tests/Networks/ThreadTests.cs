namespace Nnfs.Tests.Networks;

public class ThreadTests
{
    private const int Threads = 8;
    private const int Rounds = 200;

    /// <summary>One sample, parts of a tile of rows, and more samples than a prediction carries through the layers at once.</summary>
    private static readonly int[] s_batches = [1, 5, 6, 7, 95, 96, 97, 250];

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
    public void Prediction_of_a_sample_gives_the_same_bits_in_any_batch()
    {
        DeepNetwork network = new(1);
        float[] inputs = Numbers.Gaussians(250 * DeepNetwork.InputSize, seed: 1);
        float[] together = new float[250 * DeepNetwork.OutputSize];
        float[] alone = new float[250 * DeepNetwork.OutputSize];

        network.Predict(inputs, together);

        for (int i = 0; i < 250; i++)
        {
            network.Predict(
                inputs.AsSpan(i * DeepNetwork.InputSize, DeepNetwork.InputSize),
                alone.AsSpan(i * DeepNetwork.OutputSize, DeepNetwork.OutputSize));
        }

        Numbers.AssertSameBits(together, alone, "prediction");
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
