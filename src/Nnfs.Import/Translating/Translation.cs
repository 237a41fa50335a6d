using Nnfs.Import.Evaluation;
using Nnfs.Import.Onnx;
using Nnfs.Import.Simplifying;

namespace Nnfs.Import.Translating;

/// <summary>
/// Makes layers of the nodes of a graph, one after the other. What nodes give is a constant, a size, or a value of the network with a view of it; nodes that
/// only look at values in another way make no layer.
/// </summary>
internal sealed class Translation
{
    private readonly SimpleGraph _graph;

    /// <summary>
    /// What is known by name: a <see cref="TensorValue"/>, a <see cref="SizedValue"/> or a <see cref="NetworkValue"/>; null for what can't be expressed.
    /// </summary>
    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);

    private readonly List<ImportProblem> _problems = [];
    private readonly List<ImportedPort> _inputs = [];
    private readonly Dictionary<(ImportedLayer, string), ImportedLayer> _reshaped = [];
    private readonly Dictionary<NetworkValue, NetworkValue> _finished = [];

    /// <summary>The number of nodes that could not be expressed, or read what could not.</summary>
    private int _missing;

    /// <summary>The number of those that could not be expressed because of the order of values in memory, which is seldom what a user can mend.</summary>
    private int _misplaced;

    private Translation(SimpleGraph graph)
    {
        _graph = graph;
        Budget = new(graph.ParameterCount);
    }

    /// <summary>What may still be computed from constants and sizes.</summary>
    public FoldingBudget Budget { get; }

    /// <summary>The number of samples that the model was written for, or null where that is free.</summary>
    public int? FixedBatch { get; private set; }

    /// <summary>
    /// Translates a graph. Where inputs may lie in memory in several ways, it takes the way in which most nodes can be expressed, and of those the one with
    /// the fewest layers.
    /// </summary>
    public static TranslatedGraph Of(SimpleGraph graph)
    {
        TranslatedGraph? best = null;
        (int Missing, int Misplaced, int Problems, int Layers) least = default;

        foreach (bool[] areChannelsFirst in LayoutsOf(graph.Inputs))
        {
            Translation translation = new(graph);
            TranslatedGraph translated = translation.Translate(areChannelsFirst);
            (int, int, int, int) loss = (translation._missing, translation._misplaced, translated.Problems.Count, translated.Layers.Count);

            if (best is null || loss.CompareTo(least) < 0)
            {
                (best, least) = (translated, loss);
            }
        }

        return best!;
    }

    /// <summary>What a name stands for.</summary>
    /// <exception cref="UnknownValueException">It comes from a node that can't be expressed.</exception>
    public object Find(string name)
    {
        if (_graph.Constant(name) is { } constant)
        {
            return constant;
        }

        return _values[name] ?? throw new UnknownValueException();
    }

    /// <summary>Says what a name stands for.</summary>
    public void Set(string name, object value) => _values[name] = value;

    /// <summary>How many nodes and outputs read a value.</summary>
    public int Uses(string name) => _graph.Uses(name);

    /// <summary>The layer with its values in a shape: itself, or a reshape of it.</summary>
    public ImportedLayer Shaped(ImportedLayer layer, int[] shape)
    {
        if (layer.Shape.AsSpan().SequenceEqual(shape))
        {
            return layer;
        }

        string text = string.Join(", ", shape);

        if (!_reshaped.TryGetValue((layer, text), out ImportedLayer? reshaped))
        {
            reshaped = new ImportedLayer(shape.Length == 1 ? "Flatten" : "Reshape", shape, layer)
            {
                Arguments = shape.Length == 1 ? [] : [.. shape.Select(static size => size.ToString(CultureInfo.InvariantCulture))],
            };
            _reshaped.Add((layer, text), reshaped);
        }

        return reshaped;
    }

    /// <summary>
    /// The layer of a value with all that was still to be done: what is pending becomes a layer of its own, with a weight and a bias for each channel or value.
    /// </summary>
    public NetworkValue Finished(NetworkValue value)
    {
        if (value.Pending is not { } affine)
        {
            return value;
        }

        if (_finished.TryGetValue(value, out NetworkValue? finished))
        {
            return finished;
        }

        int columns = value.Layer.Shape[^1];
        bool isByChannel = value.Layer.Shape.Length is 2 or 3 && affine.OfColumns(columns) is not null;
        Affine constants = isByChannel ? affine.OfColumns(columns)! : affine;
        int[] shape = isByChannel ? value.Layer.Shape : [1, value.Layer.Count];
        bool isImage = shape.Length == 3;
        int channels = shape[^1];

        ImportedLayer layer = new(isImage ? "DepthwiseConv2D" : "DepthwiseConv1D", shape, Shaped(value.Layer, shape))
        {
            Arguments = ["1"],
            Tensors =
            [
                new("weights", isImage ? [1, 1, channels] : [1, channels], [.. constants.Scale]),
                new("biases", [channels], [.. constants.Shift]),
            ],
            Origin = value.Layer.Origin,
        };

        finished = new(Shaped(layer, value.Layer.Shape), value.View, value.IsOnlyUse);
        _finished.Add(value, finished);

        return finished;
    }

    /// <summary>For each input whether its channels come first, in all combinations. Of more than four images or sequences, the last ones are alike.</summary>
    private static IEnumerable<bool[]> LayoutsOf(IReadOnlyList<OnnxValue> inputs)
    {
        int[] bits = [.. inputs.Select((_, i) => inputs.Take(i).Count(HasChannels)).Select(static before => 1 << Math.Min(before, 3))];
        int count = 1 << Math.Min(inputs.Count(HasChannels), 4);

        for (int layout = 0; layout < count; layout++)
        {
            yield return [.. inputs.Select((input, i) => HasChannels(input) && (layout & bits[i]) != 0)];
        }

        static bool HasChannels(OnnxValue input) => input.Dimensions is { Count: > 2 };
    }

    private TranslatedGraph Translate(bool[] areChannelsFirst)
    {
        for (int i = 0; i < _graph.Inputs.Count; i++)
        {
            AddInput(_graph.Inputs[i], areChannelsFirst[i]);
        }

        foreach (OnnxNode node in _graph.Nodes)
        {
            Translate(node);
        }

        if (_graph.Outputs.Count == 0)
        {
            _problems.Add(new(_graph.Name, "graph", "it has no outputs"));
        }

        List<ImportedPort> outputs = [.. _graph.Outputs.Select(AddOutput).OfType<ImportedPort>()];

        return _problems.Count == 0 ? TranslatedGraph.Of(_inputs, outputs) : new([], _inputs, outputs, _problems);
    }

    private void Translate(OnnxNode node)
    {
        foreach (string output in node.Outputs)
        {
            if (output.Length > 0)
            {
                _values[output] = null;
            }
        }

        Action<NodeTranslation>? translate = OperatorTable.Find(node);

        try
        {
            NodeTranslation translation = new(this, node, _graph.OperatorSet);

            if (translation.TryEvaluate())
            {
                return;
            }

            if (translate is null)
            {
                throw new RefusedNodeException(OperatorTable.WhyUnknown(node, _graph.Functions));
            }

            translate(translation);

            if (node.Outputs.FirstOrDefault(output => output.Length > 0 && _values[output] is null && Uses(output) > 0) is { } missing)
            {
                throw new RefusedNodeException($"its output '{missing}' is read, which the layer does not give");
            }
        }
        catch (UnknownValueException)
        {
            _missing++;

            // The node that the value comes from is named. This one is too, if it can't be expressed whatever it reads.
            if (translate is null && !OperatorTable.IsOfSizes(node))
            {
                _problems.Add(new(node.Title, node.Operator, OperatorTable.WhyUnknown(node, _graph.Functions)));
            }
        }
        catch (Exception exception) when (exception is RefusedNodeException or OnnxException or OverflowException or InvalidOperationException)
        {
            _missing++;
            _misplaced += exception is RefusedNodeException { IsOfOrder: true } ? 1 : 0;
            _problems.Add(new(node.Title, node.Operator, ReasonOf(node, exception.Message)));
            Continue(node);
        }
        catch (Exception exception) when (exception is ArithmeticException or ArgumentException or IndexOutOfRangeException)
        {
            _missing++;
            _problems.Add(new(node.Title, node.Operator, "its inputs or settings are not those that the operator takes"));
        }
    }

    /// <summary>What a message says of a node that it names, which is named beside it.</summary>
    private static string ReasonOf(OnnxNode node, string message)
    {
        string name = $"The node '{node.Title}' ({node.Operator}) ";

        return message.StartsWith(name, StringComparison.Ordinal) ? $"it {message[name.Length..].TrimEnd('.')}" : message;
    }

    /// <summary>
    /// Goes on as if a node that can't be expressed had a layer, where its output has the shape of what it reads: what comes after it is then named as well.
    /// </summary>
    private void Continue(OnnxNode node)
    {
        NetworkValue? read = node.Inputs.Select(name => _graph.Constant(name) is null ? _values.GetValueOrDefault(name) : null).OfType<NetworkValue>()
            .MaxBy(static value => value.View.Count);

        if (read is not null && node.Outputs[0].Length > 0 && OperatorTable.KeepsShape(node))
        {
            _values[node.Outputs[0]] = new NetworkValue(new("Linear", read.Layer.Shape, read.Layer) { Origin = node.Title }, read.View, IsOnlyUse: true);
        }
    }

    private void AddInput(OnnxValue input, bool isChannelsFirst)
    {
        _values[input.Name] = null;

        if (_graph.Uses(input.Name) == 0)
        {
            return;
        }

        try
        {
            ImportedPort port = ImportedPort.OfInput(input, isChannelsFirst, out View view, out int? fixedBatch);
            FixedBatch ??= fixedBatch;
            _inputs.Add(port);
            _values[input.Name] = new NetworkValue(port.Layer, view, _graph.Uses(input.Name) == 1);
        }
        catch (RefusedNodeException exception)
        {
            _problems.Add(new(input.Name, "input", exception.Message));
        }
    }

    private ImportedPort? AddOutput(OnnxValue output)
    {
        try
        {
            if (Find(output.Name) is not NetworkValue value)
            {
                throw new RefusedNodeException("it is the same for all samples");
            }

            if (value.Places is not null)
            {
                throw new RefusedNodeException(NodeTranslation.Scattered);
            }

            value = Finished(value);
            (int[] shape, int[] order) = ImportedPort.LayoutOf(value);

            return new(output.Name, Shaped(value.Layer, shape), order, value.View.BatchDimension, value.View.Rank);
        }
        catch (UnknownValueException)
        {
            return null;
        }
        catch (RefusedNodeException exception)
        {
            _problems.Add(new(output.Name, "output", exception.Message));

            return null;
        }
    }
}
