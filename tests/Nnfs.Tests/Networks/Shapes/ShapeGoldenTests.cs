using System.Text.Json;

namespace Nnfs.Tests.Networks.Shapes;

/// <summary>Layers over samples with several dimensions, against PyTorch.</summary>
public class ShapeGoldenTests
{
    /// <summary>Float32 against float64, of the largest element of a tensor.</summary>
    private const double Tolerance = 1e-5;

    [Fact]
    public void Layer_normalisation_takes_each_step() => Check<GoldenLayerNormNetwork>(
        "LayerNorm (6, 8)",
        static (network, inputs, outputGradients) =>
        {
            GoldenLayerNormNetwork.Workspace workspace = network.CreateWorkspace(inputs.Length / GoldenLayerNormNetwork.InputSize);
            network.Forward(inputs, workspace);
            network.Backward(inputs, outputGradients, workspace);

            return (workspace.Outputs.ToArray(), workspace.InputGradients.ToArray(), workspace.Gradients.ToArray());
        });

    [Fact]
    public void Batch_normalisation_takes_each_channel() => Check<GoldenBatchNormNetwork>(
        "BatchNorm (4, 5, 3)",
        static (network, inputs, outputGradients) =>
        {
            GoldenBatchNormNetwork.Workspace workspace = network.CreateWorkspace(inputs.Length / GoldenBatchNormNetwork.InputSize);
            network.Forward(inputs, workspace);
            network.Backward(inputs, outputGradients, workspace);

            return (workspace.Outputs.ToArray(), workspace.InputGradients.ToArray(), workspace.Gradients.ToArray());
        });

    [Fact]
    public void Max_pooling_takes_windows() => Check<GoldenMaxPool2DNetwork>(
        "MaxPool2D 8x8x3, 2, stride 2",
        static (network, inputs, outputGradients) =>
        {
            GoldenMaxPool2DNetwork.Workspace workspace = network.CreateWorkspace(inputs.Length / GoldenMaxPool2DNetwork.InputSize);
            network.Forward(inputs, workspace);
            network.Backward(inputs, outputGradients, workspace);

            return (workspace.Outputs.ToArray(), workspace.InputGradients.ToArray(), workspace.Gradients.ToArray());
        });

    [Fact]
    public void Average_pooling_takes_windows() => Check<GoldenAveragePool2DNetwork>(
        "AveragePool2D 9x7x4, 3, stride 2",
        static (network, inputs, outputGradients) =>
        {
            GoldenAveragePool2DNetwork.Workspace workspace = network.CreateWorkspace(inputs.Length / GoldenAveragePool2DNetwork.InputSize);
            network.Forward(inputs, workspace);
            network.Backward(inputs, outputGradients, workspace);

            return (workspace.Outputs.ToArray(), workspace.InputGradients.ToArray(), workspace.Gradients.ToArray());
        });

    [Fact]
    public void Global_max_pooling_takes_all_pixels() => Check<GoldenGlobalMaxPoolNetwork>(
        "GlobalMaxPool 4x5x6",
        static (network, inputs, outputGradients) =>
        {
            GoldenGlobalMaxPoolNetwork.Workspace workspace = network.CreateWorkspace(inputs.Length / GoldenGlobalMaxPoolNetwork.InputSize);
            network.Forward(inputs, workspace);
            network.Backward(inputs, outputGradients, workspace);

            return (workspace.Outputs.ToArray(), workspace.InputGradients.ToArray(), workspace.Gradients.ToArray());
        });

    [Fact]
    public void Global_average_pooling_takes_all_pixels() => Check<GoldenGlobalAveragePoolNetwork>(
        "GlobalAveragePool 5x4x7",
        static (network, inputs, outputGradients) =>
        {
            GoldenGlobalAveragePoolNetwork.Workspace workspace = network.CreateWorkspace(inputs.Length / GoldenGlobalAveragePoolNetwork.InputSize);
            network.Forward(inputs, workspace);
            network.Backward(inputs, outputGradients, workspace);

            return (workspace.Outputs.ToArray(), workspace.InputGradients.ToArray(), workspace.Gradients.ToArray());
        });

    private static void Check<TNetwork>(string name, Func<TNetwork, float[], float[], (float[] Outputs, float[] InputGradients, float[] Gradients)> run)
        where TNetwork : INetwork<TNetwork>
    {
        JsonElement golden = GoldenData.Layers.EnumerateArray().Single(element => element.GetProperty("name").GetString() == name);
        TNetwork network = TNetwork.Create(new NumpyRandom(0));
        TensorInfo[] tensors = [.. TNetwork.Layers[0].Tensors.Where(static tensor => tensor.IsTrained)];

        foreach (TensorInfo tensor in tensors)
        {
            tensor.In(network.Parameters).Set(Data(golden.GetProperty("tensors").GetProperty(NameOf(tensor))).Floats());
        }

        (float[] outputs, float[] inputGradients, float[] gradients) =
            run(network, Data(golden.GetProperty("x")).Floats(), Data(golden.GetProperty("dy")).Floats());

        AssertClose(golden.GetProperty("y"), outputs, "y");
        AssertClose(golden.GetProperty("dx"), inputGradients, "dx");

        foreach (TensorInfo tensor in tensors)
        {
            AssertClose(golden.GetProperty("gradients").GetProperty(NameOf(tensor)), tensor.In(gradients.AsSpan()).ToArray(), tensor.Name);
        }
    }

    private static string NameOf(TensorInfo tensor) => tensor.Name.Split('.')[1];

    private static JsonElement Data(JsonElement tensor) => tensor.GetProperty("data");

    private static void AssertClose(JsonElement golden, float[] actual, string what)
    {
        double[] expected = Data(golden).Doubles();
        Numbers.AssertClose(expected, actual, Tolerance * expected.Max(Math.Abs), what);
    }
}
