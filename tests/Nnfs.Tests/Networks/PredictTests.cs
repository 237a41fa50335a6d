namespace Nnfs.Tests.Networks;

public class PredictTests
{
    [Fact]
    public void A_single_sample_that_needs_more_than_the_stack_agrees_with_a_batch()
    {
        const int Samples = 5;
        TooLargeForTheStackNetwork network = new(seed: 3);
        float[] inputs = Numbers.Gaussians(Samples * TooLargeForTheStackNetwork.InputSize, seed: 1, scale: 5f);
        float[] batch = new float[Samples * TooLargeForTheStackNetwork.OutputSize];
        float[] single = new float[TooLargeForTheStackNetwork.OutputSize];
        network.Predict(inputs, batch);

        for (int i = 0; i < Samples; i++)
        {
            ReadOnlySpan<float> input = inputs.AsSpan(i * TooLargeForTheStackNetwork.InputSize, TooLargeForTheStackNetwork.InputSize);
            ReadOnlySpan<float> expected = batch.AsSpan(i * TooLargeForTheStackNetwork.OutputSize, TooLargeForTheStackNetwork.OutputSize);

            network.Predict(input, single);

            // The same sums in another order; logits of a size of about ten.
            Numbers.AssertClose([.. single.Select(static value => (double)value)], expected, 1e-5, "outputs");
            Assert.Equal(1.0, single.Sum(static value => (double)value), 1e-4);
            Assert.Equal(Array.IndexOf(single, single.Max()), network.Classify(input));
        }
    }
}
