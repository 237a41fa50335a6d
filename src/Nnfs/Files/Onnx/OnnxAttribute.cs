namespace Nnfs.Files.Onnx;

/// <summary>The settings of a node: attributes, as ONNX calls them.</summary>
internal static class OnnxAttribute
{
    private const int FloatType = 1;
    private const int IntegerType = 2;
    private const int TextType = 3;
    private const int IntegersType = 7;

    /// <summary>A number.</summary>
    public static ProtobufMessage Number(string name, float value) => new ProtobufMessage().Add(1, name).Add(2, value).Add(20, FloatType);

    /// <summary>A whole number.</summary>
    public static ProtobufMessage Integer(string name, int value) => new ProtobufMessage().Add(1, name).Add(3, value).Add(20, IntegerType);

    /// <summary>A text.</summary>
    public static ProtobufMessage Text(string name, string value) => new ProtobufMessage().Add(1, name).Add(4, value).Add(20, TextType);

    /// <summary>What operators that move a window over an image, or over a sequence, have in common.</summary>
    public static ProtobufMessage[] OfWindow(LayerInfo layer)
    {
        Window2D window = layer.Window!;
        (int[] kernel, int[] pads) = layer.InputShape.Length == 2
            ? ((int[])[window.KernelWidth], (int[])[window.PadLeft, window.PadRight])
            : ([window.KernelHeight, window.KernelWidth], [window.PadTop, window.PadLeft, window.PadBottom, window.PadRight]);

        return [Integers("kernel_shape", kernel), OfEachDimension("strides", layer, window.Stride), Integers("pads", pads)];
    }

    /// <summary>A number that is the same for each dimension that a window moves over.</summary>
    public static ProtobufMessage OfEachDimension(string name, LayerInfo layer, int value) =>
        Integers(name, [.. Enumerable.Repeat(value, layer.InputShape.Length - 1)]);

    /// <summary>A list of whole numbers.</summary>
    public static ProtobufMessage Integers(string name, params ReadOnlySpan<int> values)
    {
        ProtobufMessage attribute = new ProtobufMessage().Add(1, name);

        foreach (int value in values)
        {
            attribute.Add(8, value);
        }

        return attribute.Add(20, IntegersType);
    }
}
