namespace Nnfs.Onnx.Tests.Graphs;

/// <summary>A generated network as these tests see it, whatever inputs and outputs it has.</summary>
public interface IGraph
{
    IReadOnlyList<LayerInfo> Layers { get; }

    Span<float> Parameters { get; }

    /// <summary>Predicts from all inputs into all outputs, in the order of their declarations.</summary>
    void Predict(float[][] inputs, float[][] outputs);

    void ExportOnnx(Stream stream);
}
