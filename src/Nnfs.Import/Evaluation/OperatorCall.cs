using Nnfs.Import.Onnx;

namespace Nnfs.Import.Evaluation;

/// <summary>A node with what it reads: settings and tensors. Every fault names the node.</summary>
/// <param name="node">The node.</param>
/// <param name="opset">The version of the operator set that the model was written for.</param>
/// <param name="inputs">What it reads; <see langword="null"/> for an input that is left out.</param>
/// <param name="mostElements">The most elements that an output may have.</param>
internal sealed class OperatorCall(OnnxNode node, long opset, IReadOnlyList<TensorValue?> inputs, int mostElements)
{
    /// <summary>The version of the operator set.</summary>
    public long Opset => opset;

    /// <summary>The operator's name.</summary>
    public string Operator => node.Operator;

    /// <summary>The number of inputs, with those left out.</summary>
    public int InputCount => inputs.Count;

    /// <summary>The number of outputs, with those left out.</summary>
    public int OutputCount => node.Outputs.Count;

    /// <summary>Whether something reads an output.</summary>
    public bool Gives(int output) => output < node.Outputs.Count && node.Outputs[output].Length > 0;

    /// <summary>An input that must be there.</summary>
    public TensorValue Input(int index) => Optional(index) ?? throw Fault($"input {index} is missing");

    /// <summary>An input that may be left out.</summary>
    public TensorValue? Optional(int index) => index < inputs.Count ? inputs[index] : null;

    /// <summary>An input of real numbers.</summary>
    public TensorValue RealInput(int index) =>
        Input(index) is { Kind: TensorKind.Real } input ? input : throw Fault($"input {index} must hold real numbers, but is {Input(index)}");

    /// <summary>An input of whole numbers.</summary>
    public TensorValue WholeInput(int index) =>
        Input(index) is { Kind: not TensorKind.Real } input ? input : throw Fault($"input {index} must hold whole numbers, but is {Input(index)}");

    /// <summary>A single number among the inputs.</summary>
    public double Number(int index) =>
        Input(index) is { Count: 1 } input ? input.ToReals()[0] : throw Fault($"input {index} must be one number, but is {Input(index)}");

    /// <summary>All inputs, which must be there.</summary>
    public TensorValue[] AllInputs() => [.. Enumerable.Range(0, inputs.Count).Select(Input)];

    /// <summary>Whole numbers that older operator sets have as an attribute and newer ones as an input; <see langword="null"/> for neither.</summary>
    public long[]? IntegersOf(string attribute, int input) =>
        Optional(input) is null ? Integers(attribute) : WholeInput(input).Integers.ToArray();

    /// <summary>Whether the node has an attribute.</summary>
    public bool Has(string attribute) => node.Has(attribute);

    /// <summary>A whole number among the attributes.</summary>
    public long Integer(string attribute, long otherwise) => node.Integer(attribute, otherwise);

    /// <summary>A real number among the attributes.</summary>
    public double Real(string attribute, double otherwise) => node.Has(attribute) ? node.Float(attribute, 0) : otherwise;

    /// <summary>A text among the attributes.</summary>
    public string Text(string attribute, string otherwise) => node.Text(attribute, otherwise);

    /// <summary>Whole numbers among the attributes; <see langword="null"/> where they are left out.</summary>
    public long[]? Integers(string attribute) => node.Integers(attribute);

    /// <summary>Real numbers among the attributes; <see langword="null"/> where they are left out.</summary>
    public double[]? Reals(string attribute) => node.Floats(attribute) is { } values ? Array.ConvertAll(values, static value => (double)value) : null;

    /// <summary>Texts among the attributes; <see langword="null"/> where they are left out.</summary>
    public IReadOnlyList<string>? Texts(string attribute) => node.Texts(attribute);

    /// <summary>A tensor among the attributes; <see langword="null"/> where it is left out.</summary>
    public TensorValue? Tensor(string attribute) => node.Tensor(attribute) is { } tensor ? TensorValue.Of(tensor) : null;

    /// <summary>A dimension, counted from the end where it is negative.</summary>
    public int Axis(long axis, int rank)
    {
        long place = axis < 0 ? axis + rank : axis;

        return place >= 0 && place < rank ? (int)place : throw Fault($"axis {axis} is not one of the {rank} dimensions");
    }

    /// <summary>The dimensions of a list, each once.</summary>
    public int[] Axes(IEnumerable<long> axes, int rank)
    {
        int[] places = [.. axes.Select(axis => Axis(axis, rank))];

        return places.Distinct().Count() == places.Length ? places : throw Fault($"the axes {List(places)} name a dimension twice");
    }

    /// <summary>The lengths of an output, which must not be negative, and whose elements must not be too many.</summary>
    public int[] Shape(params ReadOnlySpan<long> lengths)
    {
        long count = 1;

        foreach (long length in lengths)
        {
            if (length < 0)
            {
                throw Fault($"an output of shape {List(lengths.ToArray())} has a negative length");
            }

            // A length of 0 makes the output empty, but does not excuse others that are too large.
            count *= Math.Min(Math.Max(length, 1), mostElements + 1L);

            if (count > mostElements)
            {
                throw Fault($"an output of shape {List(lengths.ToArray())} has more than the {mostElements} elements allowed");
            }
        }

        return Array.ConvertAll(lengths.ToArray(), static length => (int)length);
    }

    /// <summary>The lengths of an output.</summary>
    public int[] Shape(ReadOnlySpan<int> lengths) => Shape(Array.ConvertAll(lengths.ToArray(), static length => (long)length));

    /// <summary>The shape of what is computed element by element: where lengths differ, one of them must be 1.</summary>
    public int[] BroadcastShape(params IReadOnlyList<TensorValue> values)
    {
        int rank = values.Max(static value => value.Rank);
        long[] shape = new long[rank];
        Array.Fill(shape, 1);

        foreach (TensorValue value in values)
        {
            for (int axis = 0; axis < value.Rank; axis++)
            {
                ref long length = ref shape[axis + rank - value.Rank];
                int own = value.Shape[axis];

                if (own != 1 && length != 1 && own != length)
                {
                    throw Fault($"shapes {string.Join(" and ", values.Select(static other => List(other.Shape.ToArray())))} don't fit each other");
                }

                length = own == 1 ? length : own;
            }
        }

        return Shape(shape);
    }

    /// <summary>The exception for a node that can't be evaluated.</summary>
    public OnnxException Fault(string what) => new($"The node '{node.Title}' ({node.Operator}) can't be computed: {what}.");

    /// <summary>A list as messages show it.</summary>
    public static string List<T>(IEnumerable<T> values) => $"[{string.Join(", ", values)}]";
}
