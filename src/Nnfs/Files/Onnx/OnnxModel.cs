using System.Collections.Immutable;

namespace Nnfs.Files.Onnx;

/// <summary>
/// A network as an ONNX model: IR version 8, operator set 13. It takes "inputs" [batch, …] and gives "outputs" [batch, …], each in the shape of a sample, or
/// each input and output by its own name, with a free number of samples; indices are whole numbers of 64 bits. Field numbers are those of onnx.proto.
/// </summary>
internal static class OnnxModel
{
    /// <summary>The element type of 32-bit floats.</summary>
    public const int Float = 1;

    /// <summary>The element type of 64-bit whole numbers.</summary>
    public const int Integer = 7;

    /// <summary>The element type of truths.</summary>
    public const int Boolean = 9;

    /// <summary>The element type of 64-bit floats.</summary>
    public const int Double = 11;

    private const int IrVersion = 8;
    private const int OperatorSet = 13;

    /// <summary>The model of a network. It holds the network itself, and reads its parameters when it is written.</summary>
    /// <param name="network">The network.</param>
    /// <param name="scaling">How the model scales samples before the first layer; <see langword="null"/> where it does not.</param>
    public static ProtobufMessage Of<TSelf>(TSelf network, SampleScaling? scaling)
        where TSelf : INetworkModel<TSelf>
    {
        ProtobufMessage model = new ProtobufMessage()
            .Add(1, IrVersion)
            .Add(2, "Nnfs.Generators")
            .Add(7, Graph(network, scaling))
            .Add(8, new ProtobufMessage().Add(1, "").Add(2, OperatorSet));

        foreach ((string name, string value) in scaling is null ? [] : OnnxScaling.Metadata(scaling))
        {
            model.Add(14, new ProtobufMessage().Add(1, name).Add(2, value));
        }

        return model;
    }

    private static ProtobufMessage Graph<TSelf>(TSelf network, SampleScaling? scaling)
        where TSelf : INetworkModel<TSelf>
    {
        OnnxGraph graph = OnnxGraph.Of(TSelf.Layers, scaling);
        ProtobufMessage message = new();

        foreach (ProtobufMessage node in graph.Nodes.Messages)
        {
            message.Add(1, node);
        }

        message.Add(2, TSelf.Name);

        foreach (TensorInfo tensor in NetworkTensors<TSelf>.All)
        {
            message.Add(5, Initializer(tensor, network));
        }

        foreach (ProtobufMessage constant in graph.Nodes.Constants)
        {
            message.Add(5, constant);
        }

        foreach ((string name, ImmutableArray<int> shape, int type) in graph.Inputs)
        {
            message.Add(11, Value(name, type, shape));
        }

        foreach ((string name, ImmutableArray<int> shape) in graph.Outputs)
        {
            message.Add(12, Value(name, Float, shape));
        }

        return message;
    }

    private static ProtobufMessage Initializer<TSelf>(TensorInfo tensor, TSelf network)
        where TSelf : INetworkModel<TSelf>
    {
        ProtobufMessage message = new();

        foreach (int length in tensor.Shape)
        {
            message.Add(1, length);
        }

        return message
            .Add(2, Float)
            .Add(8, tensor.Name)
            .Add(9, tensor.Count * sizeof(float), stream => TensorBytes.Write(stream, tensor.In((ReadOnlySpan<float>)network.Parameters)));
    }

    /// <summary>An input or output of the graph: the samples, and the shape of each.</summary>
    private static ProtobufMessage Value(string name, int type, ImmutableArray<int> shape)
    {
        ProtobufMessage dimensions = new ProtobufMessage().Add(1, new ProtobufMessage().Add(2, "batch"));

        foreach (int size in shape)
        {
            dimensions.Add(1, new ProtobufMessage().Add(1, size));
        }

        ProtobufMessage tensor = new ProtobufMessage().Add(1, type).Add(2, dimensions);

        return new ProtobufMessage()
            .Add(1, name)
            .Add(2, new ProtobufMessage().Add(1, tensor));
    }
}
