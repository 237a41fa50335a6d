using System.Collections.Immutable;
using Nnfs.Files.Onnx;

namespace Nnfs.Layers;

/// <summary>What convolutions have in common: their tensors, and the settings of their windows.</summary>
internal abstract class ConvolutionDefinition : LayerDefinition
{
    /// <summary>Its tensors: the weights [kernel height, kernel width, channels, filters], and the biases [filters] where it has some.</summary>
    /// <param name="storedAs">What their names begin with.</param>
    /// <param name="window">The window.</param>
    /// <param name="channels">The channels that a filter takes.</param>
    /// <param name="filters">The number of filters.</param>
    /// <param name="weights">Where the weights start.</param>
    /// <param name="biases">Where the biases start; <see langword="null"/> where there are none.</param>
    public static ImmutableArray<TensorInfo> Tensors(string storedAs, Window2D window, int channels, int filters, int weights, int? biases)
    {
        int row = MatrixLayout.RowStride(filters);
        TensorInfo product = new(
            $"{storedAs}.weights",
            [window.KernelHeight, window.KernelWidth, channels, filters],
            weights,
            [window.KernelWidth * channels * row, channels * row, row, 1]);

        return biases is { } start ? [product, new($"{storedAs}.biases", [filters], start, [1])] : [product];
    }

    /// <summary>The settings of ONNX's operators that move a window: its size, strides, dilations, and the zeros around the image.</summary>
    protected static IEnumerable<ProtobufMessage> WindowAttributes(Window2D window) =>
    [
        OnnxAttribute.Integers("kernel_shape", window.KernelHeight, window.KernelWidth),
        OnnxAttribute.Integers("strides", window.Stride, window.Stride),
        OnnxAttribute.Integers("dilations", window.Dilation, window.Dilation),
        OnnxAttribute.Integers("pads", window.PadTop, window.PadLeft, window.PadBottom, window.PadRight),
    ];
}
