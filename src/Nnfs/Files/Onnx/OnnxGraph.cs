using System.Collections.Immutable;
using Nnfs.Layers;

namespace Nnfs.Files.Onnx;

/// <summary>
/// The layers of a network as a graph: its nodes, and what goes in and out by which name. An input or output with an attribute of its own keeps its
/// name; the others have the names "inputs" and "outputs".
/// </summary>
internal sealed class OnnxGraph
{
    private const string OnlyInput = "inputs";
    private const string OnlyOutput = "outputs";

    private readonly IReadOnlyList<LayerInfo> _layers;
    private readonly SampleScaling? _scaling;
    private readonly List<(string Name, ImmutableArray<int> Shape, int Type)> _inputs = [];
    private readonly List<(string Name, ImmutableArray<int> Shape)> _outputs = [];

    /// <summary>The values that layers can read, by the names of the layers and inputs that give them.</summary>
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>The value that a layer reads that names no source: that of the layer before, or of the input.</summary>
    private string _arriving = "";

    private OnnxGraph(IReadOnlyList<LayerInfo> layers, SampleScaling? scaling)
    {
        _layers = layers;
        _scaling = scaling;
    }

    /// <summary>The nodes, each after those that it reads.</summary>
    public OnnxNodes Nodes { get; } = new();

    /// <summary>The names, shapes and element types of what the network takes.</summary>
    public IReadOnlyList<(string Name, ImmutableArray<int> Shape, int Type)> Inputs => _inputs;

    /// <summary>The names and shapes of what the network gives.</summary>
    public IReadOnlyList<(string Name, ImmutableArray<int> Shape)> Outputs => _outputs;

    /// <summary>The graph of a network's layers.</summary>
    /// <param name="layers">The layers.</param>
    /// <param name="scaling">How samples are scaled before the first layer; <see langword="null"/> where they are not.</param>
    public static OnnxGraph Of(IReadOnlyList<LayerInfo> layers, SampleScaling? scaling = null)
    {
        OnnxGraph graph = new(layers, scaling);

        if (!layers[0].Definition.IsInput)
        {
            graph.AddInput(graph.Free(OnlyInput), layers[0].InputShape, scaling is null ? OnnxModel.Float : OnnxModel.Double);
            graph._arriving = scaling is null ? graph._arriving : OnnxScaling.AddBefore(graph.Nodes, scaling, graph._arriving);
        }

        foreach (LayerInfo layer in layers)
        {
            graph.Add(layer);
        }

        if (graph._outputs.Count == 0)
        {
            string output = graph.Free(OnlyOutput);
            string scaled = graph.Scaled(output);
            graph.Nodes.Add("Identity", scaled, graph._arriving);
            graph.AddOutput(scaled, output, layers[^1].OutputShape);
        }

        return graph;
    }

    private void Add(LayerInfo layer)
    {
        LayerDefinition definition = layer.Definition;

        if (definition.IsInput)
        {
            AddInput(layer.Name, layer.OutputShape, OnnxModel.Float);

            return;
        }

        string[] sources = layer.Sources.IsEmpty ? [_arriving] : [.. layer.Sources.Select(source => _values[source])];

        if (definition.ReadsIndices)
        {
            int input = _inputs.FindIndex(input => input.Name == sources[0]);
            _inputs[input] = _inputs[input] with { Type = OnnxModel.Integer };
        }

        if (definition.EndsOutput)
        {
            // An output of its own names its source; the loss of the only one does not, and its name is not an output's.
            string output = layer.Sources.IsEmpty ? Free(OnlyOutput) : layer.Name;
            string scaled = Scaled(output);
            definition.AddNodes(Nodes, layer, sources, scaled);
            AddOutput(scaled, output, layer.OutputShape);
        }
        else
        {
            _arriving = OnnxNodes.Value(layer, "outputs");
            _values[layer.Name] = _arriving;
            definition.AddNodes(Nodes, layer, sources, _arriving);
        }
    }

    /// <summary>What an output is called before it is turned back into the units of a label, where it is.</summary>
    private string Scaled(string output) => _scaling is { Targets.IsEmpty: false } ? output + ".scaled" : output;

    private void AddOutput(string scaled, string output, ImmutableArray<int> shape)
    {
        if (scaled != output)
        {
            OnnxScaling.AddAfter(Nodes, _scaling!, scaled, output);
        }

        _outputs.Add((output, shape));
    }

    private void AddInput(string name, ImmutableArray<int> shape, int type)
    {
        _inputs.Add((name, shape, type));
        _values[name] = name;
        _arriving = name;
    }

    /// <summary>The name, or one like it where an input or output of the user's has it: values of a graph have different names.</summary>
    private string Free(string name)
    {
        while (_layers.Any(layer => layer.Name == name && (layer.Definition.IsInput || layer.Definition.EndsOutput)))
        {
            name += "_";
        }

        return name;
    }
}
