using Nnfs.Import.Onnx;
using Nnfs.Import.Tests.Models;
using Nnfs.Import.Tests.Writing;

namespace Nnfs.Import.Tests.Simplifying;

/// <summary>Each operator in the forms that it has had, as small models: the layers that come out, which predict what the model gives.</summary>
public sealed class OperatorTests
{
    private readonly Random _random = new(7);

    [Fact]
    public void Products_with_matrices_are_dense_layers()
    {
        Check("[Network(3)] [Dense(4)]", Vector(3).Tensor("w", [4, 3], Draw(12)).Tensor("b", [4], Draw(4)).Node("Gemm", ["x", "w", "b"], "y", ("transB", 1)));
        Check(
            "[Network(3)] [Dense(4)]",
            Vector(3).Tensor("w", [3, 4], Draw(12)).Tensor("b", [1, 4], Draw(4)).Node("Gemm", ["x", "w", "b"], "y", ("alpha", 0.5f), ("beta", 2f)));
        Check("[Network(3)] [Dense(4)]", Vector(3).Tensor("w", [3, 4], Draw(12)).Node("Gemm", ["x", "w"], "y"));
        Check(
            "[Network(3)] [Dense(4)]",
            Vector(3).Tensor("w", [3, 4], Draw(12)).Tensor("b", [4], Draw(4)).Node("MatMul", ["x", "w"], "m").Node("Add", ["b", "m"], "y"));
        Check("[Network(3)] [Dense(1)]", Vector(3).Tensor("w", [3], Draw(3)).Node("MatMul", ["x", "w"], "y"));
        Check(
            "[Network(5, 3)] [Dense(4, EachStep = true)]",
            Model().Input("x", "n", 5, 3).Tensor("w", [3, 4], Draw(12)).Node("MatMul", ["x", "w"], "y").Output("y"));
    }

    [Fact]
    public void Rows_of_weights_follow_the_values_that_they_multiply()
    {
        // Channels first, flattened: channels, rows, columns; ours have the channels last.
        Check(
            "[Network(4, 3, 2)] [Conv2D(3, 1)] [Dense(5)]",
            Image(2, 4, 3).Tensor("k", [3, 2, 1, 1], Draw(6)).Tensor("b", [3], Draw(3)).Node("Conv", ["x", "k", "b"], "c").Node("Flatten", ["c"], "f")
                .Tensor("w", [36, 5], Draw(180)).Node("Gemm", ["f", "w"], "y"));

        // The same by a reshape with the number of samples computed from the shape.
        Check(
            "[Network(4, 3, 2)] [Conv2D(3, 1)] [Dense(5)]",
            Image(2, 4, 3).Tensor("k", [3, 2, 1, 1], Draw(6)).Tensor("b", [3], Draw(3)).Node("Conv", ["x", "k", "b"], "c")
                .Node("Shape", ["c"], "s").Integers("zero", [], 0).Node("Gather", ["s", "zero"], "n").Integers("axes", [1], 0)
                .Node("Unsqueeze", ["n", "axes"], "n1")
                .Integers("rest", [1], -1).Node("Concat", ["n1", "rest"], "to", ("axis", 0)).Node("Reshape", ["c", "to"], "f")
                .Tensor("w", [36, 5], Draw(180)).Node("Gemm", ["f", "w"], "y"));
    }

    [Fact]
    public void Activations_keep_their_settings()
    {
        Check("[Network(3)] [Dense(4)] [ReLU]", AfterDense().Node("Relu", ["h"], "y"));
        Check("[Network(3)] [Dense(4)] [ReLU]", AfterDense().Tensor("least", [], 0).Node("Clip", ["h", "least"], "y"));
        Check("[Network(3)] [Dense(4)] [ReLU]", AfterDense(9).Node("Clip", ["h"], "y", ("min", 0f)));
        Check("[Network(3)] [Dense(4)] [ReLU]", AfterDense().Tensor("zero", [1], 0).Node("Max", ["h", "zero"], "y"));
        Check("[Network(3)] [Dense(4)] [LeakyReLU]", AfterDense().Node("LeakyRelu", ["h"], "y"));
        Check("[Network(3)] [Dense(4)] [LeakyReLU(0.3)]", AfterDense().Node("LeakyRelu", ["h"], "y", ("alpha", 0.3f)));
        Check("[Network(3)] [Dense(4)] [LeakyReLU(0.25)]", AfterDense().Tensor("slope", [1], 0.25f).Node("PRelu", ["h", "slope"], "y"));
        Check("[Network(3)] [Dense(4)] [ELU(0.5)]", AfterDense().Node("Elu", ["h"], "y", ("alpha", 0.5f)));
        Check("[Network(3)] [Dense(4)] [SELU]", AfterDense().Node("Selu", ["h"], "y"));
        Check("[Network(3)] [Dense(4)] [Tanh]", AfterDense().Node("Tanh", ["h"], "y"));
        Check("[Network(3)] [Dense(4)] [Softplus]", AfterDense().Node("Softplus", ["h"], "y"));
        Check("[Network(3)] [Dense(4)] [HardSwish]", AfterDense().Node("HardSwish", ["h"], "y"));
        Check("[Network(3)] [Dense(4)] [HardSigmoid]", AfterDense().Node("HardSigmoid", ["h"], "y", ("alpha", 1f / 6)));
        Check("[Network(3)] [Dense(4)] [HardSigmoid]", AfterDense().Node("HardSigmoid", ["h"], "y"));
        Check("[Network(3)] [Dense(4)] [GELU]", AfterDense(20).Node("Gelu", ["h"], "y"));
        Check("[Network(3)] [Dense(4)] [GELU(Form = GELUForm.Tanh)]", AfterDense(20).Node("Gelu", ["h"], "y", ("approximate", "tanh")));
        Check("[Network(3)] [Dense(4)] [Dropout(0.25)] [Tanh]", AfterDense(10).Node("Dropout", ["h"], "d", ("ratio", 0.25f)).Node("Tanh", ["d"], "y"));
        Check("[Network(3)] [Dense(4)] [Dropout(0.25)] [Tanh]", AfterDense().Tensor("r", [], 0.25f).Node("Dropout", ["h", "r"], "d").Node("Tanh", ["d"], "y"));
        Check("[Network(3)] [Dense(4)] [Tanh]", AfterDense().Node("Identity", ["h"], "i").Node("Cast", ["i"], "c", ("to", 1)).Node("Tanh", ["c"], "y"));
    }

    /// <summary>ReLU6 and others between two bounds are one layer, and the weights around it take in what it is scaled by.</summary>
    [Theory]
    [InlineData(0f, 6f, "HardSigmoid")]
    [InlineData(-1f, 1f, "HardSigmoid")]
    [InlineData(-0.2f, 0.1f, "HardSigmoid")]
    [InlineData(-0.5f, null, "ReLU")]
    [InlineData(null, 0.25f, "ReLU")]
    public void Bounds_are_layers(float? least, float? greatest, string kind)
    {
        List<(string, object)> stated = [];

        if (least is { } min)
        {
            stated.Add(("min", min));
        }

        if (greatest is { } max)
        {
            stated.Add(("max", max));
        }

        (string, object)[] bounds = [.. stated];
        Check(
            $"[Network(3)] [Dense(4)] [{kind}] [Dense(2)]",
            AfterDense(9).Node("Clip", ["h"], "c", bounds).Tensor("w", [4, 2], Draw(8)).Node("MatMul", ["c", "w"], "y"));
        Assert.NotEmpty(ImportCheck.Attributes(Ending(AfterDense(9).Node("Clip", ["h"], "c", bounds).Node("Add", ["c", "h"], "y"))));
    }

    [Fact]
    public void Ends_become_losses_that_give_the_same_predictions()
    {
        Check("[Network(3)] [Dense(4)] [SoftmaxCrossEntropy]", AfterDense().Node("Softmax", ["h"], "y"));
        Check("[Network(3)] [Dense(4)] [SoftmaxCrossEntropy]", AfterDense(11).Node("Softmax", ["h"], "y"));
        Check("[Network(3)] [Dense(4)] [SoftmaxCrossEntropy]", AfterDense().Node("LogSoftmax", ["h"], "y"));
        Check("[Network(3)] [Dense(4)] [SoftmaxCrossEntropy]", AfterDense().Node("Softmax", ["h"], "s").Node("Log", ["s"], "y"));
        Check("[Network(3)] [Dense(4)] [SigmoidBinaryCrossEntropy]", AfterDense().Node("Sigmoid", ["h"], "y"));
        Check("[Network(3)] [Dense(4)] [Softmax] [Tanh]", AfterDense().Node("Softmax", ["h"], "s").Node("Tanh", ["s"], "y"));
        Check(
            "[Network(3)] [Dense(4)] [SoftmaxCrossEntropy] [Output(\"a\")] [Dense(2)] [SigmoidBinaryCrossEntropy] [Output(\"b\")]",
            AfterDense().Node("Softmax", ["h"], "a").Output("a").Tensor("v", [4, 2], Draw(8)).Node("MatMul", ["h", "v"], "m").Node("Sigmoid", ["m"], "b")
                .Output("b"));
    }

    [Fact]
    public void Functions_of_several_nodes_are_one_layer()
    {
        ModelBuilder Root() => AfterDense().Tensor("half", [], 0.5f).Tensor("one", [], 1).Tensor("root", [], 1.41421356f).Tensor("three", [], 3)
            .Tensor("six", [], 6).Tensor("zero", [], 0);

        Check("[Network(3)] [Dense(4)] [SiLU]", Root().Node("Sigmoid", ["h"], "s").Node("Mul", ["s", "h"], "y"));
        Check(
            "[Network(3)] [Dense(4)] [GELU]",
            Root().Node("Div", ["h", "root"], "d").Node("Erf", ["d"], "e").Node("Add", ["e", "one"], "a").Node("Mul", ["h", "half"], "m")
                .Node("Mul", ["m", "a"], "y"));
        Check(
            "[Network(3)] [Dense(4)] [GELU(Form = GELUForm.Tanh)]",
            Root().Node("Pow", ["h", "three"], "p").Tensor("c", [], 0.044715f).Node("Mul", ["p", "c"], "q").Node("Add", ["h", "q"], "r")
                .Tensor("k", [], 0.79788456f).Node("Mul", ["r", "k"], "t").Node("Tanh", ["t"], "u").Node("Add", ["one", "u"], "a").Node("Mul", ["h", "a"], "m")
                .Node("Mul", ["half", "m"], "y"));
        Check(
            "[Network(3)] [Dense(4)] [HardSwish]",
            Root().Node("Add", ["h", "three"], "a").Node("Clip", ["a", "zero", "six"], "c").Node("Div", ["c", "six"], "g").Node("Mul", ["h", "g"], "y"));
        Check(
            "[Network(3)] [Dense(4)] [HardSigmoid]",
            Root().Node("Add", ["h", "three"], "a").Node("Clip", ["a", "zero", "six"], "c").Node("Div", ["c", "six"], "y"));
        Check("[Network(3)] [Dense(4)] [HardSwish]", Root().Node("HardSigmoid", ["h"], "g", ("alpha", 1f / 6)).Node("Mul", ["g", "h"], "y"));
        Check("[Network(3)] [Dense(4)] [Multiply(\"Dense1\", \"Dense1\")]", Root().Tensor("two", [], 2).Node("Pow", ["h", "two"], "y"));
    }

    [Fact]
    public void Norms_are_layers()
    {
        Check(
            "[Network(3)] [Dense(4)] [BatchNorm(Epsilon = 0.001, Momentum = 0.2)]",
            AfterDense().Tensor("g", [4], Draw(4)).Tensor("b", [4], Draw(4)).Tensor("m", [4], Draw(4)).Tensor("v", [4], 1, 2, 0.5f, 3)
                .Node("BatchNormalization", ["h", "g", "b", "m", "v"], "y", ("epsilon", 1e-3f), ("momentum", 0.8f)));
        Check(
            "[Network(4, 3, 2)] [Conv2D(3, 1, UseBias = false)] [BatchNorm] [Dense(2)]",
            Image(2, 4, 3).Tensor("k", [3, 2, 1, 1], Draw(6)).Node("Conv", ["x", "k"], "c").Tensor("g", [3], Draw(3)).Tensor("b", [3], Draw(3))
                .Tensor("m", [3], Draw(3)).Tensor("v", [3], 1, 2, 0.5f).Node("BatchNormalization", ["c", "g", "b", "m", "v"], "n")
                .Node("Flatten", ["n"], "f").Tensor("w", [36, 2], Draw(72)).Node("MatMul", ["f", "w"], "y"));
        Check(
            "[Network(5, 4)] [LayerNorm]",
            Model().Input("x", "n", 5, 4).Tensor("g", [4], Draw(4)).Tensor("b", [4], Draw(4)).Node("LayerNormalization", ["x", "g", "b"], "y").Output("y"));
        Check(
            "[Network(5, 4)] [RMSNorm(Epsilon = 0.001)]",
            Model().Input("x", "n", 5, 4).Tensor("two", [], 2).Tensor("e", [], 1e-3f).Tensor("g", [4], Draw(4)).Node("Pow", ["x", "two"], "p")
                .Node("ReduceMean", ["p"], "m", ("axes", (int[])[-1])).Node("Add", ["m", "e"], "a").Node("Sqrt", ["a"], "s").Node("Reciprocal", ["s"], "r")
                .Node("Mul", ["x", "r"], "q").Node("Mul", ["g", "q"], "y").Output("y"));
        Check(
            "[Network(5, 4)] [LayerNorm]",
            Model(18).Input("x", "n", 5, 4).Integers("axes", [1], -1).Tensor("two", [], 2).Tensor("e", [], 1e-5f).Tensor("g", [4], Draw(4))
                .Tensor("b", [4], Draw(4))
                .Node("ReduceMean", ["x", "axes"], "m").Node("Sub", ["x", "m"], "c").Node("Sub", ["x", "m"], "c2").Node("Pow", ["c2", "two"], "p")
                .Node("ReduceMean", ["p", "axes"], "v").Node("Add", ["v", "e"], "a").Node("Sqrt", ["a"], "s").Node("Div", ["c", "s"], "q")
                .Node("Mul", ["q", "g"], "t").Node("Add", ["t", "b"], "y").Output("y"));
    }

    [Fact]
    public void Constants_are_taken_into_the_layer_before_or_after()
    {
        // Pixels from 0 to 255 and their means and deviations, before a convolution.
        Check(
            "[Network(5, 5, 3)] [Conv2D(2, 3)]",
            Image(3, 5, 5).Tensor("max", [], 255).Tensor("mean", [3, 1, 1], 0.1f, 0.2f, 0.3f).Tensor("deviation", [1, 3, 1, 1], 0.5f, 0.6f, 0.7f)
                .Node("Div", ["x", "max"], "a").Node("Sub", ["a", "mean"], "b").Node("Div", ["b", "deviation"], "c")
                .Tensor("k", [2, 3, 3, 3], Draw(54)).Tensor("bias", [2], Draw(2)).Node("Conv", ["c", "k", "bias"], "y").Output("y"));
        Check(
            "[Network(3)] [Dense(4)] [Dense(2)]",
            AfterDense().Tensor("s", [4], Draw(4)).Tensor("t", [4], Draw(4)).Node("Mul", ["h", "s"], "a").Node("Sub", ["t", "a"], "b")
                .Tensor("w2", [4, 2], Draw(8)).Node("MatMul", ["b", "w2"], "c").Tensor("two", [1], 2).Node("Neg", ["c"], "d").Node("Div", ["d", "two"], "y"));

        // With zeros around the image, or with nothing that takes them in, they are a layer of their own.
        Check(
            "[Network(5, 5, 2)] [DepthwiseConv2D(1)] [Conv2D(2, 3, Padding = Padding.Same, UseBias = false)]",
            Image(2, 5, 5).Tensor("t", [2, 1, 1], Draw(2)).Node("Add", ["x", "t"], "a").Tensor("k", [2, 2, 3, 3], Draw(36))
                .Node("Conv", ["a", "k"], "y", ("pads", (int[])[1, 1, 1, 1])));
        Check(
            "[Network(3)] [Dense(4)] [Tanh] [Reshape(1, 4)] [DepthwiseConv1D(1)] [Flatten]",
            AfterDense().Node("Tanh", ["h"], "t").Tensor("two", [], 2).Node("Mul", ["t", "two"], "y"));

        // A layer that something else reads is left as it is.
        Check(
            "[Network(3)] [Dense(4)] [Tanh] [Dense(4, From = \"Dense1\")] [Add(\"Tanh1\", \"Dense2\")]",
            AfterDense().Tensor("two", [], 2).Node("Tanh", ["h"], "t").Node("Mul", ["h", "two"], "m").Tensor("w2", [4, 4], Draw(16))
                .Node("MatMul", ["m", "w2"], "d")
                .Node("Add", ["t", "d"], "y"));
    }

    [Fact]
    public void Joins_read_layers_and_inputs_by_name()
    {
        Check(
            "[Network] [Input(\"x\", 4)] [Dense(4)] [Tanh] [Add(\"x\", \"Tanh1\")]",
            Model().Input("x", "n", 4).Tensor("w", [4, 4], Draw(16)).Node("MatMul", ["x", "w"], "h").Node("Tanh", ["h"], "t").Node("Add", ["x", "t"], "y")
                .Output("y"));
        Check(
            "[Network] [Input(\"left\", 2)] [Input(\"right\", 3)] [Concat(\"left\", \"right\")] [Dense(2)]",
            Model().Input("left", "n", 2).Input("right", "n", 3).Node("Concat", ["left", "right"], "c", ("axis", 1)).Tensor("w", [5, 2], Draw(10))
                .Node("MatMul", ["c", "w"], "y").Output("y"));
        Check(
            "[Network(3)] [Dense(4)] [Tanh] [Dense(4)] [Add(\"Tanh1\", \"Dense2\")]",
            AfterDense().Node("Tanh", ["h"], "t").Tensor("w2", [4, 4], Draw(16)).Node("MatMul", ["t", "w2"], "d").Node("Sub", ["t", "d"], "y"));

        // Channels of images, and steps of sequences.
        Check(
            "[Network(3, 3, 2)] [Conv2D(2, 1, UseBias = false)] [Conv2D(3, 1, UseBias = false)] [Concat(\"Conv2D1\", \"Conv2D2\")] [GlobalMaxPool]",
            Image(2, 3, 3).Tensor("k", [2, 2, 1, 1], Draw(4)).Tensor("l", [3, 2, 1, 1], Draw(6)).Node("Conv", ["x", "k"], "a").Node("Conv", ["a", "l"], "b")
                .Node("Concat", ["a", "b"], "c", ("axis", 1)).Node("GlobalMaxPool", ["c"], "g").Node("Flatten", ["g"], "y"));
        Check(
            "[Network] [Input(\"x\", 4, 2)] [Dense(2, EachStep = true)] [Flatten] [Flatten(From = \"x\")] [Concat(\"Flatten1\", \"Flatten2\")] [Reshape(8, 2)]",
            Model().Input("x", "n", 4, 2).Tensor("w", [2, 2], Draw(4)).Node("MatMul", ["x", "w"], "a").Node("Concat", ["a", "x"], "y", ("axis", 1))
                .Output("y"));
    }

    [Fact]
    public void Neurons_of_dense_layers_are_layers()
    {
        Check(
            "[Network] [Input(\"x\", 3)] [Dense(2)] [Dense(2, From = \"x\")] [Multiply(\"Dense1\", \"Dense2\")]",
            AfterDense().Node("Split", ["h"], ["a", "b"], ("axis", 1)).Node("Mul", ["a", "b"], "y"));
        Check(
            "[Network(3)] [Dense(2)] [Tanh]",
            AfterDense().Integers("s", [1], 1).Integers("e", [1], 3).Integers("a", [1], -1).Node("Slice", ["h", "s", "e", "a"], "p").Node("Tanh", ["p"], "y"));
        Check("[Network(3)] [Dense(1)] [Tanh]", AfterDense().Integers("i", [], 2).Node("Gather", ["h", "i"], "p", ("axis", 1)).Node("Tanh", ["p"], "y"));
    }

    [Theory]
    [InlineData("[Conv2D(2, 3)]", new[] { 0, 0, 0, 0 }, 1, 1)]
    [InlineData("[Conv2D(2, 3, Padding = Padding.Same)]", new[] { 1, 1, 1, 1 }, 1, 1)]
    [InlineData("[Conv2D(2, 3, Stride = 2, Padding = Padding.Same)]", new[] { 1, 1, 1, 1 }, 2, 1)]
    [InlineData("[Conv2D(2, 3, Dilation = 2, Padding = Padding.Same)]", new[] { 2, 2, 2, 2 }, 1, 2)]
    [InlineData("[ZeroPadding2D(2)] [Conv2D(2, 3)]", new[] { 2, 2, 2, 2 }, 1, 1)]
    [InlineData("[ZeroPadding2D(2, 1)] [Conv2D(2, 3)]", new[] { 2, 1, 2, 1 }, 1, 1)]
    [InlineData("[ZeroPadding2D(1, 0, 2, 1)] [Conv2D(2, 3)]", new[] { 1, 2, 0, 1 }, 1, 1)]
    public void Convolutions_keep_their_windows(string expected, int[] pads, int stride, int dilation) => Check(
        $"[Network(7, 5, 3)] {expected}",
        Image(3, 7, 5).Tensor("k", [2, 3, 3, 3], Draw(54)).Tensor("b", [2], Draw(2)).Node(
            "Conv", ["x", "k", "b"], "y", ("pads", pads), ("strides", (int[])[stride, stride]), ("dilations", (int[])[dilation, dilation])));

    [Fact]
    public void Convolutions_have_groups_and_other_dimensions()
    {
        Check(
            "[Network(6, 6, 4)] [Conv2D(6, 3, 2, Groups = 2)]",
            Image(4, 6, 6).Tensor("k", [6, 2, 3, 2], Draw(72)).Tensor("b", [6], Draw(6)).Node("Conv", ["x", "k", "b"], "y", ("group", 2)));
        Check(
            "[Network(6, 6, 4)] [DepthwiseConv2D(3, Padding = Padding.Same, UseBias = false)]",
            Image(4, 6, 6).Tensor("k", [4, 1, 3, 3], Draw(36)).Node("Conv", ["x", "k"], "y", ("group", 4), ("auto_pad", "SAME_UPPER")));
        Check(
            "[Network(9, 3)] [Conv1D(2, 3, Dilation = 2, Padding = Padding.Causal)]",
            Model().Input("x", "n", 3, 9).Tensor("k", [2, 3, 3], Draw(18)).Tensor("b", [2], Draw(2))
                .Node("Conv", ["x", "k", "b"], "y", ("pads", (int[])[4, 0]), ("dilations", (int[])[2])).Output("y"));
        Check(
            "[Network(9, 3)] [DepthwiseConv1D(3)]",
            Model().Input("x", "n", 3, 9).Tensor("k", [3, 1, 3], Draw(9)).Tensor("b", [3], Draw(3)).Node("Conv", ["x", "k", "b"], "y", ("group", 3))
                .Output("y"));
        Check(
            "[Network(9, 3)] [ZeroPadding1D(2, 0)] [Conv1D(2, 2, Stride = 2, UseBias = false)]",
            Model().Input("x", "n", 3, 9).Tensor("k", [2, 3, 2], Draw(12)).Node("Conv", ["x", "k"], "y", ("pads", (int[])[2, 0]), ("strides", (int[])[2]))
                .Output("y"));
        Check(
            "[Network(5, 4, 2)] [ZeroPadding2D(1, 2, 0, 1)] [Conv2D(2, 3, UseBias = false)]",
            Image(2, 5, 4).Integers("p", [8], 0, 0, 1, 0, 0, 0, 2, 1).Node("Pad", ["x", "p"], "q").Tensor("k", [2, 2, 3, 3], Draw(36))
                .Node("Conv", ["q", "k"], "y"));
        Check(
            "[Network(5, 4, 2)] [ZeroPadding2D(1)] [Conv2D(2, 3, UseBias = false)]",
            new ModelBuilder(10).Input("x", "n", 2, 5, 4).Node("Pad", ["x"], "q", ("pads", (int[])[0, 0, 1, 1, 0, 0, 1, 1])).Tensor("k", [2, 2, 3, 3], Draw(36))
                .Node("Conv", ["q", "k"], "y").Output("y"));
    }

    [Theory]
    [InlineData("[ConvTranspose2D(2, 3, Stride = 2)]", 3, 2, new[] { 0, 0, 0, 0 }, 0)]
    [InlineData("[ConvTranspose2D(2, 4, Stride = 2, Padding = Padding.Same)]", 4, 2, new[] { 1, 1, 1, 1 }, 0)]
    [InlineData("[ConvTranspose2D(2, 4, Stride = 2, Padding = Padding.Same)]", 3, 2, new[] { 1, 1, 1, 1 }, 1)]
    [InlineData("[ConvTranspose2D(2, 3, Padding = Padding.Same)]", 3, 1, new[] { 1, 1, 1, 1 }, 0)]
    public void Transposed_convolutions_keep_their_windows(string expected, int kernel, int stride, int[] pads, int further) => Check(
        $"[Network(4, 3, 3)] {expected}",
        Image(3, 4, 3).Tensor("k", [3, 2, kernel, kernel], Draw(6 * kernel * kernel)).Tensor("b", [2], Draw(2)).Node(
            "ConvTranspose",
            ["x", "k", "b"],
            "y",
            ("pads", pads),
            ("strides", (int[])[stride, stride]),
            ("output_padding", (int[])[further, further])));

    [Fact]
    public void Pools_keep_their_windows()
    {
        int[] two = [2, 2], three = [3, 3], one = [1, 1, 1, 1];

        Check("[Network(6, 6, 2)] [MaxPool2D(2)]", Image(2, 6, 6).Node("MaxPool", ["x"], "y", ("kernel_shape", two), ("strides", two)));
        Check("[Network(6, 6, 2)] [MaxPool2D(3, Stride = 1)]", Image(2, 6, 6).Node("MaxPool", ["x"], "y", ("kernel_shape", three)));
        Check(
            "[Network(7, 7, 2)] [MaxPool2D(2, Padding = Padding.Same)]",
            Image(2, 7, 7).Node("MaxPool", ["x"], "y", ("kernel_shape", two), ("strides", two), ("ceil_mode", 1)));
        Check(
            "[Network(8, 8, 2)] [ReLU] [ZeroPadding2D(1, 0, 1, 0)] [MaxPool2D(3, Stride = 2)]",
            Image(2, 8, 8).Node("Relu", ["x"], "r").Node("MaxPool", ["r"], "y", ("kernel_shape", three), ("strides", two), ("pads", one)));
        Check(
            "[Network(6, 6, 2)] [AveragePool2D(3, Stride = 1, Padding = Padding.Same)]",
            Image(2, 6, 6).Node("AveragePool", ["x"], "y", ("kernel_shape", three), ("pads", one)));
        Check(
            "[Network(6, 6, 2)] [ZeroPadding2D(1)] [AveragePool2D(3, Stride = 1)]",
            Image(2, 6, 6).Node("AveragePool", ["x"], "y", ("kernel_shape", three), ("pads", one), ("count_include_pad", 1)));
        Check("[Network(6, 4, 2)] [GlobalAveragePool]", Image(2, 6, 4).Node("AveragePool", ["x"], "y", ("kernel_shape", (int[])[6, 4])));
        Check("[Network(6, 4, 2)] [GlobalAveragePool]", Image(2, 6, 4).Node("GlobalAveragePool", ["x"], "g").Node("Flatten", ["g"], "y"));
        Check(
            "[Network(9, 2)] [MaxPool1D(3)]",
            Model().Input("x", "n", 2, 9).Node("MaxPool", ["x"], "y", ("kernel_shape", (int[])[3]), ("strides", (int[])[3])).Output("y"));
        Check(
            "[Network(9, 2)] [GlobalAveragePool] [Dense(3)]",
            Model().Input("x", "n", 9, 2).Node("ReduceSum", ["x"], "s", ("axes", (int[])[1]), ("keepdims", 0)).Tensor("w", [2, 3], Draw(6))
                .Node("MatMul", ["s", "w"], "y")
                .Output("y"));
        Check(
            "[Network(9, 2)] [GlobalMaxPool]",
            Model().Input("x", "n", 9, 2).Node("ReduceMax", ["x"], "y", ("axes", (int[])[1]), ("keepdims", 0)).Output("y"));
        Check(
            "[Network(9, 2)] [GlobalAveragePool]",
            Model(18).Input("x", "n", 9, 2).Integers("axes", [1], 1).Node("ReduceMean", ["x", "axes"], "y", ("keepdims", 0)).Output("y"));
        Check(
            "[Network(3, 4, 2)] [Upsample2D(2)]",
            Image(2, 3, 4).Tensor("s", [4], 1, 1, 2, 2)
                .Node("Resize", ["x", "", "s"], "y", ("mode", "nearest"), ("coordinate_transformation_mode", "asymmetric"), ("nearest_mode", "floor")));
        Check(
            "[Network(3, 4, 2)] [Upsample2D(3)]",
            new ModelBuilder(9).Input("x", "n", 2, 3, 4).Tensor("s", [4], 1, 1, 3, 3).Node("Upsample", ["x", "s"], "y", ("mode", "nearest")).Output("y"));
    }

    /// <summary>The most common network of two inputs: an image, flattened, and numbers beside it.</summary>
    [Fact]
    public void Flattened_image_is_joined_with_a_vector()
    {
        ModelBuilder Joined() => Image(2, 4, 3).Tensor("k", [3, 2, 2, 2], Draw(24)).Tensor("b", [3], Draw(3)).Node("Conv", ["x", "k", "b"], "c")
            .Node("Flatten", ["c"], "f").Input("z", "n", 5).Node("Concat", ["z", "f"], "j", ("axis", 1));

        Check(
            "[Network] [Input(\"x\", 4, 3, 2)] [Input(\"z\", 5)] [Conv2D(3, 2, From = \"x\")] [Flatten] [Concat(\"z\", \"Flatten1\")] [Dense(4)]",
            Joined().Tensor("w", [23, 4], Draw(92)).Node("MatMul", ["j", "w"], "y"));
        Refused("'j' (output): the parts that were joined lie in memory in different orders; only a dense layer can read them", Joined().Output("j"));
    }

    /// <summary>Pixels of an image become the steps of a sequence, each with a row of its own added: the beginning of a vision transformer.</summary>
    [Fact]
    public void Patches_of_an_image_are_steps() => Check(
        "[Network(4, 6, 2)] [Conv2D(3, 2, Stride = 2)] [Reshape(6, 3)] [PositionalEmbedding] [Dense(2, EachStep = true)]",
        Image(2, 4, 6).Tensor("k", [3, 2, 2, 2], Draw(24)).Tensor("b", [3], Draw(3)).Node("Conv", ["x", "k", "b"], "c", ("strides", (int[])[2, 2]))
            .Integers("to", [3], 0, 3, -1).Node("Reshape", ["c", "to"], "r").Node("Transpose", ["r"], "t", ("perm", (int[])[0, 2, 1]))
            .Tensor("p", [1, 6, 3], Draw(18)).Node("Add", ["t", "p"], "a").Tensor("w", [3, 2], Draw(6)).Node("MatMul", ["a", "w"], "y"));

    /// <summary>As decoders begin: linear layers, whose outputs are looked at as an image with the channels first.</summary>
    [Fact]
    public void Neurons_follow_the_pixels_that_they_give()
    {
        ModelBuilder Dense(int neurons) => Vector(3).Tensor("w", [3, neurons], Draw(3 * neurons)).Tensor("b", [neurons], Draw(neurons))
            .Node("Gemm", ["x", "w", "b"], "h");

        Check(
            "[Network(3)] [Dense(24)] [LeakyReLU] [Reshape(3, 4, 2)] [Conv2D(5, 3)]",
            Dense(24).Node("LeakyRelu", ["h"], "a").Integers("to", [4], -1, 2, 3, 4).Node("Reshape", ["a", "to"], "i").Tensor("k", [5, 2, 3, 3], Draw(90))
                .Tensor("c", [5], Draw(5)).Node("Conv", ["i", "k", "c"], "y"));
        Check(
            "[Network(3)] [Dense(24)] [Reshape(3, 4, 2)] [BatchNorm] [Upsample2D(2)] [ConvTranspose2D(1, 2, Stride = 2, UseBias = false)]",
            Dense(24).Integers("to", [4], -1, 2, 3, 4).Node("Reshape", ["h", "to"], "i").Tensor("g", [2], 1.5f, 0.5f).Tensor("d", [2], Draw(2))
                .Tensor("m", [2], Draw(2)).Tensor("v", [2], 2, 3).Node("BatchNormalization", ["i", "g", "d", "m", "v"], "n").Tensor("s", [4], 1, 1, 2, 2)
                .Node("Resize", ["n", "", "s"], "u", ("mode", "nearest"), ("coordinate_transformation_mode", "asymmetric"), ("nearest_mode", "floor"))
                .Tensor("k", [2, 1, 2, 2], Draw(8)).Node("ConvTranspose", ["u", "k"], "y", ("strides", (int[])[2, 2])));

        // The image is also read beside its convolution, and the dense layer before it as a row.
        Assert.NotEmpty(ImportCheck.Attributes(Ending(
            Dense(18).Integers("to", [4], -1, 2, 3, 3).Node("Reshape", ["h", "to"], "i").Tensor("k", [2, 2, 1, 1], Draw(4)).Node("Conv", ["i", "k"], "c")
                .Node("Add", ["c", "i"], "a").Node("Flatten", ["a"], "f").Tensor("w2", [18, 2], Draw(36)).Node("MatMul", ["f", "w2"], "p")
                .Tensor("w3", [18, 2], Draw(36)).Node("MatMul", ["h", "w3"], "q").Node("Add", ["p", "q"], "y"))));
    }

    [Theory]
    [InlineData("LSTM", "LSTM", 4, false)]
    [InlineData("LSTM", "LSTM", 4, true)]
    [InlineData("GRU", "GRU", 3, false)]
    [InlineData("GRU", "GRU", 3, true)]
    [InlineData("RNN", "SimpleRNN", 1, false)]
    [InlineData("RNN", "SimpleRNN", 1, true)]
    public void Recurrent_layers_give_all_states_or_the_last(string operation, string kind, int gates, bool isBidirectional)
    {
        int directions = isBidirectional ? 2 : 1;
        string settings = isBidirectional ? ", Bidirectional = true" : "";

        ModelBuilder Root(string[] outputs) => Model().Input("x", "n", 6, 3).Node("Transpose", ["x"], "t", ("perm", (int[])[1, 0, 2]))
            .Tensor("w", [directions, gates * 2, 3], Draw(directions * gates * 6)).Tensor("r", [directions, gates * 2, 2], Draw(directions * gates * 4))
            .Tensor("b", [directions, gates * 4], Draw(directions * gates * 4))
            .Node(operation, ["t", "w", "r", "b"], outputs, [
                ("hidden_size", 2),
                ("direction", isBidirectional ? "bidirectional" : "forward"),
                .. operation == "GRU" ? (ReadOnlySpan<(string, object)>)[("linear_before_reset", 1)] : [],
            ]);

        // All states: [steps, directions, samples, units] to [samples, steps, directions · units].
        Check(
            $"[Network(6, 3)] [{kind}(2, ReturnSequences = true{settings})]",
            Root(["s"]).Node("Transpose", ["s"], "o", ("perm", (int[])[2, 0, 1, 3])).Integers("to", [3], 0, 6, directions * 2)
                .Node("Reshape", ["o", "to"], "y"));

        // The last state of each direction: [directions, samples, units] to [samples, directions · units].
        Check(
            $"[Network(6, 3)] [{kind}(2{settings})]",
            Root(["", "l"]).Node("Transpose", ["l"], "o", ("perm", (int[])[1, 0, 2])).Integers("to", [2], 0, directions * 2).Node("Reshape", ["o", "to"], "y"));
    }

    [Fact]
    public void Last_of_several_recurrent_layers_is_read_from_their_states()
    {
        ModelBuilder model = Model().Input("x", "n", 6, 3).Node("Transpose", ["x"], "t", ("perm", (int[])[1, 0, 2]))
            .Tensor("w1", [1, 8, 3], Draw(24)).Tensor("r1", [1, 8, 2], Draw(16)).Node("LSTM", ["t", "w1", "r1"], ["s1", "h1", "c1"], ("hidden_size", 2))
            .Integers("axes", [1], 1).Node("Squeeze", ["s1", "axes"], "q")
            .Tensor("w2", [1, 8, 2], Draw(16)).Tensor("r2", [1, 8, 2], Draw(16)).Node("LSTM", ["q", "w2", "r2"], ["s2", "h2", "c2"], ("hidden_size", 2))
            .Node("Concat", ["h1", "h2"], "h", ("axis", 0)).Integers("last", [], -1).Node("Gather", ["h", "last"], "y", ("axis", 0));

        Check("[Network(6, 3)] [LSTM(2, ReturnSequences = true)] [LSTM(2)]", model);
    }

    /// <summary>As torch.cat((h[-2], h[-1]), dim=1) is exported, of one layer or of the last of several.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Last_states_of_both_directions_are_joined(bool hasSecond)
    {
        ModelBuilder model = Model().Input("x", "n", 6, 3).Node("Transpose", ["x"], "t", ("perm", (int[])[1, 0, 2]))
            .Tensor("w1", [2, 6, 3], Draw(36)).Tensor("r1", [2, 6, 2], Draw(24))
            .Node("GRU", ["t", "w1", "r1"], ["s1", "h1"], ("hidden_size", 2), ("direction", "bidirectional"), ("linear_before_reset", 1))
            .Integers("first", [], -2).Integers("second", [], -1);

        if (hasSecond)
        {
            model.Node("Transpose", ["s1"], "o", ("perm", (int[])[0, 2, 1, 3])).Integers("to", [3], 0, 0, -1).Node("Reshape", ["o", "to"], "q")
                .Tensor("w2", [2, 6, 4], Draw(48)).Tensor("r2", [2, 6, 2], Draw(24))
                .Node("GRU", ["q", "w2", "r2"], ["s2", "h2"], ("hidden_size", 2), ("direction", "bidirectional"), ("linear_before_reset", 1))
                .Node("Concat", ["h1", "h2"], "h", ("axis", 0));
        }

        string states = hasSecond ? "h" : "h1";
        model.Node("Gather", [states, "first"], "a", ("axis", 0)).Node("Gather", [states, "second"], "b", ("axis", 0))
            .Node("Concat", ["a", "b"], "y", ("axis", 1));

        Check($"[Network(6, 3)] {(hasSecond ? "[GRU(2, ReturnSequences = true, Bidirectional = true)] " : "")}[GRU(2, Bidirectional = true)]", model);
    }

    /// <summary>Only one of the ways in which an image may lie in memory leads as far as the node that can't be expressed.</summary>
    [Fact]
    public void What_is_named_is_what_stands_in_the_way()
    {
        Refused(
            "'p' (Pad): only zeros can be put around values",
            Image(3, 5, 5).Tensor("k", [4, 3, 3, 3], Draw(108)).Node("Conv", ["x", "k"], "c").Integers("zeros", [8], 0, 0, 1, 1, 0, 0, 1, 1)
                .Tensor("one", [], 1).Node("Pad", ["c", "zeros", "one"], "p").Node("Shape", ["p"], "s").Node("Reshape", ["p", "s"], "y"));
    }

    /// <summary>As Keras calls its outputs.</summary>
    [Fact]
    public void Outputs_that_are_called_as_layers_are_get_other_names() => Check(
        "[Network(3)] [Dense(4)] [Output(\"dense1Output\")] [Dense(2)] [Output(\"dense2Output\")]",
        Vector(3).Tensor("w", [3, 4], Draw(12)).Tensor("v", [4, 2], Draw(8)).Node("MatMul", ["x", "w"], "dense_1").Output("dense_1")
            .Node("MatMul", ["dense_1", "v"], "dense_2").Output("dense_2"));

    /// <summary>Before operator set 7, an attribute said what was repeated along which dimension.</summary>
    [Fact]
    public void Operators_that_are_too_old_are_refused()
    {
        OnnxException exception = Assert.Throws<OnnxException>(
            () => OnnxImport.Read(new ModelBuilder(6).Input("x", "n", 3).Node("Relu", ["x"], "y").Output("y").Read(), "Net"));

        Assert.Equal("The model is of operator set 6, and those from 9 on are read. Export it again with a newer one.", exception.Message);
    }

    [Fact]
    public void What_can_not_be_expressed_does_not_hide_what_comes_after_it()
    {
        Refused(
            "'a' (Celu): no layer computes it\n'b' (Softsign): no layer computes it\n'd' (Div): its divisor is computed from the network's inputs; only "
            + "constants can be divided by",
            AfterDense().Node("Celu", ["h"], "a").Node("Softsign", ["a"], "b").Tensor("w", [4, 2], Draw(8)).Node("MatMul", ["b", "w"], "c")
                .Node("Div", ["c", "c"], "d").Node("Tanh", ["d"], "y"));
    }

    /// <summary>Exporters keep inputs that nothing reads, and nodes that lead nowhere.</summary>
    [Fact]
    public void What_outputs_do_not_need_is_left_out() => Check(
        "[Network(3)] [Dense(4)] [ReLU]",
        Model().Input("unused", "n", 7).Input("x", "n", 3).Tensor("w", [3, 4], Draw(12)).Node("MatMul", ["x", "w"], "m").Node("Atan", ["m"], "nowhere")
            .Node("Relu", ["m"], "y"));

    [Fact]
    public void Mask_that_the_model_computes_is_a_constant()
    {
        Check(
            "[Network(3)] [Dense(4)]",
            Vector(3).Node("Shape", ["x"], "s").Integers("one", [1], 1).Node("Gather", ["s", "one"], "n").Node("Concat", ["n", "n"], "square", ("axis", 0))
                .Node("ConstantOfShape", ["square"], "zeros").Tensor("w", [3, 4], Draw(12)).Tensor("ones", [3, 3], 1, 1, 1, 1, 1, 1, 1, 1, 1)
                .Node("Add", ["zeros", "ones"], "full").Node("Trilu", ["full"], "mask").Node("MatMul", ["mask", "w"], "m").Node("MatMul", ["x", "m"], "y"));
    }

    [Fact]
    public void Attention_is_one_layer()
    {
        foreach (bool isCausal in (bool[])[false, true])
        {
            ModelBuilder model = Model().Input("x", "n", 5, 6).Integers("byHead", [4], 0, 5, 2, 3).Tensor("scale", [], 0.4f);

            foreach ((string name, int[] order) in ((string, int[])[])[("q", [0, 2, 1, 3]), ("k", [0, 2, 3, 1]), ("v", [0, 2, 1, 3])])
            {
                model.Tensor("w" + name, [6, 6], Draw(36)).Tensor("b" + name, [6], Draw(6)).Node("MatMul", ["x", "w" + name], "m" + name)
                    .Node("Add", ["m" + name, "b" + name], "a" + name).Node("Reshape", ["a" + name, "byHead"], "r" + name)
                    .Node("Transpose", ["r" + name], name, ("perm", order));
            }

            float[] mask = [.. Enumerable.Range(0, 25).Select(static i => i % 5 > i / 5 ? float.NegativeInfinity : 0)];
            model.Node("MatMul", ["q", "k"], "scores").Node("Mul", ["scores", "scale"], "scaled").Tensor("mask", [5, 5], mask)
                .Node("Add", ["scaled", "mask"], "masked").Node("Softmax", [isCausal ? "masked" : "scaled"], "shares")
                .Node("MatMul", ["shares", "v"], "taken").Node("Transpose", ["taken"], "back", ("perm", (int[])[0, 2, 1, 3])).Integers("side", [3], 0, 5, 6)
                .Node("Reshape", ["back", "side"], "mixed").Tensor("wo", [6, 6], Draw(36)).Tensor("bo", [6], Draw(6)).Node("MatMul", ["mixed", "wo"], "mo")
                .Node("Add", ["mo", "bo"], "y");

            Check($"[Network(5, 6)] [SelfAttention(2{(isCausal ? ", Causal = true" : "")})]", model);
        }
    }

    [Fact]
    public void Tables_are_embeddings()
    {
        Check(
            "[Network(7)] [Embedding(10, 3)] [PositionalEmbedding] [Dense(2, EachStep = true)]",
            Model().Input("x", OnnxElementType.Int64, "n", 7).Tensor("t", [10, 3], Draw(30)).Node("Gather", ["t", "x"], "e").Tensor("p", [1, 7, 3], Draw(21))
                .Node("Add", ["e", "p"], "a").Tensor("w", [3, 2], Draw(6)).Node("MatMul", ["a", "w"], "y").Output("y"));
        Check(
            "[Network(7)] [Embedding(10, 3)] [GlobalAveragePool]",
            Model().Input("x", "n", 7).Node("Cast", ["x"], "i", ("to", 7)).Tensor("t", [10, 3], Draw(30)).Node("Gather", ["t", "i"], "e")
                .Node("ReduceMean", ["e"], "y", ("axes", (int[])[1]), ("keepdims", 0)).Output("y"));
    }

    [Fact]
    public void Models_for_one_number_of_samples_are_for_any()
    {
        Check(
            "[Network(2, 3)] [Dense(4)]",
            Model().Input("x", 1, 2, 3).Integers("to", [2], 1, 6).Node("Reshape", ["x", "to"], "f").Tensor("w", [6, 4], Draw(24))
                .Node("MatMul", ["f", "w"], "y").Output("y"));
        Check(
            "[Network(2, 3)] [Dense(4)]",
            Model().Input("x", 1, 2, 3).Integers("to", [2], 1, -1).Node("Reshape", ["x", "to"], "f").Tensor("w", [6, 4], Draw(24))
                .Node("MatMul", ["f", "w"], "y").Output("y"));
        Check(
            "[Network(2, 3)] [Dense(4)]",
            Model().Input("x", 2, 2, 3).Integers("to", [2], -1, 6).Node("Reshape", ["x", "to"], "f").Tensor("w", [6, 4], Draw(24))
                .Node("MatMul", ["f", "w"], "y").Output("y"));
    }

    /// <summary>Where there is one sample, sizes don't tell whether heads or steps were joined with it.</summary>
    [Fact]
    public void Attention_for_one_sample_is_one_layer()
    {
        ModelBuilder model = Model().Input("x", 1, 5, 6).Node("Transpose", ["x"], "t", ("perm", (int[])[1, 0, 2])).Integers("byHead", [3], 5, 2, 3)
            .Tensor("scale", [], 0.4f);

        foreach ((string name, int[] order) in ((string, int[])[])[("q", [1, 0, 2]), ("k", [1, 2, 0]), ("v", [1, 0, 2])])
        {
            model.Tensor("w" + name, [6, 6], Draw(36)).Node("MatMul", ["t", "w" + name], "m" + name).Node("Reshape", ["m" + name, "byHead"], "r" + name)
                .Node("Transpose", ["r" + name], name, ("perm", order));
        }

        model.Node("MatMul", ["q", "k"], "scores").Node("Mul", ["scores", "scale"], "scaled").Node("Softmax", ["scaled"], "shares")
            .Node("MatMul", ["shares", "v"], "taken").Node("Transpose", ["taken"], "back", ("perm", (int[])[1, 0, 2])).Integers("rows", [2], 5, 6)
            .Node("Reshape", ["back", "rows"], "mixed").Tensor("wo", [6, 6], Draw(36)).Tensor("bo", [6], Draw(6)).Node("Gemm", ["mixed", "wo", "bo"], "g")
            .Integers("steps", [3], 5, 1, 6).Node("Reshape", ["g", "steps"], "s").Node("Transpose", ["s"], "y", ("perm", (int[])[1, 0, 2]));

        Check("[Network(5, 6)] [SelfAttention(2)]", model);
    }

    /// <summary>Zeros on both sides, and the last steps cut off.</summary>
    [Fact]
    public void Convolution_whose_end_is_cut_off_is_causal() => Check(
        "[Network(9, 2)] [Conv1D(3, 3, Dilation = 2, Padding = Padding.Causal)]",
        Model().Input("x", "n", 2, 9).Tensor("k", [3, 2, 3], Draw(18)).Tensor("b", [3], Draw(3))
            .Node("Conv", ["x", "k", "b"], "c", ("pads", (int[])[4, 4]), ("dilations", (int[])[2])).Integers("from", [1], 0).Integers("to", [1], -4)
            .Integers("axis", [1], 2).Node("Slice", ["c", "from", "to", "axis"], "y"));

    [Fact]
    public void What_can_not_be_expressed_says_why()
    {
        Refused("'y' (Div): its divisor is computed from the network's inputs; only constants can be divided by", AfterDense().Node("Div", ["h", "h"], "y"));
        Refused(
            "'y' (GRU): its reset gate comes before the product; a layer has it behind (reset_after = True in Keras)",
            Model().Input("x", 6, "n", 3).Tensor("w", [1, 6, 3], Draw(18)).Tensor("r", [1, 6, 2], Draw(12))
                .Node("GRU", ["x", "w", "r"], "y", ("hidden_size", 2)));
        Refused(
            "'x' (input): the size of its dimension 'steps' is not stated; export the model with numbers for all dimensions but the first",
            Model().Input("x", "n", "steps", 3).Node("Relu", ["x"], "y"));
        Refused(
            "'y' (Conv): its strides are [2, 1]; a layer has one for all dimensions",
            Image(1, 5, 5).Tensor("k", [1, 1, 3, 3], Draw(9)).Node("Conv", ["x", "k"], "y", ("strides", (int[])[2, 1])));
        Refused("'y' (Clip): it keeps values from 6 to 6, which is the same for all samples", AfterDense(9)
            .Node("Clip", ["h"], "y", ("min", 6f), ("max", 6f)));
        Refused(
            "'y' (ConvTranspose): transposed convolutions can only be expressed for images, in one group",
            Model().Input("x", "n", 2, 5).Tensor("k", [2, 1, 3], Draw(6)).Node("ConvTranspose", ["x", "k"], "y"));
        Refused("'y' (Log): it can't be computed: input 0 is missing", Model().Input("x", "n", 3).Node("Log", [], "y"));
        Refused("'y' (ReduceMean): it goes over the samples", AfterDense().Node("ReduceMean", ["h"], "y", ("axes", (int[])[0])));
        Refused(
            "'y' (ArgMax): no layer gives indices; take the operator out, and let Classify find the greatest value",
            AfterDense().Node("ArgMax", ["h"], "y", ("axis", 1)));
    }

    private static ModelBuilder Model(int operatorSet = 13) => new(operatorSet);

    private static ModelBuilder Vector(int size) => Model().Input("x", "n", size);

    /// <summary>Images with channels first, as PyTorch has them.</summary>
    private static ModelBuilder Image(int channels, int height, int width) => Model().Input("x", "n", channels, height, width);

    private ModelBuilder AfterDense(int operatorSet = 14) => Model(operatorSet).Input("x", "n", 3).Tensor("w0", [3, 4], Draw(12)).Tensor("b0", [4], Draw(4))
        .Node("Gemm", ["x", "w0", "b0"], "h");

    private float[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)(_random.NextDouble() - 0.5))];

    private static void Check(string expected, ModelBuilder model) => Assert.Equal(expected, ImportCheck.Attributes(Ending(model)));

    private static void Refused(string problem, ModelBuilder model) => Assert.Equal(
        $"The model can't be written as a network:\n{problem}",
        Assert.Throws<ImportException>(() => OnnxImport.Read(Ending(model).Read(), "Net")).Message);

    /// <summary>With "y" as the output, if the model has none.</summary>
    private static ModelBuilder Ending(ModelBuilder model) => model.HasOutput ? model : model.Output("y");
}
