using Nnfs.Import.Onnx;
using Nnfs.Import.Tests.Models;
using static Nnfs.Import.Tests.Evaluation.OperatorInput;

namespace Nnfs.Import.Tests.Evaluation;

/// <summary>Cases of every operator that the evaluator knows, in the forms that it has in operator sets 9 to 21.</summary>
internal static class OperatorCases
{
    private static readonly string[] s_functions =
    [
        "Abs", "Ceil", "Elu", "Erf", "Exp", "Floor", "HardSigmoid", "LeakyRelu", "Neg", "Reciprocal", "Relu", "Selu", "Sigmoid", "Softplus", "Softsign", "Tanh",
    ];

    /// <summary>All cases, with numbers and some shapes that are drawn.</summary>
    public static IEnumerable<OperatorCase> All(Random random) =>
    [
        .. Elementwise(random), .. Arithmetic(random), .. Products(random), .. Convolutions(random), .. Pools(random), .. Sums(random), .. Selections(random),
        .. Sizes(random), .. Constants(random), .. Sequences(random),
    ];

    private static IEnumerable<OperatorCase> Elementwise(Random random)
    {
        foreach (string function in s_functions)
        {
            yield return new(function, random.Next(13, 22), [DrawBetween(random, -6, 6, 3, 7)]);
        }

        yield return new("Sqrt", 9, [DrawBetween(random, 0, 5, 9)]);
        yield return new("Log", 9, [DrawBetween(random, 0.1, 5, 9)]);
        yield return new("Elu", 9, [Draw(random, 9)], ("alpha", 0.7f));
        yield return new("Selu", 9, [Draw(random, 9)], ("alpha", 1.2f), ("gamma", 0.8f));
        yield return new("LeakyRelu", 9, [Draw(random, 9)], ("alpha", 0.3f));
        yield return new("HardSigmoid", 9, [DrawBetween(random, -6, 6, 20)], ("alpha", 1f / 6), ("beta", 0.5f));
        yield return new("HardSwish", 14, [DrawBetween(random, -6, 6, 20)]);
        yield return new("Gelu", 20, [DrawBetween(random, -6, 6, 20)]);
        yield return new("Gelu", 21, [DrawBetween(random, -6, 6, 20)], ("approximate", "tanh"));
        yield return new("PRelu", 9, [Draw(random, 2, 3, 4), Draw(random, 3, 1)]);
        yield return new("Clip", 9, [Draw(random, 9)], ("min", -0.5f), ("max", 0.5f));
        yield return new("Clip", 13, [Draw(random, 9), Number(-0.5f), Number(0.5f)]);
        yield return new("Clip", 11, [Draw(random, 9), null, Number(0.5f)]);
        yield return new("Dropout", 9, [Draw(random, 9)], ("ratio", 0.3f));
        yield return new("Dropout", 13, [Draw(random, 9), Number(0.3f)]);
        yield return new("Identity", 9, [Draw(random, 3, 2)]);
    }

    private static IEnumerable<OperatorCase> Arithmetic(Random random)
    {
        foreach (string name in (string[])["Add", "Sub", "Mul", "Div"])
        {
            yield return new(name, 9, [Draw(random, 2, 4), Draw(random, 3, 1, 4)]);
            yield return new(name, 14, [Draw(random, 5, 1, 4), Draw(random, 2, 1, 3, 1)]);
            yield return new(name, 14, [DrawIntegers(random, -9, 10, 6), DrawIntegers(random, 1, 5, 6)]) { OutputType = OnnxElementType.Int64 };
        }

        yield return new("Pow", 12, [DrawBetween(random, 0.1, 2, 6), Number(3)]);
        yield return new("Mod", 13, [DrawIntegers(random, -9, 10, 9), DrawIntegers(random, 1, 5, 9)]) { OutputType = OnnxElementType.Int64 };
        yield return new("Mod", 13, [Draw(random, 9), DrawBetween(random, 0.5, 1, 9)], ("fmod", 1));

        foreach (string name in (string[])["Max", "Min", "Sum", "Mean"])
        {
            yield return new(name, 13, [Draw(random, 3, 4), Draw(random, 4), Draw(random, 3, 1)]);
        }

        foreach (string name in (string[])["Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual"])
        {
            yield return new(name, 16, [Draw(random, 3, 4), Draw(random, 3, 4)]) { OutputType = OnnxElementType.Boolean };
            yield return new(name, 16, [DrawIntegers(random, 0, 3, 9), DrawIntegers(random, 0, 3, 9)]) { OutputType = OnnxElementType.Boolean };
        }
    }

    private static IEnumerable<OperatorCase> Products(Random random)
    {
        yield return new("Gemm", 9, [Draw(random, 3, 4), Draw(random, 4, 5), Draw(random, 5)]);
        yield return new("Gemm", 13, [Draw(random, 4, 3), Draw(random, 5, 4), Draw(random, 3, 1)], ("transA", 1), ("transB", 1), ("alpha", 0.5f), ("beta", 2f));
        yield return new("Gemm", 11, [Draw(random, 3, 4), Draw(random, 5, 4)], ("transB", 1));
        yield return new("MatMul", 9, [Draw(random, 3, 4), Draw(random, 4, 5)]);
        yield return new("MatMul", 13, [Draw(random, 2, 1, 3, 4), Draw(random, 5, 4, 2)]);
        yield return new("MatMul", 13, [Draw(random, 4), Draw(random, 3, 4, 2)]);
        yield return new("MatMul", 13, [Draw(random, 3, 2, 4), Draw(random, 4)]);
        yield return new("MatMul", 13, [Draw(random, 4), Draw(random, 4)]);
    }

    private static IEnumerable<OperatorCase> Convolutions(Random random)
    {
        yield return new("Conv", 9, [Draw(random, 2, 3, 7, 6), Draw(random, 4, 3, 3, 2), Draw(random, 4)], ("kernel_shape", (int[])[3, 2]));
        yield return new(
            "Conv", 11, [Draw(random, 1, 4, 9, 8), Draw(random, 6, 2, 3, 3), Draw(random, 6)],
            ("group", 2), ("strides", (int[])[2, 1]), ("dilations", (int[])[1, 2]), ("pads", (int[])[1, 0, 2, 3]));
        yield return new(
            "Conv", 11, [Draw(random, 2, 3, 7, 6), Draw(random, 3, 1, 3, 4)], ("group", 3), ("auto_pad", "SAME_UPPER"), ("strides", (int[])[2, 2]));
        yield return new("Conv", 11, [Draw(random, 2, 3, 8, 8), Draw(random, 2, 3, 4, 4)], ("auto_pad", "SAME_LOWER"));
        yield return new("Conv", 11, [Draw(random, 2, 3, 7), Draw(random, 2, 3, 3)], ("auto_pad", "VALID"), ("strides", (int[])[2]));
        yield return new("Conv", 11, [Draw(random, 1, 2, 4, 5, 6), Draw(random, 2, 2, 2, 3, 2)]);
        yield return new("ConvTranspose", 11, [Draw(random, 2, 3, 4, 5), Draw(random, 3, 2, 3, 2), Draw(random, 2)], ("strides", (int[])[2, 3]));
        yield return new(
            "ConvTranspose", 11, [Draw(random, 1, 4, 5, 5), Draw(random, 4, 3, 3, 3)],
            ("group", 2), ("strides", (int[])[2, 2]), ("pads", (int[])[1, 1, 1, 1]), ("output_padding", (int[])[1, 1]));
        yield return new("ConvTranspose", 11, [Draw(random, 1, 2, 4, 4), Draw(random, 2, 3, 3, 3)], ("auto_pad", "SAME_UPPER"), ("strides", (int[])[2, 2]));
        yield return new("ConvTranspose", 11, [Draw(random, 1, 2, 6), Draw(random, 2, 3, 3)], ("dilations", (int[])[2]));
        yield return new(
            "ConvTranspose", 11, [Draw(random, 1, 2, 3, 3), Draw(random, 2, 1, 3, 3)], ("strides", (int[])[3, 2]), ("output_shape", (int[])[10, 8]));
    }

    private static IEnumerable<OperatorCase> Pools(Random random)
    {
        foreach (string name in (string[])["MaxPool", "AveragePool"])
        {
            yield return new(name, 10, [Draw(random, 2, 3, 6, 7)], ("kernel_shape", (int[])[2, 3]), ("strides", (int[])[2, 2]));
            yield return new(name, 11, [Draw(random, 1, 2, 7, 7)], ("kernel_shape", (int[])[3, 3]), ("strides", (int[])[2, 2]), ("pads", (int[])[1, 0, 1, 2]));
            yield return new(name, 12, [Draw(random, 1, 2, 8, 7)], ("kernel_shape", (int[])[3, 2]), ("strides", (int[])[2, 2]), ("ceil_mode", 1));
            yield return new(name, 12, [Draw(random, 1, 2, 7, 6)], ("kernel_shape", (int[])[3, 3]), ("strides", (int[])[2, 2]), ("auto_pad", "SAME_UPPER"));
            yield return new(name, 12, [Draw(random, 1, 2, 7)], ("kernel_shape", (int[])[3]), ("auto_pad", "SAME_LOWER"));
            yield return new(name, 19, [Draw(random, 1, 2, 9, 9)], ("kernel_shape", (int[])[3, 3]), ("dilations", (int[])[2, 1]));
        }

        yield return new(
            "AveragePool", 11, [Draw(random, 1, 2, 6, 6)], ("kernel_shape", (int[])[3, 3]), ("pads", (int[])[1, 1, 1, 1]), ("count_include_pad", 1));
        yield return new("GlobalAveragePool", 9, [Draw(random, 2, 3, 4, 5)]);
        yield return new("GlobalMaxPool", 9, [Draw(random, 2, 3, 4)]);
    }

    private static IEnumerable<OperatorCase> Sums(Random random)
    {
        foreach (string name in (string[])["ReduceMean", "ReduceMax", "ReduceMin", "ReduceProd"])
        {
            yield return new(name, 11, [Draw(random, 3, 4, 2)], ("axes", (int[])[1, -1]));
            yield return new(name, 18, [Draw(random, 3, 4, 2), List(0, -1)], ("keepdims", 0));
            yield return new(name, 13, [Draw(random, 3, 4)]);
            yield return new(name, 18, [Draw(random, 3, 4)], ("noop_with_empty_axes", 1));
        }

        yield return new("ReduceSum", 11, [Draw(random, 3, 4, 2)], ("axes", (int[])[0]), ("keepdims", 0));
        yield return new("ReduceSum", 13, [Draw(random, 3, 4, 2), List(1)]);

        foreach (string name in (string[])["Softmax", "LogSoftmax"])
        {
            yield return new(name, 9, [Draw(random, 3, 4, 2)]);
            yield return new(name, 11, [Draw(random, 3, 4, 2)], ("axis", 2));
            yield return new(name, 13, [Draw(random, 3, 4, 2)]);
            yield return new(name, 13, [Draw(random, 3, 4, 2)], ("axis", 1));
        }

        yield return new("LayerNormalization", 17, [Draw(random, 3, 4, 5), Draw(random, 5), Draw(random, 5)]);
        yield return new("LayerNormalization", 17, [Draw(random, 3, 4, 5), Draw(random, 4, 5)], ("axis", 1), ("epsilon", 0.1f)) { Outputs = 3 };
        yield return new(
            "BatchNormalization", 9, [Draw(random, 2, 3, 4), Draw(random, 3), Draw(random, 3), Draw(random, 3), DrawBetween(random, 0.1, 2, 3)],
            ("epsilon", 0.01f));
        yield return new("BatchNormalization", 15, [Draw(random, 2, 3), Draw(random, 3), Draw(random, 3), Draw(random, 3), DrawBetween(random, 0.1, 2, 3)]);
    }

    private static IEnumerable<OperatorCase> Selections(Random random)
    {
        yield return new("Transpose", 9, [Draw(random, 2, 3, 4)]);
        yield return new("Transpose", 13, [Draw(random, 2, 3, 4, 5)], ("perm", (int[])[0, 3, 1, 2]));
        yield return new("Concat", 9, [Draw(random, 2, 3), Draw(random, 2, 1), Draw(random, 2, 2)], ("axis", 1));
        yield return new("Concat", 13, [Draw(random, 2, 3), Draw(random, 1, 3)], ("axis", -2));
        yield return new("Concat", 13, [List(1, 2), List(-3)], ("axis", 0)) { OutputType = OnnxElementType.Int64 };
        yield return new("Split", 11, [Draw(random, 2, 6)], ("axis", 1), ("split", (int[])[1, 5])) { Outputs = 2 };
        yield return new("Split", 13, [Draw(random, 6, 2)]) { Outputs = 3 };
        yield return new("Split", 13, [Draw(random, 2, 6), List(2, 4)], ("axis", -1)) { Outputs = 2 };
        yield return new("Split", 18, [Draw(random, 7, 2)], ("num_outputs", 3)) { Outputs = 3 };
        yield return new("Slice", 9, [Draw(random, 5, 6)], ("starts", (int[])[1, -4]), ("ends", (int[])[4, 1000]));
        yield return new("Slice", 10, [Draw(random, 5, 6), List(1), List(-1), List(-1), List(2)]);
        yield return new("Slice", 13, [Draw(random, 5, 6), List(-1, 4), List(-1000, 0), List(0, 1), List(-1, -2)]);
        yield return new("Slice", 13, [Draw(random, 5, 6), List(3), List(2)]);
        yield return new("Gather", 9, [Draw(random, 5, 3), DrawIntegers(random, 0, 5, 2, 4)]);
        yield return new("Gather", 13, [Draw(random, 2, 5, 3), DrawIntegers(random, -5, 5, 4)], ("axis", 1));
        yield return new("Gather", 13, [List(7, 8, 9), DrawIntegers(random, 0, 3)]) { OutputType = OnnxElementType.Int64 };
        yield return new("Expand", 13, [Draw(random, 3, 1), List(2, 1, 4)]);
        yield return new("Tile", 13, [Draw(random, 3, 2), List(2, 3)]);
        yield return new("Pad", 9, [Draw(random, 3, 4)], ("pads", (int[])[1, 0, 2, 3]), ("value", 0.5f));
        yield return new("Pad", 13, [Draw(random, 3, 4), List(0, 2, 1, 0), Number(-1)]);
        yield return new("Pad", 13, [Draw(random, 3, 4), List(0, -1, 1, -1)]);
        yield return new("Pad", 18, [Draw(random, 3, 4), List(2, 1), null, List(1)]);
        yield return new("Pad", 13, [Draw(random, 3, 4), List(2, 3, 1, 2)], ("mode", "reflect"));
        yield return new("Pad", 13, [Draw(random, 3, 4), List(2, 0, 1, 5)], ("mode", "edge"));
        yield return new("Pad", 19, [Draw(random, 3, 4), List(2, 0, 1, 5)], ("mode", "wrap"));
    }

    private static IEnumerable<OperatorCase> Sizes(Random random)
    {
        yield return new("Reshape", 9, [Draw(random, 2, 6), List(0, 2, -1)]);
        yield return new("Reshape", 14, [Draw(random, 3, 4), List(-1)]);
        yield return new("Flatten", 9, [Draw(random, 2, 3, 4)]);
        yield return new("Flatten", 13, [Draw(random, 2, 3, 4)], ("axis", -1));
        yield return new("Flatten", 13, [Draw(random, 2, 3, 4)], ("axis", 0));
        yield return new("Squeeze", 11, [Draw(random, 1, 3, 1, 2)], ("axes", (int[])[2]));
        yield return new("Squeeze", 13, [Draw(random, 1, 3, 1, 2), List(0, -2)]);
        yield return new("Squeeze", 13, [Draw(random, 1, 3, 1, 2)]);
        yield return new("Unsqueeze", 11, [Draw(random, 3, 2)], ("axes", (int[])[0, 2]));
        yield return new("Unsqueeze", 13, [Draw(random, 3, 2), List(-1, 1)]);
        yield return new("Shape", 9, [Draw(random, 3, 2)]) { OutputType = OnnxElementType.Int64 };
        yield return new("Shape", 15, [Draw(random, 3, 2, 4)], ("start", -2), ("end", 1000)) { OutputType = OnnxElementType.Int64 };
        yield return new("Size", 13, [Draw(random, 3, 2)]) { OutputType = OnnxElementType.Int64 };
        yield return new("Upsample", 9, [Draw(random, 1, 2, 3, 3), new([4], [1, 1, 2, 3], Integers: null)]);
        yield return new("Resize", 10, [Draw(random, 1, 2, 3, 3), new([4], [1, 1, 2, 2], Integers: null)]);
        yield return new("Resize", 13, [Draw(random, 1, 2, 3, 4), null, null, List(1, 2, 6, 2)]);

        foreach (string coordinates in (string[])["half_pixel", "asymmetric", "align_corners", "pytorch_half_pixel", "half_pixel_symmetric"])
        {
            foreach (string rounding in (string[])["round_prefer_floor", "round_prefer_ceil", "floor", "ceil"])
            {
                yield return new(
                    "Resize", 19, [Draw(random, 1, 2, 3, 4), null, new([4], [1, 1, 2, 0.5f], Integers: null)],
                    ("coordinate_transformation_mode", coordinates), ("nearest_mode", rounding));
            }
        }
    }

    private static IEnumerable<OperatorCase> Constants(Random random)
    {
        yield return new("Constant", 13, [], ("value", ModelBuilder.Message("value", [2], [1.5f, -2])));
        yield return new("Constant", 13, [], ("value_float", 1.5f));
        yield return new("Constant", 13, [], ("value_ints", (int[])[3, 4])) { OutputType = OnnxElementType.Int64 };
        yield return new("ConstantOfShape", 9, [List(2, 3)]);
        yield return new("ConstantOfShape", 9, [List(2)], ("value", ModelBuilder.Message("value", [1], [7L]))) { OutputType = OnnxElementType.Int64 };
        yield return new("Trilu", 14, [Draw(random, 2, 4, 5)]);
        yield return new("Trilu", 14, [Draw(random, 5, 4), DrawIntegers(random, -1, 2)], ("upper", 0));
        yield return new("Range", 11, [Number(1), Number(3), Number(0.75f)]);
        yield return new("Range", 11, [DrawIntegers(random, 9, 10), DrawIntegers(random, 0, 1), DrawIntegers(random, -2, -1)])
        {
            OutputType = OnnxElementType.Int64,
        };
        yield return new("Cast", 13, [DrawBetween(random, -9, 9, 9)], ("to", 7)) { OutputType = OnnxElementType.Int64 };
        yield return new("Cast", 13, [List(3, -4)], ("to", 1));
        yield return new("Cast", 13, [List(3, 0)], ("to", 9)) { OutputType = OnnxElementType.Boolean };
    }

    private static IEnumerable<OperatorCase> Sequences(Random random)
    {
        foreach ((string name, int gates, int outputs) in ((string, int, int)[])[("RNN", 1, 2), ("GRU", 3, 2), ("LSTM", 4, 3)])
        {
            foreach ((string direction, int directions) in ((string, int)[])[("forward", 1), ("reverse", 1), ("bidirectional", 2)])
            {
                const int Units = 3;
                OperatorInput?[] inputs =
                [
                    Draw(random, 5, 2, 4),
                    DrawBetween(random, -1, 1, directions, gates * Units, 4),
                    DrawBetween(random, -1, 1, directions, gates * Units, Units),
                    direction == "reverse" ? null : DrawBetween(random, -1, 1, directions, 2 * gates * Units),
                    null,
                    direction == "forward" ? null : DrawBetween(random, -1, 1, directions, 2, Units),
                    .. name == "LSTM" && direction == "bidirectional" ? (OperatorInput?[])[DrawBetween(random, -1, 1, directions, 2, Units)] : [],
                ];

                yield return new(name, random.Next(9, 22), inputs, ("hidden_size", Units), ("direction", direction)) { Outputs = outputs };

                if (name == "GRU")
                {
                    yield return new(name, 14, inputs, ("hidden_size", Units), ("direction", direction), ("linear_before_reset", 1)) { Outputs = outputs };
                }
            }
        }

        yield return new(
            "RNN", 14, [Draw(random, 3, 1, 2), Draw(random, 1, 4, 2), Draw(random, 1, 4, 4)], ("hidden_size", 4), ("activations", (string[])["Relu"]))
        { Outputs = 2 };
    }
}
