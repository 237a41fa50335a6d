using System.Buffers.Binary;
using Nnfs.Files.Onnx;
using Nnfs.Import.Onnx;
using Nnfs.Import.Tests.Models;

namespace Nnfs.Import.Tests.Reading;

public sealed class OnnxReaderTests
{
    [Fact]
    public void Model_of_PyTorch_is_read()
    {
        OnnxModel model = OnnxReader.Read(ReferenceModel.Resource("mlp.onnx"));

        Assert.Equal("pytorch 1.13.0", model.Producer);
        Assert.Equal(13, model.OperatorSet);
        Assert.Equal(["Gemm", "Relu", "Gemm", "Softmax"], model.Graph.Nodes.Select(static node => node.Operator));
        Assert.Equal("x: float32 [batch, 4]", model.Graph.Inputs.Single().ToString());
        Assert.Equal("y: float32 [batch, 3]", model.Graph.Outputs.Single().ToString());
        Assert.Equal(["0.bias", "0.weight", "3.bias", "3.weight"], model.Graph.Initializers.Keys.Order(StringComparer.Ordinal));

        OnnxNode gemm = model.Graph.Nodes[0];
        Assert.Equal("/0/Gemm", gemm.Title);
        Assert.Equal(1, gemm.Integer("transB", 0));
        Assert.Equal(7, gemm.Integer("transA", 7));
        Assert.Equal(1f, gemm.Float("alpha", 0));
        Assert.Null(gemm.Integers("axes"));

        OnnxTensor bias = model.Graph.Initializers["3.bias"];
        Assert.Equal([3], bias.Dimensions);
        Assert.Equal([-0.04668340086936951f, 0.015355110168457031f, 0.22856664657592773f], bias.ToFloats());
    }

    [Theory]
    [MemberData(nameof(ReferenceModel.Files), MemberType = typeof(ReferenceModel))]
    public void Models_of_other_tools_are_read(string file)
    {
        OnnxGraph graph = OnnxReader.Read(ReferenceModel.Resource(file)).Graph;

        Assert.Equal("x", graph.Inputs.Single().Name);
        Assert.Equal("y", graph.Outputs.Single().Name);
    }

    [Fact]
    public void Values_are_decoded_whatever_the_file_has_them_as()
    {
        float[] floats = [1.5f, -2, 0.25f];

        Check(OnnxElementType.Float32, message => floats.Aggregate(message, static (message, value) => message.Add(4, value)), [1.5, -2, 0.25]);
        Check(OnnxElementType.Float32, message => Packed(message, 4, floats, BinaryPrimitives.WriteSingleLittleEndian), [1.5, -2, 0.25]);
        Half[] halves = [(Half)1.5, (Half)(-2), (Half)0.25];
        Check(OnnxElementType.Float16, message => Packed(message, 9, halves, BinaryPrimitives.WriteHalfLittleEndian), [1.5, -2, 0.25]);
        Check(OnnxElementType.Float16, message => message.Add(5, 0x3e00).Add(5, 0xc000).Add(5, 0x3400), [1.5, -2, 0.25]);
        Check(OnnxElementType.BFloat16, message => message.Add(5, 0x3fc0).Add(5, 0xc000).Add(5, 0x3e80), [1.5, -2, 0.25]);
        Check(OnnxElementType.Float64, message => Packed(message, 9, [1.5, -2, 0.25], BinaryPrimitives.WriteDoubleLittleEndian), [1.5, -2, 0.25]);
        Check(OnnxElementType.Float64, message => Packed(message, 10, [1.5, -2, 0.25], BinaryPrimitives.WriteDoubleLittleEndian), [1.5, -2, 0.25]);
        Check(OnnxElementType.Int64, message => message.Add(7, -1).Add(7, 3).Add(7, 1L << 40), [-1, 3, 1L << 40]);
        Check(OnnxElementType.Int64, message => Packed(message, 9, [-1, 3, 1L << 40], BinaryPrimitives.WriteInt64LittleEndian), [-1, 3, 1L << 40]);
        Check(OnnxElementType.Int32, message => Packed(message, 9, [-1, 3, 7], BinaryPrimitives.WriteInt32LittleEndian), [-1, 3, 7]);
        Check(OnnxElementType.Int8, message => message.Add(9, 3, static stream => stream.Write([255, 3, 7])), [-1, 3, 7]);
        Check(OnnxElementType.UInt8, message => message.Add(9, 3, static stream => stream.Write([255, 3, 7])), [255, 3, 7]);
        Check(OnnxElementType.Boolean, message => message.Add(9, 3, static stream => stream.Write([1, 0, 1])), [1, 0, 1]);
    }

    [Fact]
    public void Nodes_in_another_order_are_sorted()
    {
        OnnxModel model = Start().Node("Tanh", ["a"], "b").Node("Relu", ["x"], "a").Node("Sigmoid", ["b"], "y").Output("y").Read();

        Assert.Equal(["Relu", "Tanh", "Sigmoid"], model.Graph.Nodes.Select(static node => node.Operator));
    }

    /// <summary>Each takes a few bytes of the file, and many more in memory.</summary>
    [Fact]
    public void Nodes_that_are_too_many_are_refused()
    {
        // A node with the operator "A", as a field of the graph.
        byte[] graph = [.. Enumerable.Repeat((byte[])[0x0a, 3, 0x22, 1, 0x41], (1 << 17) + 2).SelectMany(static bytes => bytes)];
        MemoryStream file = new();
        new ProtobufMessage().Add(7, graph.Length, stream => stream.Write(graph)).WriteTo(file);

        OnnxException exception = Assert.Throws<OnnxException>(() => OnnxReader.Read(file.ToArray()));

        Assert.Equal("The graph has more than 131072 nodes, tensors, inputs and outputs.", exception.Message);
    }

    [Fact]
    public void Tensor_that_is_an_input_as_well_is_a_tensor()
    {
        OnnxModel model = new ModelBuilder().Input("w", 2).Input("x", "n", 2).Tensor("w", [2], 1, 2).Node("Add", ["x", "w"], "y").Output("y").Read();

        Assert.Equal("x", Assert.Single(model.Graph.Inputs).Name);
    }

    [Fact]
    public void Tensors_beside_the_model_are_read_from_its_folder_only()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("nnfs-import-");

        try
        {
            byte[] model = WithExternalTensor("weights.bin", "4");
            string path = Path.Combine(folder.FullName, "model.onnx");
            File.WriteAllBytes(path, model);
            Refused(() => OnnxReader.Read(path), "The tensor 'w' is in the file 'weights.bin', which is missing beside the model.");

            File.WriteAllBytes(Path.Combine(folder.FullName, "weights.bin"), [9, 9, 9, 9, 0, 0, 0x80, 0x3f, 0, 0, 0, 0x40]);
            Assert.Equal([1f, 2f], OnnxReader.Read(path).Graph.Initializers["w"].ToFloats());

            Refused(() => OnnxReader.Read(model), "The tensor 'w' is in the file 'weights.bin', and the model was given without its folder.");
            File.WriteAllBytes(path, WithExternalTensor("weights.bin", "8"));
            Refused(() => OnnxReader.Read(path), "The tensor 'w' takes 8 bytes from 8 of the file 'weights.bin', which has 12.");
            File.WriteAllBytes(path, WithExternalTensor("../weights.bin", "4"));
            Refused(() => OnnxReader.Read(path), "The tensor 'w' is in the file '../weights.bin', which is not in the model's own folder.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Faults_are_named()
    {
        Refused([], "The model has no graph: this is no ONNX file.");
        Refused([8], "The model ends within a number.");
        Refused([0x3a, 5, 1], "The model has a field of 5 bytes, but only 1 are left.");
        Refused([0x3a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1], "The model has a field of 18446744073709551615 bytes, but only 0 are left.");
        Refused([8, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], "The model has a number of more than 10 bytes.");
        Refused([0x0b], "The model has a field of the unknown kind 3.");
        Refused([0x38, 1], "The model has a field of number 7 and kind 0, where kind 2 is expected.");

        Refused(Start().Node("Relu", ["z"], "y").Output("y"), "The node 'y' (Relu) reads 'z', which is neither an input nor a tensor nor given by a node.");
        Refused(Start().Output("y"), "The output 'y' is given by no node.");
        Refused(Start().Node("Relu", ["x"], "y").Node("Tanh", ["x"], "y").Output("y"), "Two inputs, tensors or nodes of the graph give the value 'y'.");
        Refused(Start().Node("Relu", ["x"], "y").Output("y").Output("y"), "The graph has two outputs with the name 'y'.");
        Refused(
            Start().Node("Add", ["x", "b"], "a").Node("Relu", ["a"], "b").Output("b"),
            "The node 'a' (Add) waits for its own outputs: nodes of the graph read one another in a circle.");
        Refused(Start().Tensor("w", [2], 1, 2).Tensor("w", [2], 1, 2), "The graph has two tensors with the name 'w'.");
        Refused(Start().Tensor("w", [3], 1, 2), "The tensor 'w' of [3] needs 12 bytes, but has 8.");
        Refused(
            Start().Tensor(ModelBuilder.Message("w", OnnxElementType.Float32, [65536, 65536])),
            "The tensor 'w' of [65536, 65536] has more than 2147483647 values.");
        Refused(
            Start().Tensor(ModelBuilder.Message("w", OnnxElementType.Int64, [2]).Add(4, 1f).Add(4, 2f)),
            "The tensor 'w' is of int64, but has its values where those of other types belong.");
        Refused(Start().Node("Relu", ["x"], "y", ("a", 1), ("a", 2)).Output("y"), "A node 'y' has two attributes with the name 'a'.");
    }

    [Fact]
    public void Attribute_of_another_kind_is_refused()
    {
        OnnxNode node = Start().Node("Gemm", ["x"], "y", ("transB", 1f)).Output("y").Read().Graph.Nodes[0];

        Refused(() => node.Integer("transB", 0), "The attribute 'transB' of the node 'y' (Gemm) is of the kind Float where Integer is expected.");
    }

    private static ModelBuilder Start() => new ModelBuilder().Input("x", "n", 2);

    private static byte[] WithExternalTensor(string location, string offset) => Start()
        .Tensor(ModelBuilder.Message("w", OnnxElementType.Float32, [2]).Add(14, 1)
            .Add(13, new ProtobufMessage().Add(1, "location").Add(2, location)).Add(13, new ProtobufMessage().Add(1, "offset").Add(2, offset)))
        .Node("Add", ["x", "w"], "y").Output("y").Build();

    private static void Check(OnnxElementType type, Func<ProtobufMessage, ProtobufMessage> values, double[] expected)
    {
        OnnxModel model = Start().Tensor(values(ModelBuilder.Message("w", type, [3, 1]))).Read();
        OnnxTensor tensor = model.Graph.Initializers["w"];

        Assert.Equal(type, tensor.Type);
        Assert.Equal([3, 1], tensor.Dimensions);
        Assert.Equal(expected, tensor.ToDoubles());
        Assert.Equal(Array.ConvertAll(expected, static value => (float)value), tensor.ToFloats());
    }

    private static ProtobufMessage Packed<T>(ProtobufMessage message, int field, T[] values, Writer<T> write)
    {
        byte[] value = new byte[sizeof(double)];
        int size = System.Runtime.CompilerServices.Unsafe.SizeOf<T>();

        return message.Add(field, values.Length * size, stream =>
        {
            foreach (T number in values)
            {
                write(value, number);
                stream.Write(value, 0, size);
            }
        });
    }

    private static void Refused(ModelBuilder model, string message) => Refused(model.Build(), message);

    private static void Refused(byte[] file, string message) => Refused(() => OnnxReader.Read(file), message);

    private static void Refused(Func<object> read, string message) => Assert.Equal(message, Assert.Throws<OnnxException>(read).Message);

    private delegate void Writer<T>(Span<byte> destination, T value);
}
