namespace Nnfs.Onnx.Tests.Graphs;

/// <summary>What all generated networks have in common. For each network the test writes a class that adds its <c>Predict</c>.</summary>
/// <typeparam name="TNetwork">The network.</typeparam>
public abstract class Graph<TNetwork> : IGraph
    where TNetwork : INetworkModel<TNetwork>
{
    public IReadOnlyList<LayerInfo> Layers => TNetwork.Layers;

    public Span<float> Parameters => Network.Parameters;

    protected TNetwork Network { get; } = TNetwork.Create(new NumpyRandom(seed: 0));

    public abstract void Predict(float[][] inputs, float[][] outputs);

    public void ExportOnnx(Stream stream) => Network.ExportOnnx(stream);
}
