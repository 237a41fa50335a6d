namespace Nnfs.Generators.Tests.Graphs;

/// <summary>
/// A generated graph as tests see it: arrays only, because spans do not go through reflection. For each graph the test writes a class that
/// implements this, and compiles it together with the graph. Tensors come by layer: weights and biases, or γ, β, running mean and running variance.
/// </summary>
public interface IGraphNetwork
{
    int ParameterCount { get; }

    string Summary { get; }

    bool IsTraining { get; set; }

    ulong DropoutSeed { get; set; }

    float RegularizationLoss { get; }

    /// <summary>Makes the workspace that all passes use from now on.</summary>
    void CreateWorkspace(int batchSize, int threads);

    void WriteTensors(float[][][] tensors);

    float[][][] ReadTensors();

    /// <summary>The gradients of those tensors that are trained.</summary>
    float[][][] ReadGradients();

    /// <summary>A copy of the whole block, with its padding.</summary>
    float[] Parameters();

    /// <summary>A copy of the whole block, with its padding.</summary>
    float[] Gradients();

    /// <summary>A copy of all rows of each output, whether the last batch filled them or not.</summary>
    float[][] Outputs();

    /// <summary>A copy of all rows of each input's gradients, whether the last batch filled them or not.</summary>
    float[][] InputGradients();

    /// <summary>The loss of each output before it is weighted; zeros where the graph has one output.</summary>
    float[] OutputLosses();

    /// <summary>Fills outputs and input gradients, so that the rows that a pass leaves alone can be told.</summary>
    void Fill(float value);

    void Forward(float[][] inputs);

    float Forward(float[][] inputs, GraphAnswers answers);

    void Backward(float[][] inputs, GraphAnswers answers);

    float ForwardBackward(float[][] inputs, GraphAnswers answers);

    float[][] Predict(float[][] inputs, int samples);
}
