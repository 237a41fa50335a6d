using System.Collections.Immutable;
using Nnfs.Files.Mapping;
using Nnfs.Files.Onnx;

namespace Nnfs.Layers;

/// <summary>What recurrent layers have in common: their tensors, and their operators.</summary>
internal abstract class RecurrentDefinition : LayerDefinition
{
    /// <summary>The operator.</summary>
    protected abstract string Operation { get; }

    /// <summary>For each gate in the operator's order its place in ours.</summary>
    protected abstract ImmutableArray<int> GateOrder { get; }

    /// <summary>For each of our gates its place in PyTorch's order; empty where that is the same.</summary>
    protected virtual ImmutableArray<int> ModuleGates => [];

    /// <summary>Whether the products with the state have biases of their own.</summary>
    protected virtual bool HasRecurrentBiases => false;

    /// <summary>The settings of the operator, beside its sizes.</summary>
    protected virtual IEnumerable<ProtobufMessage> Settings => [];

    /// <summary>The tensors of one direction.</summary>
    private int TensorsOfDirection => HasRecurrentBiases ? 4 : 3;

    /// <summary>Its tensors: input weights, recurrent weights, biases and where it has some recurrent biases, then the same of the other direction.</summary>
    /// <param name="storedAs">What their names begin with.</param>
    /// <param name="features">The number of features.</param>
    /// <param name="units">The number of values of the state.</param>
    /// <param name="offsets">Where each starts in the parameters.</param>
    public ImmutableArray<TensorInfo> Tensors(string storedAs, int features, int units, ImmutableArray<int> offsets)
    {
        int gates = GateOrder.Length * units;
        int row = MatrixLayout.RowStride(gates);

        return [.. offsets.Select((offset, i) =>
        {
            string direction = i < TensorsOfDirection ? "" : "backward_";

            return (i % TensorsOfDirection) switch
            {
                0 => new TensorInfo($"{storedAs}.{direction}input_weights", [features, gates], offset, [row, 1]),
                1 => new TensorInfo($"{storedAs}.{direction}recurrent_weights", [units, gates], offset, [row, 1]),
                2 => new TensorInfo($"{storedAs}.{direction}biases", [gates], offset, [1]),
                _ => new TensorInfo($"{storedAs}.{direction}recurrent_biases", [gates], offset, [1]),
            };
        })];
    }

    /// <inheritdoc/>
    /// <remarks>A module has two biases for each sum, which are only told apart where the reset gate comes between them.</remarks>
    public override ImmutableArray<ModuleTensor> OfModule(LayerInfo layer) => [.. layer.Tensors.Select((tensor, i) =>
    {
        string end = $"_l{ModuleTensor.LayerNumber}{(i < TensorsOfDirection ? "" : "_reverse")}";

        return ((i % TensorsOfDirection) switch
        {
            0 => ModuleTensor.Turned("weight_ih" + end, tensor.Shape[0], tensor.Shape[1]),
            1 => ModuleTensor.Turned("weight_hh" + end, tensor.Shape[0], tensor.Shape[1]),
            2 when HasRecurrentBiases => ModuleTensor.Same("bias_ih" + end, tensor.Shape),
            2 => ModuleTensor.Same("bias_ih" + end, tensor.Shape) with { Names = ["bias_ih" + end, "bias_hh" + end] },
            _ => ModuleTensor.Same("bias_hh" + end, tensor.Shape),
        }) with
        { Blocks = ModuleGates };
    })];

    /// <inheritdoc/>
    /// <remarks>
    /// The operator takes the steps before the samples, for each direction weights as [gates, inputs], with the gates in its own order, and biases one after
    /// the other. It gives [steps, directions, samples, units], and the last states apart.
    /// </remarks>
    public override void AddNodes(OnnxNodes nodes, LayerInfo layer, string[] sources, string y)
    {
        int units = layer.Tensors[1].Shape[0];
        int directions = layer.Tensors.Length / TensorsOfDirection;
        string x = nodes.Add("Transpose", OnnxAttribute.Integers("perm", 1, 0, 2), OnnxNodes.Value(layer, "steps"), sources[0]);
        string order = nodes.AddConstant(
            layer, "order", [.. GateOrder.SelectMany(gate => Enumerable.Range(gate * units, units))]);
        string noBiases = HasRecurrentBiases ? "" : nodes.AddConstant(layer, "no_biases", new float[GateOrder.Length * units]);
        string first = nodes.AddConstant(layer, "first", new int[1]);

        string[] inputs =
        [
            x,
            Joined("input_kernel", direction => Kernel(direction, "input_kernel", 0)),
            Joined("recurrent_kernel", direction => Kernel(direction, "recurrent_kernel", 1)),
            Joined("kernel_biases", Biases),
        ];

        ProtobufMessage[] attributes =
        [
            OnnxAttribute.Text("direction", directions == 1 ? "forward" : "bidirectional"),
            OnnxAttribute.Integer("hidden_size", units),
            .. Settings,
        ];

        bool returnsSequences = layer.OutputShape.Length == 2;
        string result = OnnxNodes.Value(layer, "result");

        // An output without a name is left out.
        nodes.Add(Operation, attributes, returnsSequences ? [result] : ["", result], inputs);
        string ordered = nodes.Add(
            "Transpose",
            returnsSequences ? OnnxAttribute.Integers("perm", 2, 0, 1, 3) : OnnxAttribute.Integers("perm", 1, 0, 2),
            OnnxNodes.Value(layer, "ordered"),
            result);
        nodes.Add("Reshape", y, ordered, nodes.AddConstant(layer, "shape", [0, .. layer.OutputShape]));

        string Joined(string name, Func<int, string> part)
        {
            string[] parts = [.. Enumerable.Range(0, directions).Select(direction =>
                nodes.Add("Unsqueeze", Part(name, direction) + "_direction", part(direction), first))];

            return directions == 1 ? parts[0] : nodes.Add("Concat", OnnxAttribute.Integer("axis", 0), OnnxNodes.Value(layer, name + "s"), parts);
        }

        string Kernel(int direction, string name, int tensor)
        {
            string gathered = Gathered(direction, name, tensor, axis: 1);

            return nodes.Add("Transpose", OnnxAttribute.Integers("perm", 1, 0), Part(name, direction) + "_transposed", gathered);
        }

        string Biases(int direction)
        {
            string biases = Gathered(direction, "input_biases", 2, axis: 0);
            string recurrent = HasRecurrentBiases ? Gathered(direction, "recurrent_biases", 3, axis: 0) : noBiases;

            return nodes.Add("Concat", OnnxAttribute.Integer("axis", 0), Part("both_biases", direction), biases, recurrent);
        }

        string Gathered(int direction, string name, int tensor, int axis) => nodes.Add(
            "Gather",
            OnnxAttribute.Integer("axis", axis),
            Part(name, direction) + "_ordered",
            layer.Tensors[(direction * TensorsOfDirection) + tensor].Name,
            order);

        string Part(string name, int direction) => OnnxNodes.Value(layer, direction == 0 ? name : "backward_" + name);
    }
}
