using Nnfs;

namespace Playground.Training;

/// <summary>A network of whatever class, with its memory for training.</summary>
internal interface ITrainee
{
    /// <summary>The network itself.</summary>
    INetwork Network { get; }

    /// <summary>The gradients of the last step, laid out as the network's parameters.</summary>
    Span<float> Gradients { get; }

    /// <summary>Computes loss and gradients of a batch.</summary>
    float ForwardBackward(ReadOnlySpan<float> features, ReadOnlySpan<int> labels);

    /// <summary>Changes the parameters by the gradients.</summary>
    void Update(Optimizer optimizer);

    /// <summary>The mean loss of samples, as a trained network predicts them.</summary>
    /// <param name="features">The samples.</param>
    /// <param name="labels">Their classes.</param>
    /// <param name="outputs">What the network gives for them; valid until the next call.</param>
    float Evaluate(ReadOnlySpan<float> features, ReadOnlySpan<int> labels, out ReadOnlySpan<float> outputs);

    /// <summary>Whether what a layer gives can be looked at: not where the layer is computed together with the next one.</summary>
    bool Shows(LayerInfo layer);

    /// <summary>Copies what a neuron gave for samples of the last <see cref="Evaluate"/>.</summary>
    /// <param name="layer">A layer that shows its outputs.</param>
    /// <param name="neuron">The number of one of its neurons.</param>
    /// <param name="samples">The numbers of the samples.</param>
    /// <param name="values">Takes a value for each of them.</param>
    void CopyOutputs(LayerInfo layer, int neuron, ReadOnlySpan<int> samples, Span<float> values);

    /// <summary>Writes the network's parameters as safetensors.</summary>
    void Save(Stream stream);

    /// <summary>Writes the network as an ONNX model.</summary>
    void ExportOnnx(Stream stream);
}
