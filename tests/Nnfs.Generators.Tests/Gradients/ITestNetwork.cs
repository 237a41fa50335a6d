namespace Nnfs.Generators.Tests.Gradients;

/// <summary>
/// A generated network as tests see it: arrays only, because spans do not go through reflection. For each network the test
/// writes a class that implements this, and compiles it together with the network.
/// </summary>
public interface ITestNetwork
{
    int ParameterCount { get; }

    /// <summary>Makes the workspace that all passes use from now on.</summary>
    void CreateWorkspace(int batchSize);

    /// <summary>Writes a dense layer, counted from 0, through the network's view of it.</summary>
    void SetDense(int layer, float[] weights, float[] biases);

    /// <summary>Reads the gradients of a dense layer through the workspace's view of it.</summary>
    (float[] Weights, float[] Biases) DenseGradients(int layer);

    /// <summary>A copy of the whole block, with its padding.</summary>
    float[] Parameters();

    /// <summary>A copy of the whole block, with its padding.</summary>
    float[] Gradients();

    /// <summary>A copy of all rows, whether the last batch filled them or not.</summary>
    float[] Outputs();

    /// <summary>A copy of all rows, whether the last batch filled them or not.</summary>
    float[] InputGradients();

    /// <summary>Fills outputs and input gradients, so that the rows that a pass leaves alone can be told.</summary>
    void Fill(float value);

    void Forward(float[] inputs);

    float Forward(float[] inputs, int[] labels);

    float Forward(float[] inputs, float[] targets);

    void Backward(float[] inputs, int[] labels);

    /// <param name="inputs">The inputs of the forward pass.</param>
    /// <param name="targets">Where the network has no loss, the gradient of the outputs.</param>
    void Backward(float[] inputs, float[] targets);

    float ForwardBackward(float[] inputs, int[] labels);

    float ForwardBackward(float[] inputs, float[] targets);

    float[] Predict(float[] inputs);

    int Classify(float[] input);

    /// <summary>Steps down the gradients.</summary>
    void Descend();

    /// <summary>The network as an ONNX model.</summary>
    byte[] ExportOnnx();
}
