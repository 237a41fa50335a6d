using System.Numerics.Tensors;
using Nnfs;

namespace Notebook;

/// <summary>A whole network on real data, forward and backward once.</summary>
internal static class FirstPass
{
    public static void Show()
    {
        Page.Section("8. A network on the spiral", """
            Two inputs, three neurons with ReLU, three classes: everything above in one class
            of six lines, SpiralNet in Networks.cs. It is declared with Plain = true, so the
            generated file reads as this page does: one call for each layer, forward in their
            order, backward in the opposite one. One stream of random numbers from seed 0
            gives first the data, 100 points for each class, and then the weights.
            """);

        NumpyRandom random = new(seed: 0);
        Dataset spiral = Datasets.Spiral(samplesPerClass: 100, classes: 3, random);
        SpiralNet net = new(random);

        Console.WriteLine(SpiralNet.Summary);

        SpiralNet.Workspace pass = net.CreateWorkspace(spiral.Count);
        float loss = net.Forward(spiral.Features, spiral.Labels, pass);
        Matrix p = new(spiral.Count, SpiralNet.OutputSize, pass.Outputs);

        Page.Text("""
            The weights are tiny, so every score is almost zero and every class almost as
            likely as the next. The loss is close to log 3 = 1.0986123, which is that of pure
            guessing, and so is the accuracy. The first five samples:
            """);

        Page.Show("probabilities", new Matrix(5, SpiralNet.OutputSize, pass.Outputs[..(5 * SpiralNet.OutputSize)]), "0.0000000");
        Page.Show("loss", new Matrix(1, 1, loss), "0.0000000");
        Page.Show("accuracy", new Matrix(1, 1, Accuracy(p, spiral.Labels)), "0.00");

        Page.Text("""
            The way back. The gradients are as tiny as the weights, but they point somewhere:
            samples/Spiral follows them.
            """);

        net.Backward(spiral.Features, spiral.Labels, pass);

        const string Scientific = "0.0000000e+00";
        Matrix dw1 = new(pass.Dense1.Weights);
        Matrix dw2 = new(pass.Dense2.Weights);
        Page.Show("dW1", dw1, Scientific);
        Page.Show("db1", new Matrix(1, 3, pass.Dense1.Biases), Scientific);
        Page.Show("dW2", dw2, Scientific);
        Page.Show("db2", new Matrix(1, 3, pass.Dense2.Biases), Scientific);

        Page.Text("The same by hand, with the formulas of sections 4 and 7:");

        Matrix x = new(spiral.Count, SpiralNet.InputSize, spiral.Features);
        Matrix w1 = new(net.Dense1.Weights);
        Matrix w2 = new(net.Dense2.Weights);
        int[] labels = [.. spiral.Labels];

        // Biases start at zero, and are left out.
        Matrix hidden = x.Dot(w1).Map((z, _, _) => Math.Max(0, z));
        Matrix probabilities = ByHand.Softmax(hidden.Dot(w2));

        Matrix dz2 = probabilities.Map((value, sample, @class) => (@class == labels[sample] ? value - 1 : value) / labels.Length);
        Matrix dz1 = dz2.Dot(w2.Transposed()).Map((gradient, sample, neuron) => hidden[sample, neuron] > 0 ? gradient : 0);

        Page.Compare("probabilities", probabilities.Values, pass.Outputs);
        Page.Compare("dW1", x.Transposed().Dot(dz1).Values, dw1.Values);
        Page.Compare("db1", dz1.SumOfRows().Values, pass.Dense1.Biases);
        Page.Compare("dW2", hidden.Transposed().Dot(dz2).Values, dw2.Values);
        Page.Compare("db2", dz2.SumOfRows().Values, pass.Dense2.Biases);
    }

    /// <summary>The share of rows whose largest probability is that of the right class.</summary>
    private static float Accuracy(Matrix p, ReadOnlySpan<int> labels)
    {
        int correct = 0;

        for (int sample = 0; sample < labels.Length; sample++)
        {
            if (TensorPrimitives.IndexOfMax(p.Row(sample)) == labels[sample])
            {
                correct++;
            }
        }

        return (float)correct / labels.Length;
    }
}
