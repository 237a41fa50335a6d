using Nnfs.Import.Evaluation;
using Nnfs.Import.Onnx;

namespace Nnfs.Import.Simplifying;

/// <summary>Leaves out what outputs don't need, computes what depends on constants alone, and joins nodes that together are one layer.</summary>
internal static class Simplifier
{
    private const int MostFolded = 1 << 26;

    /// <summary>What is left of a model.</summary>
    public static SimpleGraph Of(OnnxModel model)
    {
        ConstantTensors constants = new(model.Graph.Initializers);
        List<OnnxNode> nodes = GraphOrder.Needed(model.Graph.Nodes, model.Graph.Outputs);
        nodes = WithoutConstants(nodes, model, constants);
        nodes = new PatternMatcher(nodes, constants).Joined();

        return new(model, GraphOrder.Needed(nodes, model.Graph.Outputs), constants);
    }

    /// <summary>Computes the nodes that read constants alone, and lets nodes read past those that give what they read.</summary>
    private static List<OnnxNode> WithoutConstants(List<OnnxNode> nodes, OnnxModel model, ConstantTensors constants)
    {
        List<OnnxNode> left = [];
        HashSet<string> outputs = new(model.Graph.Outputs.Select(static output => output.Name), StringComparer.Ordinal);
        Dictionary<string, string> same = new(StringComparer.Ordinal);
        FoldingBudget budget = new(model.Graph.ParameterCount);

        foreach (OnnxNode original in nodes)
        {
            OnnxNode node = original.Inputs.Any(same.ContainsKey)
                ? original with { Inputs = [.. original.Inputs.Select(input => same.GetValueOrDefault(input, input))] }
                : original;

            if (node is { Operator: "Identity", Domain: "", Inputs: [{ Length: > 0 } input], Outputs: [var output] } && !constants.Contains(input)
                && !outputs.Contains(output))
            {
                same.Add(output, input);
            }
            else if (!TryFold(node, model.OperatorSet, constants, budget))
            {
                left.Add(node);
            }
        }

        return left;
    }

    private static bool TryFold(OnnxNode node, long operatorSet, ConstantTensors constants, FoldingBudget budget)
    {
        if (!node.Inputs.All(input => input.Length == 0 || constants.Contains(input)) || !Evaluator.Knows(node))
        {
            return false;
        }

        try
        {
            IReadOnlyList<TensorValue> results = budget.Run(
                node, operatorSet, [.. node.Inputs.Select(input => input.Length == 0 ? null : constants.Find(input))], MostFolded);

            for (int i = 0; i < Math.Min(results.Count, node.Outputs.Count); i++)
            {
                if (node.Outputs[i].Length > 0)
                {
                    constants.Add(node.Outputs[i], results[i]);
                }
            }

            return true;
        }
        catch (OnnxException)
        {
            // The node stays, and is named when it is translated.
            return false;
        }
    }
}
