using System.Collections.Immutable;
using Nnfs.Files.Mapping;
using Nnfs.Files.Onnx;

namespace Nnfs.Layers;

/// <summary>What the library knows about <see cref="PositionalEmbeddingAttribute"/>.</summary>
internal sealed class PositionalEmbeddingDefinition : LayerDefinition
{
    /// <inheritdoc/>
    public override ImmutableArray<ModuleTensor> OfModule(LayerInfo layer) => [ModuleTensor.Same("weight", layer.Tensors[0].Shape)];

    /// <inheritdoc/>
    /// <remarks>The table [steps, features] is the same for all samples, whose dimension it lacks.</remarks>
    public override void AddNodes(OnnxNodes nodes, LayerInfo layer, string[] sources, string y) =>
        nodes.Add("Add", y, sources[0], layer.Tensors[0].Name);
}
