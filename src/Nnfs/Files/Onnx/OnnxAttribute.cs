namespace Nnfs.Files.Onnx;

/// <summary>The settings of a node: attributes, as ONNX calls them.</summary>
internal static class OnnxAttribute
{
    private const int FloatType = 1;
    private const int IntegerType = 2;
    private const int IntegersType = 7;

    /// <summary>A number.</summary>
    public static ProtobufMessage Number(string name, float value) => new ProtobufMessage().Add(1, name).Add(2, value).Add(20, FloatType);

    /// <summary>A whole number.</summary>
    public static ProtobufMessage Integer(string name, int value) => new ProtobufMessage().Add(1, name).Add(3, value).Add(20, IntegerType);

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
