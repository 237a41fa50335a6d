namespace Nnfs.Files.Onnx;

/// <summary>
/// The layers of a network as a graph: its nodes, and what goes in and out by which name. An input or output with an attribute of its own keeps its
/// name; others are called "inputs" and "outputs".
/// </summary>
internal sealed class OnnxGraph
{
    private const string OnlyInput = "inputs";
    private const string OnlyOutput = "outputs";

    private readonly IReadOnlyList<LayerInfo> _layers;
    private readonly List<(string Name, int Size)> _inputs = [];
    private readonly List<(string Name, int Size)> _outputs = [];

    /// <summary>The values that layers can read, by the names of the layers and inputs that give them.</summary>
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>The value that a layer reads that names no source: that of the layer before, or of the input.</summary>
    private string _arriving = "";

    private OnnxGraph(IReadOnlyList<LayerInfo> layers)
    {
        _layers = layers;
    }

    /// <summary>The nodes, each behind those that it reads.</summary>
    public OnnxNodes Nodes { get; } = new();

    /// <summary>The names and sizes of what the network takes.</summary>
    public IReadOnlyList<(string Name, int Size)> Inputs => _inputs;

    /// <summary>The names and sizes of what the network gives.</summary>
    public IReadOnlyList<(string Name, int Size)> Outputs => _outputs;

    /// <summary>The graph of a network's layers.</summary>
    public static OnnxGraph Of(IReadOnlyList<LayerInfo> layers)
    {
        OnnxGraph graph = new(layers);

        if (layers[0].Kind != LayerKind.Input)
        {
            graph.AddInput(graph.Free(OnlyInput), layers[0].Inputs);
        }

        foreach (LayerInfo layer in layers)
        {
            graph.Add(layer);
        }

        if (graph._outputs.Count == 0)
        {
            graph.AddOutput("Identity", graph.Free(OnlyOutput), layers[^1].Outputs, graph._arriving);
        }

        return graph;
    }

    private void Add(LayerInfo layer)
    {
        if (layer.Kind == LayerKind.Input)
        {
            AddInput(layer.Name, layer.Outputs);

            return;
        }

        string[] sources = layer.Sources.IsEmpty ? [_arriving] : [.. layer.Sources.Select(source => _values[source])];

        if (OutputOperation(layer.Kind) is { } operation)
        {
            // An output of its own names its source; the loss of the only one does not, and its name is no output's.
            AddOutput(operation, layer.Sources.IsEmpty ? Free(OnlyOutput) : layer.Name, layer.Outputs, sources[0]);
        }
        else
        {
            _arriving = Nodes.Add(layer, sources);
            _values[layer.Name] = _arriving;
        }
    }

    private void AddInput(string name, int size)
    {
        _inputs.Add((name, size));
        _values[name] = name;
        _arriving = name;
    }

    private void AddOutput(string operation, string name, int size, string source)
    {
        Nodes.Add(operation, name, source);
        _outputs.Add((name, size));
    }

    /// <summary>What turns the source of an output into the output, as Predict does; nothing for a layer that ends no output.</summary>
    private static string? OutputOperation(LayerKind kind) => kind switch
    {
        LayerKind.SoftmaxCrossEntropy => "Softmax",
        LayerKind.SigmoidBinaryCrossEntropy => "Sigmoid",
        LayerKind.Output or LayerKind.CategoricalCrossEntropy or LayerKind.BinaryCrossEntropy
            or LayerKind.MeanSquaredError or LayerKind.MeanAbsoluteError or LayerKind.Huber => "Identity",
        _ => null,
    };

    /// <summary>The name, or one like it where an input or output of the user's has it: values of a graph have different names.</summary>
    private string Free(string name)
    {
        while (_layers.Any(layer => layer.Name == name && (layer.Kind == LayerKind.Input || OutputOperation(layer.Kind) is not null)))
        {
            name += "_";
        }

        return name;
    }
}
