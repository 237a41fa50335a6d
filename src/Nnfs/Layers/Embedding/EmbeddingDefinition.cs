using System.Collections.Immutable;
using Nnfs.Files.Mapping;
using Nnfs.Files.Onnx;

namespace Nnfs.Layers;

/// <summary>What the library knows about <see cref="EmbeddingAttribute"/>.</summary>
internal sealed class EmbeddingDefinition : LayerDefinition
{
    /// <inheritdoc/>
    public override bool ReadsIndices => true;

    /// <inheritdoc/>
    public override ImmutableArray<ModuleTensor> OfModule(LayerInfo layer) => [ModuleTensor.Same("weight", layer.Tensors[0].Shape)];

    /// <inheritdoc/>
    public override void AddNodes(OnnxNodes nodes, LayerInfo layer, string[] sources, string y) =>
        nodes.Add("Gather", y, layer.Tensors[0].Name, sources[0]);
}
