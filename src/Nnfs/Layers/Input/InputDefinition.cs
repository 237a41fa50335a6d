using Nnfs.Files.Onnx;

namespace Nnfs.Layers;

/// <summary>What the library knows about <see cref="InputAttribute"/>.</summary>
internal sealed class InputDefinition : LayerDefinition
{
    /// <inheritdoc/>
    public override bool IsInput => true;

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always: an input is computed by nothing.</exception>
    public override void AddNodes(OnnxNodes nodes, LayerInfo layer, string[] sources, string y) =>
        throw new NotSupportedException($"The input '{layer.Name}' is not an operation.");
}
