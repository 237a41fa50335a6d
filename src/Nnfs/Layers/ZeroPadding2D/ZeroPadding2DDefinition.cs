using System.Collections.Immutable;
using Nnfs.Files.Onnx;

namespace Nnfs.Layers;

/// <summary>What the library knows about <see cref="ZeroPadding1DAttribute"/> and <see cref="ZeroPadding2DAttribute"/>.</summary>
internal sealed class ZeroPadding2DDefinition : LayerDefinition
{
    /// <inheritdoc/>
    /// <remarks>The operator pads with zeros unless stated, by those before each dimension and then those after each.</remarks>
    public override void AddNodes(OnnxNodes nodes, LayerInfo layer, string[] sources, string y)
    {
        ImmutableArray<int> before = layer.ZerosBefore;
        IEnumerable<int> after = before.Select((zeros, i) => layer.OutputShape[i] - zeros - layer.InputShape[i]);

        // Nothing is added to the samples and the channels.
        nodes.Add("Pad", y, sources[0], nodes.AddConstant(layer, "pads", [0, .. before, 0, 0, .. after, 0]));
    }
}
