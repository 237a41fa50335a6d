using System.Numerics.Tensors;

namespace Notebook;

/// <summary>Three neurons over a batch of three samples.</summary>
internal static class BatchLayer
{
    public static void Show()
    {
        Page.Section("4. A layer of neurons, a batch of samples", """
            With one row per sample in X and one row per neuron in W, all neurons for all
            samples are one matrix product: Z = X·Wᵀ + b, then the ReLU.
            """);

        Matrix x = new(3, 4,
            1.0f, 2.0f, 3.0f, 2.5f,
            2.0f, 5.0f, -1.0f, 2.0f,
            -1.5f, 2.7f, 3.3f, -0.8f);

        Matrix w = new(3, 4,
            0.2f, 0.8f, -0.5f, 1.0f,
            0.5f, -0.91f, 0.26f, -0.5f,
            -0.26f, -0.27f, 0.17f, 0.87f);

        Matrix b = new(1, 3, 2.0f, 3.0f, 0.5f);

        Matrix z = x.Dot(w.Transposed()).Map((sum, _, neuron) => sum + b[0, neuron]);
        Matrix y = z.Map((value, _, _) => Math.Max(0, value));

        Page.Show("Z = X·Wᵀ + b", z, "0.000");
        Page.Show("Y = max(0, Z)", y, "0.000");

        Page.Text("""
            Backward, with a gradient of ones arriving. The ReLU stops it where Z is not
            positive: at the second neuron for the second sample. A weight and a bias serve
            every sample, so their gradients are sums over the samples.
            """);

        Matrix dy = new(3, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        Matrix dz = dy.Map((gradient, sample, neuron) => z[sample, neuron] > 0 ? gradient : 0);
        Matrix dx = dz.Dot(w);
        Matrix dw = dz.Transposed().Dot(x);
        Matrix db = dz.SumOfRows();

        Page.Show("dX = dZ·W", dx, "0.000");
        Page.Show("dW = dZᵀ·X", dw, "0.000");
        Page.Show("db = sum of dZ's rows", db, "0.000");

        Page.Text("""
            The generated class Layer holds its weights as [inputs × neurons], so that no
            product needs a transpose on the way forward. Its W is the transpose of this one:
            """);

        Layer net = new();
        new ReadOnlyTensorSpan<float>(w.Transposed().Values, [Layer.InputSize, Layer.OutputSize]).CopyTo(net.Dense1.Weights);
        b.Values.CopyTo(net.Dense1.Biases);

        Layer.Workspace pass = net.CreateWorkspace(batchSize: 3);
        net.Forward(x.Values, pass);
        net.Backward(x.Values, dy.Values, pass);

        Page.Compare("Y", y.Values, pass.Outputs);
        Page.Compare("dX", dx.Values, pass.InputGradients);
        Page.Compare("dW", dw.Values, new Matrix(pass.Dense1.Weights).Transposed().Values);
        Page.Compare("db", db.Values, pass.Dense1.Biases);
    }
}
