using System.Collections.Immutable;
using Nnfs.Files.Mapping;
using Nnfs.Files.Onnx;

namespace Nnfs.Layers;

/// <summary>What the library knows about <see cref="ConvTranspose2DAttribute"/>.</summary>
internal sealed class ConvTranspose2DDefinition : ConvolutionDefinition
{
    /// <inheritdoc/>
    public override ImmutableArray<ModuleTensor> OfModule(LayerInfo layer) =>
        OfModule(layer, [layer.Tensors[0].Shape[^2], layer.Tensors[0].Shape[^1]], [0, 1]);

    /// <inheritdoc/>
    /// <remarks>
    /// The operator takes weights as [channels, filters, kernel height, kernel width]. What it gives is the reach of its windows without the padding, and with
    /// what no window reaches after the end.
    /// </remarks>
    public override void AddNodes(OnnxNodes nodes, LayerInfo layer, string[] sources, string y)
    {
        Window2D window = layer.Window!;
        int rows = window.Height - Reach(window.OutputHeight, window.KernelHeight, window) + window.PadTop + window.PadBottom;
        int pixels = window.Width - Reach(window.OutputWidth, window.KernelWidth, window) + window.PadLeft + window.PadRight;

        Add(nodes, "ConvTranspose", layer, sources[0], y, Ordered(nodes, layer, 2, 3, 0, 1), OnnxAttribute.Integers("output_padding", rows, pixels));
    }

    private static int Reach(int places, int kernel, Window2D window) => ((places - 1) * window.Stride) + (int)WindowSize.Span(kernel, window.Dilation);
}
