using Nnfs.Import.Onnx;

namespace Nnfs.Import.Evaluation;

/// <summary>
/// Computes what a graph of ONNX gives, in float64 and in plain loops: the reference that imported networks are compared with, and what folds constants.
/// Each operator is as its definition reads, for operator sets 9 to 21; nothing is fast.
/// </summary>
internal static class Evaluator
{
    /// <summary>The most elements that a tensor may have unless something else is said.</summary>
    public const int DefaultMostElements = 1 << 26;

    /// <summary>Whether an operator can be evaluated.</summary>
    /// <param name="node">The node.</param>
    public static bool Knows(OnnxNode node)
    {
        return OperatorTable.TryFind(node, out _);
    }

    /// <summary>Computes the outputs of a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="opset">The version of the operator set that the model was written for.</param>
    /// <param name="inputs">What it reads; <see langword="null"/> for an input that is left out.</param>
    /// <param name="mostElements">The most elements that an output may have.</param>
    /// <returns>The outputs, in the order of the node's; those at the end that nothing reads may be left out.</returns>
    /// <exception cref="OnnxException">The operator is not known, or its inputs or settings are not as it takes them.</exception>
    public static IReadOnlyList<TensorValue> Run(
        OnnxNode node, long opset, IReadOnlyList<TensorValue?> inputs, int mostElements = DefaultMostElements)
    {
        OperatorCall call = new(node, opset, inputs, mostElements);

        if (!OperatorTable.TryFind(node, out Func<OperatorCall, TensorValue[]>? compute))
        {
            throw call.Fault(node.Domain.Length == 0
                ? "the operator is not known"
                : $"the operator is not known in the domain '{node.Domain}'");
        }

        try
        {
            return compute(call);
        }
        catch (Exception exception) when (exception is ArithmeticException or InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            throw new OnnxException(call.Fault($"the inputs {Describe(inputs)} don't fit it").Message, exception);
        }
    }

    /// <summary>Computes the outputs of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="inputs">The value of each input by its name.</param>
    /// <returns>The value of each output by its name.</returns>
    /// <exception cref="OnnxException">A node can't be evaluated, or an input that one reads is missing.</exception>
    public static IReadOnlyDictionary<string, TensorValue> Run(OnnxModel model, IReadOnlyDictionary<string, TensorValue> inputs)
    {
        OnnxGraph graph = model.Graph;
        Dictionary<string, TensorValue> values = new(StringComparer.Ordinal);

        foreach ((string name, OnnxTensor tensor) in graph.Initializers)
        {
            values[name] = TensorValue.Of(tensor);
        }

        foreach (OnnxValue input in graph.Inputs)
        {
            if (inputs.TryGetValue(input.Name, out TensorValue? value))
            {
                values[input.Name] = value;
            }
        }

        foreach (OnnxNode node in GraphOrder.Needed(graph.Nodes, graph.Outputs))
        {
            TensorValue?[] read = [.. node.Inputs.Select(name => name.Length == 0 ? null : Find(values, name))];
            IReadOnlyList<TensorValue> given = Run(node, model.OperatorSet, read);

            for (int i = 0; i < node.Outputs.Count; i++)
            {
                if (node.Outputs[i].Length > 0 && i < given.Count)
                {
                    values[node.Outputs[i]] = given[i];
                }
            }
        }

        return graph.Outputs.ToDictionary(static output => output.Name, output => Find(values, output.Name), StringComparer.Ordinal);
    }

    private static TensorValue Find(Dictionary<string, TensorValue> values, string name) =>
        values.TryGetValue(name, out TensorValue? value) ? value : throw new OnnxException($"The input '{name}' has no value.");

    private static string Describe(IReadOnlyList<TensorValue?> inputs) => string.Join(", ", inputs.Select(static input => input?.ToString() ?? "none"));
}
