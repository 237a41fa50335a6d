using Nnfs.Import.Evaluation;
using Nnfs.Import.Onnx;

namespace Nnfs.Import.Simplifying;

/// <summary>
/// What is left of a graph: the nodes that its outputs need and that no constants alone decide, in their order, with those that are written as several nodes
/// joined to one.
/// </summary>
internal sealed class SimpleGraph
{
    private readonly ConstantTensors _constants;
    private readonly Dictionary<string, int> _uses = new(StringComparer.Ordinal);

    /// <summary>The nodes that outputs need.</summary>
    public SimpleGraph(OnnxModel model, IReadOnlyList<OnnxNode> nodes, ConstantTensors constants)
    {
        _constants = constants;
        Name = model.Graph.Name;
        Nodes = nodes;
        Inputs = model.Graph.Inputs;
        Outputs = model.Graph.Outputs;
        OperatorSet = model.OperatorSet;
        Functions = model.Functions;
        ParameterCount = model.Graph.ParameterCount;

        foreach (string name in nodes.SelectMany(static node => node.Inputs).Concat(Outputs.Select(static output => output.Name)))
        {
            _uses[name] = Uses(name) + 1;
        }
    }

    /// <summary>The name of the graph.</summary>
    public string Name { get; }

    /// <summary>The nodes, each after those that it reads.</summary>
    public IReadOnlyList<OnnxNode> Nodes { get; }

    /// <summary>What the caller gives.</summary>
    public IReadOnlyList<OnnxValue> Inputs { get; }

    /// <summary>What the caller gets.</summary>
    public IReadOnlyList<OnnxValue> Outputs { get; }

    /// <summary>The version of ONNX's operators.</summary>
    public long OperatorSet { get; }

    /// <summary>The number of values that the model's tensors have.</summary>
    public long ParameterCount { get; }

    /// <summary>The names of the model's own functions.</summary>
    public IReadOnlyList<string> Functions { get; }

    /// <summary>The constant of a name, or null.</summary>
    public TensorValue? Constant(string name) => _constants.Find(name);

    /// <summary>How many inputs of nodes and outputs of the graph read a value.</summary>
    public int Uses(string name) => _uses.GetValueOrDefault(name);
}
