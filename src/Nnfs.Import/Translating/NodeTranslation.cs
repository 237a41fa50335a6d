using Nnfs.Import.Evaluation;
using Nnfs.Import.Onnx;

namespace Nnfs.Import.Translating;

/// <summary>One node while it becomes layers: what it reads and gives.</summary>
/// <param name="translation">The graph.</param>
/// <param name="node">The node.</param>
/// <param name="operatorSet">The version of the operators.</param>
internal sealed class NodeTranslation(Translation translation, OnnxNode node, long operatorSet)
{
    /// <summary>Why a row whose parts lie in different orders can't be read.</summary>
    public const string Scattered = "the parts that were joined lie in memory in different orders; only a dense layer can read them";

    private const int MostFolded = 1 << 24;
    private const long MostValues = int.MaxValue;

    /// <summary>The node.</summary>
    public OnnxNode Node => node;

    /// <summary>The version of the operators.</summary>
    public long OperatorSet => operatorSet;

    /// <summary>The number of samples that the model was written for, or null where that is free.</summary>
    public int? FixedBatch => translation.FixedBatch;

    /// <summary>Computes the node where it reads no value of the network: constants, and sizes that depend on the number of samples.</summary>
    /// <returns>Whether it has been.</returns>
    public bool TryEvaluate()
    {
        object?[] inputs = [.. node.Inputs.Select(name => name.Length == 0 ? null : translation.Find(name))];

        if (node.Operator == "Shape" && node.Domain.Length == 0 && inputs is [NetworkValue value])
        {
            GiveShape(value.View);

            return true;
        }

        if (node.Outputs.Count == 0 || Array.Exists(inputs, static input => input is NetworkValue) || !Evaluator.Knows(node))
        {
            return false;
        }

        IReadOnlyList<TensorValue> first = Evaluate(inputs, static sized => sized.First);
        IReadOnlyList<TensorValue> second = Array.Exists(inputs, static input => input is SizedValue) ? Evaluate(inputs, static sized => sized.Second) : first;

        for (int i = 0; i < Math.Min(node.Outputs.Count, first.Count); i++)
        {
            SizedValue result = new(first[i], second[i]);
            Set(i, result.Constant ?? (object)result);
        }

        return true;
    }

    /// <summary>Whether an input is read and is a value of the network.</summary>
    public bool IsNetwork(int input) => node.HasInput(input) && translation.Find(node.Inputs[input]) is NetworkValue;

    /// <summary>An input that is a value of the network.</summary>
    public NetworkValue Network(int input) => Row(input) is { Places: null } value ? value : throw Refuse(Scattered);

    /// <summary>An input that is a value of the network, perhaps a row whose parts lie in different orders.</summary>
    public NetworkValue Row(int input) => Read(input) as NetworkValue ?? throw Refuse($"its input '{node.Inputs[input]}' is the same for all samples");

    /// <summary>An input that is a value of the network, with nothing pending.</summary>
    public NetworkValue Finished(int input) => translation.Finished(Network(input));

    /// <summary>An input that is a constant.</summary>
    public TensorValue Constant(int input) => Read(input) switch
    {
        TensorValue { Count: 0 } => throw Refuse($"its input '{node.Inputs[input]}' has no values"),
        TensorValue constant => constant,
        _ => throw Refuse($"its input '{node.Inputs[input]}' is computed from the network's inputs where a constant is expected"),
    };

    /// <summary>An input that is a constant, or null where it is left out.</summary>
    public TensorValue? OptionalConstant(int input) => node.HasInput(input) ? Constant(input) : null;

    /// <summary>An input that is a list of sizes.</summary>
    public Size[] Sizes(int input) => (Read(input) switch
    {
        TensorValue constant => new SizedValue(constant, constant).Sizes(),
        SizedValue sized => sized.Sizes(),
        _ => null,
    }) ?? throw Refuse($"its input '{node.Inputs[input]}' is no list of sizes that are known");

    /// <summary>A list of whole numbers that is an attribute in older versions and an input in newer ones; null where it is left out.</summary>
    public long[]? Integers(string attribute, int input) =>
        node.Integers(attribute) ?? (OptionalConstant(input) is { } constant ? WholeNumbers(constant, input) : null);

    /// <summary>Whether an input is left out, or zero for any number of samples.</summary>
    public bool IsZero(int input) => !node.HasInput(input) || translation.Find(node.Inputs[input]) switch
    {
        TensorValue constant => Array.TrueForAll(constant.ToReals(), static value => value == 0),
        SizedValue sized => sized.IsZero,
        _ => false,
    };

    /// <summary>Whether nothing but this node reads the layer that an input comes from.</summary>
    public bool IsOnlyUse(int input) => Row(input).IsOnlyUse && translation.Uses(node.Inputs[input]) == 1;

    /// <summary>The layer of a value in a shape.</summary>
    public ImportedLayer Shaped(NetworkValue value, params int[] shape) => translation.Shaped(translation.Finished(value).Layer, shape);

    /// <summary>A layer in a shape.</summary>
    public ImportedLayer Shaped(ImportedLayer layer, int[] shape) => translation.Shaped(layer, shape);

    /// <summary>A value with nothing pending.</summary>
    public NetworkValue Finished(NetworkValue value) => translation.Finished(value);

    /// <summary>Makes a layer of the node.</summary>
    public ImportedLayer Layer(string kind, int[] shape, params IEnumerable<ImportedLayer> sources) =>
        Array.TrueForAll(shape, static size => size > 0) && shape.Aggregate(1L, static (count, size) => Math.Min(count * size, MostValues + 1)) <= MostValues
            ? new(kind, shape, sources) { Origin = node.Title, OriginOperator = node.Operator }
            : throw Refuse($"a sample of {string.Join(" × ", shape)} has no values, or more than an array can hold");

    /// <summary>The node gives what a new layer gives.</summary>
    public void Give(ImportedLayer layer, View view) => Give(0, new NetworkValue(layer, view, IsOnlyUse: true));

    /// <summary>The node gives what it reads, looked at in another way.</summary>
    public void GiveView(int input, View view)
    {
        NetworkValue value = Network(input);
        Give(0, value with { View = view, IsOnlyUse = IsOnlyUse(input) });
    }

    /// <summary>What the node reads is from now on this value, for the nodes after it as well.</summary>
    public void Replace(int input, NetworkValue value) => translation.Set(node.Inputs[input], value);

    /// <summary>One of the outputs of the node is a value of the network.</summary>
    public void Give(int output, NetworkValue value) => Set(output, value);

    /// <summary>The reason why the node can't be expressed.</summary>
    public static RefusedNodeException Refuse(string reason) => new(reason);

    /// <summary>The reason why the node can't be expressed, which is the order of values in memory.</summary>
    public static RefusedNodeException RefuseOrder(string reason) => new(reason, isOfOrder: true);

    private object Read(int input) => node.HasInput(input) ? translation.Find(node.Inputs[input]) : throw Refuse($"it has no input {input}");

    private static long[] WholeNumbers(TensorValue constant, int input) =>
        constant.Kind == TensorKind.Real ? throw Refuse($"its input {input} holds no whole numbers") : constant.Integers.ToArray();

    private void Set(int output, object value)
    {
        if (output < node.Outputs.Count && node.Outputs[output].Length > 0)
        {
            translation.Set(node.Outputs[output], value);
        }
    }

    private IReadOnlyList<TensorValue> Evaluate(object?[] inputs, Func<SizedValue, TensorValue> choose) => translation.Budget.Run(
        node, operatorSet, [.. inputs.Select(input => input is SizedValue sized ? choose(sized) : (TensorValue?)input)], MostFolded);

    /// <summary>The sizes of a value, from the dimensions that the attributes of newer versions name.</summary>
    private void GiveShape(View view)
    {
        int start = (int)Math.Clamp(FromEnd(node.Integer("start", 0)), 0, view.Rank);
        int end = (int)Math.Clamp(FromEnd(node.Integer("end", view.Rank)), start, view.Rank);
        SizedValue shape = new(Of(SizedValue.FirstBatch), Of(SizedValue.SecondBatch));
        Set(0, shape.Constant ?? (object)shape);

        long FromEnd(long dimension) => dimension < 0 ? dimension + view.Rank : dimension;

        TensorValue Of(int batch) => TensorValue.OfIntegers(
            [.. Enumerable.Range(start, end - start).Select(i => (long)view.SizeOf(i) * (view.HasBatch(i) ? batch : 1))], end - start);
    }
}
