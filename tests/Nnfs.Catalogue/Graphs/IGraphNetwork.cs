namespace Nnfs.Catalogue.Graphs;

/// <summary>
/// A generated graph as tests see it: arrays only, because spans do not go through reflection. For each graph <see cref="GraphSource"/> writes a class that
/// implements this, and tests compile it together with the graph. Tensors come by layer, row-major, in the order of the catalogue.
/// </summary>
public interface IGraphNetwork
{
    /// <summary>The network's own count of its parameters.</summary>
    int ParameterCount { get; }

    /// <summary>The network's own table of its layers.</summary>
    string Summary { get; }

    /// <summary>The network's own description of its layers.</summary>
    IReadOnlyList<LayerInfo> Layers { get; }

    /// <summary>Whether passes are those of training.</summary>
    bool IsTraining { get; set; }

    /// <summary>Where the masks of the next training pass come from.</summary>
    ulong DropoutSeed { get; set; }

    /// <summary>What the penalties of the parameters added to the loss of the last pass.</summary>
    float RegularizationLoss { get; }

    /// <summary>The weights of the samples of the next passes of the workspace; empty where all count alike.</summary>
    void Weigh(float[] weights);

    /// <summary>Makes the workspace that all passes use from now on.</summary>
    void CreateWorkspace(int batchSize, int threads);

    /// <summary>Writes all tensors through the views of the network.</summary>
    void WriteTensors(float[][][] tensors);

    /// <summary>Reads all tensors through the views of the network.</summary>
    float[][][] ReadTensors();

    /// <summary>Reads the gradients of those tensors that are trained, through the views of the workspace.</summary>
    float[][][] ReadGradients();

    /// <summary>A copy of the whole block, with its padding.</summary>
    float[] Parameters();

    /// <summary>Overwrites the whole block, with its padding.</summary>
    void WriteParameters(float[] block);

    /// <summary>A copy of the whole block, with its padding.</summary>
    float[] Gradients();

    /// <summary>A copy of each output of the last pass.</summary>
    float[][] Outputs();

    /// <summary>A copy of the gradients of each input from the last pass.</summary>
    float[][] InputGradients();

    /// <summary>The loss of each output before it is weighted; zeros where the graph has one output.</summary>
    float[] OutputLosses();

    /// <summary>Fills outputs and input gradients, so that what a pass leaves alone can be told.</summary>
    void Fill(float value);

    /// <summary>A forward pass without answers.</summary>
    void Forward(float[][] inputs);

    /// <summary>A forward pass; gives the loss.</summary>
    float Forward(float[][] inputs, GraphAnswers answers);

    /// <summary>The backward pass of the last forward pass.</summary>
    void Backward(float[][] inputs, GraphAnswers answers);

    /// <summary>The backward pass of the last forward pass, from the gradients of what the losses take, or of the outputs where there are none.</summary>
    void BackwardFrom(float[][] inputs, float[][] gradients);

    /// <summary>Both passes in one; gives the loss.</summary>
    float ForwardBackward(float[][] inputs, GraphAnswers answers);

    /// <summary>Both passes in one, as generic code calls them: all of a sample in one row. Gives the loss; only of a graph with several ports.</summary>
    float PackedForwardBackward(float[][] inputs, GraphAnswers answers);

    /// <summary>Predicts as generic code does: all of a sample in one row.</summary>
    float[] PackedPredict(float[][] inputs);

    /// <summary>Steps down the gradients.</summary>
    void Descend();

    /// <summary>Predicts from all inputs into all outputs, in the order of their declarations.</summary>
    void Predict(float[][] inputs, float[][] outputs);

    /// <summary>The likeliest class of a sample.</summary>
    int Classify(float[] input);

    /// <summary>Whether it has streams.</summary>
    bool HasStreams { get; }

    /// <summary>What the stream keeps of the steps so far; what is written is copied.</summary>
    float[] StreamState { get; set; }

    /// <summary>Makes the stream that all steps use from now on.</summary>
    void CreateStreams(int count);

    /// <summary>Starts one sequence of the stream anew, or all.</summary>
    void ResetStream(int? sequence = null);

    /// <summary>Carries each sequence of the stream one step on.</summary>
    void StepStream(float[][] inputs, float[][] outputs);

    /// <summary>The parameters as a file.</summary>
    byte[] Save();

    /// <summary>Reads the parameters from a file.</summary>
    void Load(byte[] file);

    /// <summary>The network as an ONNX model.</summary>
    byte[] ExportOnnx();
}
