using System.Collections.Immutable;
using Nnfs.Files.Mapping;
using Nnfs.Files.Onnx;

namespace Nnfs.Layers;

/// <summary>What convolutions have in common: their tensors, and the settings of their windows.</summary>
internal abstract class ConvolutionDefinition : LayerDefinition
{
    /// <summary>Whether a sample of a shape is a sequence rather than an image: steps × channels.</summary>
    public static bool IsOfSequences(ImmutableArray<int> shape) => shape.Length == 2;

    /// <summary>Its tensors: the weights [kernel height, kernel width, …, columns] or [kernel, …, columns], and the biases [columns] if it has some.</summary>
    /// <param name="storedAs">What their names begin with.</param>
    /// <param name="kernel">The sizes of the window.</param>
    /// <param name="sizes">The sizes of the weights of a tap: the channels and the filters, or the channels alone; the last are the columns.</param>
    /// <param name="weights">Where the weights start.</param>
    /// <param name="biases">Where the biases start; <see langword="null"/> where there are none.</param>
    public static ImmutableArray<TensorInfo> Tensors(string storedAs, ImmutableArray<int> kernel, ImmutableArray<int> sizes, int weights, int? biases)
    {
        int columns = sizes[^1];
        int row = MatrixLayout.RowStride(columns);
        int tap = sizes.Length == 1 ? row : sizes[0] * row;
        ImmutableArray<int> strides = sizes.Length == 1 ? [1] : [row, 1];
        ImmutableArray<int> taps = kernel.Length == 1 ? [tap] : [kernel[1] * tap, tap];
        TensorInfo product = new($"{storedAs}.weights", [.. kernel, .. sizes], weights, [.. taps, .. strides]);

        return biases is { } start ? [product, new($"{storedAs}.biases", [columns], start, [1])] : [product];
    }

    /// <summary>The weights of a module, whose kernel comes last, and its biases where it has some.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="shape">What comes before the kernel in the module's shape.</param>
    /// <param name="axes">Where the module has what comes after the kernel in the layer's shape.</param>
    protected static ImmutableArray<ModuleTensor> OfModule(LayerInfo layer, ImmutableArray<int> shape, ImmutableArray<int> axes)
    {
        ImmutableArray<int> kernel = layer.Tensors[0].Shape[..^axes.Length];
        ModuleTensor weights = new(["weight"], [.. shape, .. kernel], [.. Enumerable.Range(shape.Length, kernel.Length), .. axes]);

        return layer.Tensors.Length == 1 ? [weights] : [weights, ModuleTensor.Same("bias", layer.Tensors[1].Shape)];
    }

    /// <summary>Adds an operator that reads the layer's input, the weights in its own order, and the biases if there are some.</summary>
    /// <param name="nodes">The graph.</param>
    /// <param name="operation">The operator.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="source">The name of its input.</param>
    /// <param name="y">The name of what it gives.</param>
    /// <param name="kernel">The weights as the operator takes them.</param>
    /// <param name="attributes">Its settings, beside those of the window.</param>
    protected static void Add(
        OnnxNodes nodes, string operation, LayerInfo layer, string source, string y, string kernel, params IEnumerable<ProtobufMessage> attributes)
    {
        string[] biases = [.. layer.Tensors.Skip(1).Select(static tensor => tensor.Name)];

        ProtobufMessage dilations = OnnxAttribute.OfEachDimension("dilations", layer, layer.Window!.Dilation);

        OnnxChannels.Add(nodes, operation, [.. OnnxAttribute.OfWindow(layer), dilations, .. attributes], layer, y, [source, kernel, .. biases]);
    }

    /// <summary>Adds the weights in another order.</summary>
    protected static string Ordered(OnnxNodes nodes, LayerInfo layer, params ReadOnlySpan<int> order) =>
        nodes.Add("Transpose", OnnxAttribute.Integers("perm", order), OnnxNodes.Value(layer, "kernel"), layer.Tensors[0].Name);
}
