using Nnfs;

namespace Notebook;

/// <summary>One neuron: forward, backward, and one step of gradient descent.</summary>
internal static class OneNeuron
{
    public static void Show()
    {
        Page.Section("1. One neuron, forward", """
            A neuron multiplies each input by a weight, adds the products and a bias, and
            lets the sum through where it is positive: y = max(0, x·w + b).
            """);

        float[] x = [1, -2, 3];
        float[] w = [-3, -1, 2];
        float b = 1;

        float z = (x[0] * w[0]) + (x[1] * w[1]) + (x[2] * w[2]) + b;
        float y = Math.Max(0, z);

        Page.Show("inputs x", x);
        Page.Show("weights w", w);
        Page.Show("bias b", b);
        Page.Show("z = x·w + b", z);
        Page.Show("y = max(0, z)", y);

        Page.Section("2. One neuron, backward", """
            The chain rule, from the output to the inputs: the gradient that arrives (dy) is
            multiplied by the slope of each step on the way back. Here dy = 1, so the results
            are the slopes of y itself. The ReLU passes dy where z > 0; the sum passes it to
            every product and to the bias; each product scales it by its other factor.
            """);

        float dy = 1;
        float dz = z > 0 ? dy : 0;
        float[] dx = [w[0] * dz, w[1] * dz, w[2] * dz];
        float[] dw = [x[0] * dz, x[1] * dz, x[2] * dz];
        float db = dz;

        Page.Show("dx = w·dz", dx);
        Page.Show("dw = x·dz", dw);
        Page.Show("db = dz", db);

        Page.Text("The class Neuron in Networks.cs is the same neuron. Its passes are generated:");

        Neuron net = new();

        for (int i = 0; i < w.Length; i++)
        {
            net.Dense1.Weights[i, 0] = w[i];
        }

        net.Dense1.Biases[0] = b;

        Neuron.Workspace pass = net.CreateWorkspace(batchSize: 1);
        net.Forward(x, pass);
        net.Backward(x, [dy], pass);

        Page.Compare("y", [y], pass.Outputs);
        Page.Compare("dx", dx, pass.InputGradients);
        Page.Compare("dw", dw, new Matrix(pass.Dense1.Weights).Values);
        Page.Compare("db", [db], pass.Dense1.Biases);

        Page.Section("3. One update", """
            Gradient descent takes a small step against the gradient: w - 0.001·dw and
            b - 0.001·db. The output must fall.
            """);

        const float LearningRate = 0.001f;
        float[] newW = [w[0] - (LearningRate * dw[0]), w[1] - (LearningRate * dw[1]), w[2] - (LearningRate * dw[2])];
        float newB = b - (LearningRate * db);
        float products = (x[0] * newW[0]) + (x[1] * newW[1]) + (x[2] * newW[2]);

        Page.Show("w", newW);
        Page.Show("b", newB);
        Page.Show("y with the new w and b", products + newB);
        Page.Show("y with the new w, old b", products + b);

        Page.Text("""
            The reference notebook prints 5.986: it updates the bias, but goes on adding the
            old one. A real update moves both, and gives 5.985. So does an optimizer:
            """);

        new Sgd(LearningRate).Step(net, pass);
        net.Forward(x, pass);

        Page.Compare("w", newW, new Matrix(net.Dense1.Weights).Values);
        Page.Compare("b", [newB], net.Dense1.Biases);
        Page.Compare("y", [products + newB], pass.Outputs);
    }
}
