using System.Globalization;
using System.Text.Json;

namespace Nnfs.Tests.Networks;

/// <summary>Every number of the reference notebook, by generated networks.</summary>
public class NotebookTests
{
    /// <summary>What float32 kernels reach of activations and losses.</summary>
    private const double Activation = 1e-6;

    private static readonly JsonElement s_neuron = GoldenData.Notebook.GetProperty("neuron");
    private static readonly JsonElement s_update = GoldenData.Notebook.GetProperty("neuron_update");
    private static readonly JsonElement s_layer = GoldenData.Notebook.GetProperty("batch_layer");
    private static readonly JsonElement s_spiral = GoldenData.Notebook.GetProperty("spiral_2_3_3");

    [Fact]
    public void Neuron_forward_gives_the_numbers_of_the_notebook()
    {
        AffineNeuronNetwork affine = new();
        affine.Dense1.Weights.Set(s_neuron.GetProperty("w").Floats());
        affine.Dense1.Biases[0] = s_neuron.GetProperty("b").GetSingle();
        AffineNeuronNetwork.Workspace affinePass = affine.CreateWorkspace(1);
        affine.Forward(s_neuron.GetProperty("x").Floats(), affinePass);
        Assert.Equal(s_neuron.GetProperty("z").GetSingle(), affinePass.Outputs[0]);

        NeuronNetwork neuron = Neuron();
        NeuronNetwork.Workspace pass = neuron.CreateWorkspace(1);
        neuron.Forward(s_neuron.GetProperty("x").Floats(), pass);
        Assert.Equal(s_neuron.GetProperty("y").GetSingle(), pass.Outputs[0]);
        Assert.Equal(s_neuron.GetProperty("y").GetSingle(), pass.ReLU1.Outputs[0, 0]);
    }

    [Fact]
    public void Neuron_backward_gives_the_numbers_of_the_notebook()
    {
        NeuronNetwork neuron = Neuron();
        NeuronNetwork.Workspace pass = neuron.CreateWorkspace(1);
        float[] x = s_neuron.GetProperty("x").Floats();

        neuron.Forward(x, pass);
        neuron.Backward(x, outputGradients: [1f], pass);

        Assert.Equal(s_neuron.GetProperty("dx").Floats(), pass.InputGradients.ToArray());
        Assert.Equal(s_neuron.GetProperty("dw").Floats(), pass.Dense1.Weights.ToArray());
        Assert.Equal(s_neuron.GetProperty("db").GetSingle(), pass.Dense1.Biases[0]);
    }

    [Fact]
    public void Neuron_updated_gives_the_numbers_of_the_notebook()
    {
        NeuronNetwork neuron = Neuron();
        NeuronNetwork.Workspace pass = neuron.CreateWorkspace(1);
        float[] x = s_neuron.GetProperty("x").Floats();
        neuron.Forward(x, pass);
        neuron.Backward(x, outputGradients: [1f], pass);

        new Sgd(s_update.GetProperty("learning_rate").GetSingle()).Step(neuron.Parameters, pass.Gradients);

        Assert.Equal(s_update.GetProperty("w").Floats(), neuron.Dense1.Weights.ToArray());
        Assert.Equal(s_update.GetProperty("b").GetSingle(), neuron.Dense1.Biases[0]);

        neuron.Forward(x, pass);
        Assert.Equal(s_update.GetProperty("y").GetDouble(), pass.Outputs[0], 6 * Activation);

        // The notebook prints the output of the new weights with the old bias.
        neuron.Dense1.Biases[0] = s_neuron.GetProperty("b").GetSingle();
        neuron.Forward(x, pass);
        Assert.Equal(s_update.GetProperty("y_with_old_bias").GetDouble(), pass.Outputs[0], 6 * Activation);
    }

    [Fact]
    public void Layer_forward_gives_the_numbers_of_the_notebook()
    {
        float[] x = s_layer.GetProperty("x").Floats();
        AffineBatchLayerNetwork affine = new();
        affine.Dense1.Weights.Set(TransposedWeights("w_neurons_by_inputs"));
        s_layer.GetProperty("b").Floats().CopyTo(affine.Dense1.Biases);
        float[] z = new float[9];
        affine.Predict(x, z);
        Numbers.AssertClose(s_layer.GetProperty("z").Doubles(), z, 9 * Activation, "z");

        BatchLayerNetwork layer = Layer();
        BatchLayerNetwork.Workspace pass = layer.CreateWorkspace(3);
        layer.Forward(x, pass);
        Numbers.AssertClose(s_layer.GetProperty("y").Doubles(), pass.Outputs, 9 * Activation, "y");
    }

    [Fact]
    public void Layer_backward_gives_the_numbers_of_the_notebook()
    {
        BatchLayerNetwork layer = Layer();
        BatchLayerNetwork.Workspace pass = layer.CreateWorkspace(3);
        float[] x = s_layer.GetProperty("x").Floats();
        float[] ones = [1f, 1f, 1f, 1f, 1f, 1f, 1f, 1f, 1f];

        layer.Forward(x, pass);
        layer.Backward(x, ones, pass);

        AssertGradient(s_layer.GetProperty("dx").Doubles(), pass.InputGradients, "dx");
        AssertGradient(Doubles(TransposedWeights("dw_neurons_by_inputs")), pass.Dense1.Weights.ToArray(), "dw");
        AssertGradient(Doubles(TransposedWeights("dw_as_printed_by_the_notebook")), pass.Dense1.Weights.ToArray(), "dw as printed");
        AssertGradient(s_layer.GetProperty("db").Doubles(), pass.Dense1.Biases, "db");
    }

    [Fact]
    public void Spiral_network_starts_from_the_bits_of_the_notebook()
    {
        SpiralNetwork network = Spiral(out Dataset spiral);

        Assert.Equal(s_spiral.GetProperty("labels").Integers(), spiral.Labels.ToArray());
        Numbers.AssertSameBits(s_spiral.GetProperty("x").Floats(), spiral.Features, "x");
        Numbers.AssertSameBits(s_spiral.GetProperty("w1").Floats(), network.Dense1.Weights.ToArray(), "w1");
        Numbers.AssertSameBits(s_spiral.GetProperty("b1").Floats(), network.Dense1.Biases, "b1");
        Numbers.AssertSameBits(s_spiral.GetProperty("w2").Floats(), network.Dense2.Weights.ToArray(), "w2");
        Numbers.AssertSameBits(s_spiral.GetProperty("b2").Floats(), network.Dense2.Biases, "b2");
    }

    [Fact]
    public void Spiral_network_forward_gives_the_numbers_of_the_notebook()
    {
        SpiralNetwork network = Spiral(out Dataset spiral);
        SpiralNetwork.Workspace pass = network.CreateWorkspace(spiral.Count);

        float loss = network.Forward(spiral.Features, spiral.Labels, pass);

        Numbers.AssertClose(s_spiral.GetProperty("logits").Doubles(), pass.Dense2.Outputs.ToArray(), Activation, "logits");
        Numbers.AssertClose(s_spiral.GetProperty("probabilities").Doubles(), pass.Outputs, Activation, "probabilities");
        Assert.Equal(s_spiral.GetProperty("loss").GetDouble(), loss, Activation);
        Assert.Equal(s_spiral.GetProperty("loss_printed").GetRawText(), loss.ToString(CultureInfo.InvariantCulture));
        Assert.Equal("1.0986104", loss.ToString(CultureInfo.InvariantCulture));

        float[] predicted = new float[pass.Outputs.Length];
        network.Predict(spiral.Features, predicted);
        Numbers.AssertSameBits(pass.Outputs, predicted, "prediction");
    }

    [Fact]
    public void Spiral_network_classifies_as_often_right_as_the_notebook_prints()
    {
        SpiralNetwork network = Spiral(out Dataset spiral);
        int right = 0;

        for (int i = 0; i < spiral.Count; i++)
        {
            right += network.Classify(spiral.Features.Slice(i * 2, 2)) == spiral.Labels[i] ? 1 : 0;
        }

        double accuracy = (double)right / spiral.Count;
        Assert.Equal(s_spiral.GetProperty("accuracy").GetDouble(), accuracy);
        Assert.Equal("0.34", accuracy.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Spiral_network_backward_gives_the_numbers_of_the_notebook(bool oneHot)
    {
        SpiralNetwork network = Spiral(out Dataset spiral);
        SpiralNetwork.Workspace pass = network.CreateWorkspace(spiral.Count);

        if (oneHot)
        {
            float[] targets = Numbers.OneHot(spiral.Labels, classes: 3);
            Assert.Equal(s_spiral.GetProperty("loss").GetDouble(), network.Forward(spiral.Features, targets, pass), Activation);
            network.Backward(spiral.Features, targets, pass);
        }
        else
        {
            network.Forward(spiral.Features, spiral.Labels, pass);
            network.Backward(spiral.Features, spiral.Labels, pass);
        }

        AssertGradient(s_spiral.GetProperty("dw1").Doubles(), pass.Dense1.Weights.ToArray(), "dw1");
        AssertGradient(s_spiral.GetProperty("db1").Doubles(), pass.Dense1.Biases, "db1");
        AssertGradient(s_spiral.GetProperty("dw2").Doubles(), pass.Dense2.Weights.ToArray(), "dw2");

        // The 300 terms of an output's bias pass through ¼ and sum to a ten-thousandth of it: the tolerance is relative to the largest of all gradients.
        double largest = s_spiral.GetProperty("db1").Doubles().Max(Math.Abs);
        Numbers.AssertClose(s_spiral.GetProperty("db2").Doubles(), pass.Dense2.Biases, 2e-5 * largest, "db2");
        AssertGradient(s_spiral.GetProperty("dx").Doubles(), pass.InputGradients, "dx");
    }

    private static NeuronNetwork Neuron()
    {
        NeuronNetwork neuron = new();
        neuron.Dense1.Weights.Set(s_neuron.GetProperty("w").Floats());
        neuron.Dense1.Biases[0] = s_neuron.GetProperty("b").GetSingle();

        return neuron;
    }

    private static BatchLayerNetwork Layer()
    {
        BatchLayerNetwork layer = new();
        layer.Dense1.Weights.Set(TransposedWeights("w_neurons_by_inputs"));
        s_layer.GetProperty("b").Floats().CopyTo(layer.Dense1.Biases);

        return layer;
    }

    private static SpiralNetwork Spiral(out Dataset spiral)
    {
        NumpyRandom random = new(s_spiral.GetProperty("seed").GetInt64());
        spiral = Datasets.Spiral(s_spiral.GetProperty("samples_per_class").GetInt32(), s_spiral.GetProperty("classes").GetInt32(), random);

        return new SpiralNetwork(random);
    }

    private static float[] TransposedWeights(string name) =>
        Numbers.ToFloats(Numbers.Transpose(s_layer.GetProperty(name).Doubles(), rows: 3, columns: 4));

    private static double[] Doubles(ReadOnlySpan<float> values) => Numbers.ToDoubles(values);

    private static void AssertGradient(double[] expected, ReadOnlySpan<float> actual, string what) =>
        Numbers.AssertClose(expected, actual, 2e-5 * expected.Max(Math.Abs), what);
}
