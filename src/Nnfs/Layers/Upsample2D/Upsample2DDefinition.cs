using Nnfs.Files.Onnx;

namespace Nnfs.Layers;

/// <summary>What the library knows about <see cref="Upsample2DAttribute"/>.</summary>
internal sealed class Upsample2DDefinition : LayerDefinition
{
    /// <inheritdoc/>
    /// <remarks>The operator takes the dimensions in any order; it leaves out the region of interest, which only one of its other modes has.</remarks>
    public override void AddNodes(OnnxNodes nodes, LayerInfo layer, string[] sources, string y)
    {
        float factor = layer.Window!.Stride;

        nodes.Add(
            "Resize",
            [
                OnnxAttribute.Text("mode", "nearest"),
                OnnxAttribute.Text("coordinate_transformation_mode", "asymmetric"),
                OnnxAttribute.Text("nearest_mode", "floor"),
            ],
            y,
            sources[0],
            "",
            nodes.AddConstant(layer, "scales", [1f, factor, factor, 1f]));
    }
}
