using Nnfs.Import.Onnx;
using Nnfs.Import.Tests.Models;

namespace Nnfs.Import.Tests.Simplifying;

/// <summary>Models that are sound files, and whose nodes make no sense or ask for too much: each is refused with a reason, soon.</summary>
public sealed class HostileModelTests
{
    private static readonly string[] s_operators =
    [
        "Add", "AveragePool", "BatchNormalization", "Cast", "Clip", "Concat", "Conv", "ConvTranspose", "Div", "Dropout", "Expand", "Flatten", "GRU", "Gather",
        "Gelu", "Gemm", "GlobalAveragePool", "Identity", "LSTM", "LayerNormalization", "LeakyRelu", "Log", "MatMul", "Max", "MaxPool", "Mul", "PRelu", "Pad",
        "Pow", "RNN", "ReduceMean", "Relu", "Reshape", "Resize", "Shape", "Slice", "Softmax", "Split", "Squeeze", "Sub", "Sum", "Transpose", "Trilu",
        "Unsqueeze", "Upsample", "Where",
    ];

    /// <summary>Each operator with any number of inputs of any kind, among others of the same sort.</summary>
    [Fact]
    public void Nodes_that_make_no_sense_are_refused_or_imported()
    {
        Random random = new(5);

        for (int i = 0; i < 4000; i++)
        {
            ModelBuilder model = new ModelBuilder(random.Next(9, 22)).Input("v0", "n", 4).Input("v1", "n", 2, 3, 3).Tensor("v2", [4], 1, 2, 3, 4)
                .Integers("v3", [2], 1, 2).Integers("v4", [], 1).Tensor("v5", [2, 2, 3, 3], new float[36]).Tensor("v6", [0]);
            int values = 7;

            for (int node = 0; node < 5; node++)
            {
                string[] inputs = [.. Enumerable.Range(0, random.Next(0, 4)).Select(_ => $"v{random.Next(values)}")];
                model.Node(s_operators[random.Next(s_operators.Length)], inputs, $"v{values++}", Attributes(random));
            }

            OnnxModel read = model.Output($"v{values - 1}").Read();

            try
            {
                OnnxImport.Read(read, "Net");
            }
            catch (Exception exception) when (exception is ImportException or OnnxException)
            {
                // That is what is expected.
            }
        }
    }

    /// <summary>Each node gives as much as one may, and they are many.</summary>
    [Fact]
    public void Constants_that_take_too_much_memory_are_not_computed()
    {
        ModelBuilder model = new ModelBuilder().Input("x", "n", 2).Integers("shape", [2], 4000, 4000).Tensor("one", [], 1)
            .Node("ConstantOfShape", ["shape"], "c0");

        for (int i = 0; i < 50; i++)
        {
            model.Node("Add", [$"c{i}", "one"], $"c{i + 1}");
        }

        ImportException exception = Assert.Throws<ImportException>(
            () => OnnxImport.Read(model.Node("ReduceMean", ["c50"], "r").Node("Add", ["x", "r"], "y").Output("y").Read(), "Net"));

        Assert.Contains(" elements allowed", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constants_that_take_too_much_work_are_not_computed()
    {
        ModelBuilder model = new ModelBuilder().Input("x", "n", 2).Integers("shape", [2], 2000, 2000).Node("ConstantOfShape", ["shape"], "c")
            .Node("MatMul", ["c", "c"], "m").Node("ReduceMean", ["m"], "r").Node("Add", ["x", "r"], "y").Output("y");

        ImportException exception = Assert.Throws<ImportException>(() => OnnxImport.Read(model.Read(), "Net"));

        Assert.Contains("the model computes too much from constants", exception.Message, StringComparison.Ordinal);
    }

    private static (string, object)[] Attributes(Random random)
    {
        (string Name, object Value)[] all =
        [
            ("axis", random.Next(-3, 4)), ("axes", (int[])[random.Next(-3, 4)]), ("keepdims", random.Next(2)), ("perm", (int[])[0, 2, 1]),
            ("kernel_shape", (int[])[random.Next(4), 2]), ("pads", (int[])[0, random.Next(-1, 3), 1, 1]), ("strides", (int[])[random.Next(3), 2]),
            ("group", random.Next(-1, 3)), ("to", random.Next(12)), ("hidden_size", random.Next(3)), ("direction", "bidirectional"), ("alpha", 0.5f),
            ("transB", "text"), ("mode", "nearest"),
        ];

        return [.. all.Where(_ => random.Next(4) == 0)];
    }
}
