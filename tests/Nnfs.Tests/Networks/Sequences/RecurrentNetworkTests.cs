using System.Numerics.Tensors;
using Nnfs.Catalogue;
using Nnfs.Catalogue.Layers;

namespace Nnfs.Tests.Networks.Sequences;

/// <summary>
/// Recurrent layers forward and back against the float64 reference, for sizes at the edges of vectors, groups of samples and chunks of steps. Gradients that
/// are cut, which finite differences cannot show, are among them.
/// </summary>
public class RecurrentNetworkTests
{
    /// <summary>Float32 against float64, of the largest element of a tensor.</summary>
    private const double Tolerance = 1e-5;

    /// <summary>Whole groups of samples, some more, and few.</summary>
    private static readonly int[] s_batches = [1, 2, 6, 13, 25, 50];

    [Fact]
    public void One_unit_agrees_with_the_reference()
    {
        Check<SimpleRNNOfOne, SimpleRNNOfOne.Workspace>(new SimpleRNNLayer(1), new(1, 1), s_batches);
        Check<GRUOfOne, GRUOfOne.Workspace>(new GRULayer(1), new(1, 1), s_batches);
        Check<LSTMOfOne, LSTMOfOne.Workspace>(new LSTMLayer(1), new(1, 1), s_batches);
    }

    [Fact]
    public void Last_states_agree_with_the_reference()
    {
        Check<SimpleRNNLast, SimpleRNNLast.Workspace>(new SimpleRNNLayer(17), new(7, 3), s_batches);
        Check<GRULast, GRULast.Workspace>(new GRULayer(17), new(7, 3), s_batches);
        Check<LSTMLast, LSTMLast.Workspace>(new LSTMLayer(17), new(7, 3), s_batches);
    }

    [Fact]
    public void Sequences_whose_gradients_are_cut_agree_with_the_reference()
    {
        Check<SimpleRNNSequence, SimpleRNNSequence.Workspace>(new SimpleRNNLayer(32) { ReturnsSequences = true, TruncateAfter = 3 }, new(8, 4), s_batches);
        Check<GRUSequence, GRUSequence.Workspace>(new GRULayer(32) { ReturnsSequences = true, TruncateAfter = 3 }, new(8, 4), s_batches);
        Check<LSTMSequence, LSTMSequence.Workspace>(new LSTMLayer(32) { ReturnsSequences = true, TruncateAfter = 3 }, new(8, 4), s_batches);
    }

    [Fact]
    public void Both_directions_agree_with_the_reference()
    {
        Check<SimpleRNNBothWays, SimpleRNNBothWays.Workspace>(
            new SimpleRNNLayer(44) { ReturnsSequences = true, IsBidirectional = true }, new(13, 20), [3, 25]);
        Check<GRUBothWays, GRUBothWays.Workspace>(new GRULayer(44) { ReturnsSequences = true, IsBidirectional = true }, new(13, 20), [3, 25]);
        Check<LSTMBothWays, LSTMBothWays.Workspace>(new LSTMLayer(44) { ReturnsSequences = true, IsBidirectional = true }, new(13, 20), [3, 25]);
    }

    [Fact]
    public void Long_sequences_agree_with_the_reference()
    {
        Check<SimpleRNNLongBothWays, SimpleRNNLongBothWays.Workspace>(
            new SimpleRNNLayer(160) { IsBidirectional = true, TruncateAfter = 50 }, new(130, 2), [2]);
        Check<GRULongBothWays, GRULongBothWays.Workspace>(new GRULayer(53) { IsBidirectional = true, TruncateAfter = 50 }, new(130, 2), [2]);
        Check<LSTMLongBothWays, LSTMLongBothWays.Workspace>(new LSTMLayer(40) { IsBidirectional = true, TruncateAfter = 50 }, new(130, 2), [2]);
    }

    [Fact]
    public void Recurrent_weights_start_orthogonal_and_the_forget_gate_open()
    {
        LSTMLast lstm = new(seed: 5);
        SimpleRNNLongBothWays square = new(seed: 5);
        float[] expected = [.. Enumerable.Range(0, 4 * 17).Select(static i => i is >= 17 and < 34 ? 1f : 0f)];

        Assert.Equal(expected, lstm.LSTM1.Biases.ToArray());
        AssertOrthogonal(lstm.LSTM1.RecurrentWeights);
        AssertOrthogonal(square.SimpleRNN1.RecurrentWeights);
        AssertOrthogonal(square.SimpleRNN1.BackwardRecurrentWeights);
        Assert.NotEqual(0, lstm.LSTM1.InputWeights[2, 67]);

        static void AssertOrthogonal(TensorSpan<float> weights)
        {
            for (int i = 0; i < weights.Lengths[0]; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    double product = 0;

                    for (int k = 0; k < weights.Lengths[1]; k++)
                    {
                        product += (double)weights[i, k] * weights[j, k];
                    }

                    // Rounded to float32.
                    Assert.Equal(i == j ? 1 : 0, product, 1e-6);
                }
            }
        }
    }

    private static void Check<TNetwork, TWorkspace>(RecurrentLayer layer, SampleShape shape, int[] batches)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        TNetwork network = TNetwork.Create(new NumpyRandom(seed: 1));
        IReadOnlyList<TensorInfo> tensors = TNetwork.Layers[0].Tensors;
        IReadOnlyList<ReferenceTensor> references = layer.TensorsOf([shape]);
        Random random = new(1);
        float[][] values = [.. references.Select(tensor => tensor.Draw(random, tensor.Count))];

        Assert.Equal(references.Select(static tensor => tensor.FileName), tensors.Select(static tensor => tensor.Name.Split('.')[1]));

        for (int i = 0; i < values.Length; i++)
        {
            tensors[i].Unpack(values[i], network.Parameters);
        }

        foreach (int samples in batches)
        {
            float[] x = Numbers.Gaussians(samples * shape.Size, seed: samples);
            float[] targets = Numbers.Gaussians(samples * TNetwork.OutputSize, seed: samples + 1);
            LayerPass pass = new()
            {
                Inputs = [Numbers.ToDoubles(x)],
                Shapes = [shape],
                Samples = samples,
                Tensors = [.. values.Select(static tensor => Numbers.ToDoubles(tensor))],
                Seed = 1,
            };
            double[] expected = layer.Forward(pass);
            double[] dy = [.. expected.Zip(targets, (y, target) => 2 * (y - target) / expected.Length)];
            LayerGradients gradients = layer.Backward(pass, dy);

            float[]? first = null;

            foreach (int threads in (int[])[1, 3])
            {
                TWorkspace workspace = network.CreateWorkspace(samples + 1, threads);
                string what = $"{layer} of {samples} samples on {threads} threads";
                network.Forward(x, targets, workspace);
                network.Backward(x, targets, workspace);
                AssertClose(expected, workspace.Outputs, $"{what}: y");
                AssertClose(gradients.Inputs[0], workspace.InputGradients, $"{what}: dx");

                for (int i = 0; i < values.Length; i++)
                {
                    float[] gradient = new float[values[i].Length];
                    tensors[i].Pack(workspace.Gradients, gradient);
                    AssertClose(gradients.Tensors[i], gradient, $"{what}: {tensors[i].Name}");
                }

                float[] all = [.. workspace.Outputs, .. workspace.InputGradients, .. workspace.Gradients];
                Numbers.AssertSameBits(first ??= all, all, what);
            }

            // A prediction keeps nothing, and gives the same.
            float[] predicted = new float[expected.Length];
            network.Predict(x, predicted);
            Numbers.AssertSameBits(first.AsSpan(0, predicted.Length), predicted, $"{layer}: prediction of {samples} samples");
        }
    }

    private static void AssertClose(double[] expected, ReadOnlySpan<float> actual, string what) =>
        Numbers.AssertClose(expected, actual, Tolerance * expected.Max(Math.Abs), what);
}
