using System.Text;
using Nnfs.Import.Onnx;
using Nnfs.Import.Translating;

namespace Nnfs.Import.Writing;

/// <summary>Writes the class: an attribute for each layer, the losses at its ends, and a comment that says where it came from.</summary>
internal sealed class NetworkWriter
{
    private const int WidestAttribute = 64;

    private readonly OnnxModel _model;
    private readonly TranslatedGraph _graph;
    private readonly string _className;
    private readonly string? _namespace;
    private readonly string? _pretrained;

    private readonly List<ImportedLayer> _layers;

    /// <summary>The loss that takes the place of a layer at an end.</summary>
    private readonly Dictionary<ImportedLayer, string> _losses = [];

    private readonly string[] _inputNames;
    private readonly string[] _outputNames;
    private readonly LayerNames _names;
    private readonly bool _hasNamedInputs;

    /// <summary>A writer of one class.</summary>
    public NetworkWriter(OnnxModel model, TranslatedGraph graph, string className, string? @namespace, string? pretrained = null)
    {
        _model = model;
        _graph = Ended(graph);
        _className = className;
        _namespace = @namespace;
        _pretrained = pretrained;
        _layers = [.. _graph.Layers];

        ChooseLosses();
        _hasNamedInputs = NeedsNamedInputs();
        ImportedLayer[] named = [.. _layers.Where(layer => !_losses.ContainsKey(layer))];
        HashSet<string> used = new(LayerNames.DefaultsOf(named), StringComparer.OrdinalIgnoreCase) { className };
        _inputNames = PortNames.Of(_graph.Inputs, "Input", used);
        _outputNames = PortNames.Of(_graph.Outputs, "Output", used);
        _names = new(named, used);
    }

    /// <summary>The network.</summary>
    public ImportedNetwork Write()
    {
        StringBuilder text = new();
        text.Append("using Nnfs;\n\n");

        if (_namespace is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"namespace {_namespace};\n\n");
        }

        WriteComment(text);
        List<ImportedPort> outputs = WriteAttributes(text);

        if (_pretrained is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"[Pretrained(\"{_pretrained}\")]\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"public partial class {_className};\n");

        ImportedTensor[] tensors =
        [
            .. _layers.SelectMany(layer => layer.Tensors.Select(tensor => new ImportedTensor(
                $"{_names.StoredAs(layer)}.{tensor.Name}", tensor.Shape, Array.ConvertAll(tensor.Values, static value => (float)value)))),
        ];

        return new(_className, text.ToString(), tensors, _graph.Inputs, outputs);
    }

    /// <summary>
    /// Every output ends at a layer of its own, and the only one at the last layer: where two outputs are one value, or one is an input, a layer passes it on.
    /// </summary>
    private static TranslatedGraph Ended(TranslatedGraph graph)
    {
        List<ImportedLayer> layers = [.. graph.Layers];
        List<ImportedPort> outputs = [];

        foreach (ImportedPort output in graph.Outputs)
        {
            if (output.Layer.Kind != ImportedLayer.Input && outputs.TrueForAll(other => other.Layer != output.Layer))
            {
                outputs.Add(output);

                continue;
            }

            ImportedLayer same = new("Linear", output.Layer.Shape, output.Layer) { Origin = output.Name };
            layers.Add(same);
            outputs.Add(output with { Layer = same });
        }

        return graph with { Layers = layers, Outputs = outputs };
    }

    /// <summary>
    /// A softmax or sigmoid at an end becomes the loss that applies it: predictions are the same, and the network can be trained further. It stays a layer
    /// where another reads it, or where what it reads is not the layer before it.
    /// </summary>
    private void ChooseLosses()
    {
        foreach (ImportedPort output in _graph.Outputs)
        {
            ImportedLayer end = output.Layer;
            int place = _layers.IndexOf(end);
            string? loss = end.Kind switch
            {
                "Softmax" or ImportedLayer.LogSoftmax => "SoftmaxCrossEntropy",
                "Sigmoid" => "SigmoidBinaryCrossEntropy",
                _ => null,
            };

            if (loss is null || end.Sources[0].Kind == ImportedLayer.Input || _layers.Exists(layer => layer.Sources.Contains(end)))
            {
                continue;
            }

            bool isAfterSource = place > 0 && _layers[place - 1] == end.Sources[0] && !_losses.ContainsKey(end.Sources[0]);

            if (isAfterSource && _graph.Outputs.All(other => other.Layer != end.Sources[0]))
            {
                _losses.Add(end, loss);
            }
            else if (end.Kind == ImportedLayer.LogSoftmax)
            {
                ImportedLayer same = new("Linear", end.Shape, end.Sources[0]) { Origin = end.Origin };
                end.Sources[0] = same;
                _layers.Insert(place, same);
                _losses.Add(end, loss);
            }
        }
    }

    /// <summary>Whether something other than the first layer reads an input, which then needs a name.</summary>
    private bool NeedsNamedInputs()
    {
        if (_graph.Inputs.Count != 1)
        {
            return true;
        }

        ImportedLayer input = _graph.Inputs[0].Layer;

        return _layers.Where(layer => layer.Sources.Contains(input)).Any(layer => layer != _layers[0] || layer.IsJoin);
    }

    private void WriteComment(StringBuilder text)
    {
        string producer = _model.Producer.Length > 0 ? $" of {Escaped(_model.Producer)}" : "";
        text.Append(CultureInfo.InvariantCulture, $"/// <summary>The ONNX model '{Escaped(_model.Graph.Name)}'{producer} as a network.</summary>\n");
        text.Append("/// <remarks>\n");
        text.Append(_pretrained is null
            ? $"/// Its weights are in <c>{_className}.safetensors</c>, which <c>Load</c> and <c>LoadParameters</c> read.\n"
            : "/// The assembly carries its weights: <c>CreatePretrained</c> makes the network with them.\n");
        _graph.Inputs.ToList().ForEach(port => WriteLayout(text, "Input", port));
        _graph.Outputs.ToList().ForEach(port => WriteLayout(text, "Output", port));
        text.Append("/// </remarks>\n");
    }

    /// <summary>What is not as the model has it: the order of dimensions, and probabilities in place of their logarithms.</summary>
    private static void WriteLayout(StringBuilder text, string kind, ImportedPort port)
    {
        int[] order = [port.BatchDimension, .. port.Order.Where(static axis => axis >= 0)];
        string name = $"{kind} '{Escaped(port.Name)}'";

        if (!order.Order().SequenceEqual(order))
        {
            string shape = string.Join(" × ", port.Layer.Shape);
            string axes = string.Join(", ", order);
            text.Append(CultureInfo.InvariantCulture, $"/// {name} is samples × {shape}: the dimensions {axes} of the model's tensor, in this order.\n");
        }

        if (port.IsLogarithm)
        {
            text.Append(CultureInfo.InvariantCulture, $"/// {name} gives probabilities, of which the model gives the logarithms.\n");
        }
    }

    /// <returns>The outputs in the order in which the class has them.</returns>
    private List<ImportedPort> WriteAttributes(StringBuilder text)
    {
        List<(string Attribute, string Comment)> lines = [];
        List<ImportedPort> outputs = [];
        ImportedLayer? before = null;

        if (_hasNamedInputs)
        {
            lines.Add(("[Network]", ""));

            for (int i = 0; i < _inputNames.Length; i++)
            {
                before = _graph.Inputs[i].Layer;
                lines.Add(($"[Input(\"{_inputNames[i]}\", {string.Join(", ", before.Shape)})]", ""));
            }
        }
        else
        {
            before = _graph.Inputs[0].Layer;
            lines.Add(($"[Network({string.Join(", ", before.Shape)})]", ""));
        }

        foreach (ImportedLayer layer in _layers)
        {
            if (_losses.TryGetValue(layer, out string? loss))
            {
                lines.Add(($"[{loss}]", ""));
            }
            else
            {
                lines.Add((Attribute(layer, before), $"// → {string.Join(" × ", layer.Shape)}"));
                before = layer;
            }

            for (int i = 0; i < _outputNames.Length; i++)
            {
                if (_graph.Outputs[i].Layer == layer)
                {
                    outputs.Add(_graph.Outputs[i]);

                    if (_outputNames.Length > 1)
                    {
                        lines.Add(($"[Output(\"{_outputNames[i]}\")]", ""));
                    }
                }
            }
        }

        int width = lines.Where(static line => line.Attribute.Length <= WidestAttribute).Max(static line => line.Attribute.Length);

        foreach ((string attribute, string comment) in lines)
        {
            text.Append(comment.Length == 0 ? attribute : $"{attribute.PadRight(width)}  {comment}").Append('\n');
        }

        return outputs;
    }

    private string Attribute(ImportedLayer layer, ImportedLayer? before)
    {
        IEnumerable<string> arguments = layer.IsJoin ? layer.Sources.Select(source => $"\"{NameOf(source)}\"") : layer.Arguments;
        IEnumerable<string> settings = layer.Settings.Select(static setting => $"{setting.Name} = {setting.Value}");

        if (!layer.IsJoin && layer.Sources[0] != before)
        {
            settings = settings.Append($"From = \"{NameOf(layer.Sources[0])}\"");
        }

        if (_names.IsGiven(layer))
        {
            settings = settings.Append($"Name = \"{_names[layer]}\"");
        }

        string all = string.Join(", ", arguments.Concat(settings));

        return all.Length == 0 ? $"[{layer.Kind}]" : $"[{layer.Kind}({all})]";
    }

    private string NameOf(ImportedLayer source)
    {
        for (int i = 0; i < _inputNames.Length; i++)
        {
            if (_graph.Inputs[i].Layer == source)
            {
                return _inputNames[i];
            }
        }

        return _names[source];
    }

    /// <summary>A name of the model in a comment: what could end the comment or the line is left out.</summary>
    private static string Escaped(string name) =>
        string.Concat(name.Where(static c => !char.IsControl(c) && c is not ('<' or '>' or '&' or '\u2028' or '\u2029')).Take(80));
}
