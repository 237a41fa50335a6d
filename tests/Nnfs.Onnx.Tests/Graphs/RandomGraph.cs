using System.Globalization;
using System.Text;

namespace Nnfs.Onnx.Tests.Graphs;

/// <summary>Draws a network of layers that read anything before them: fan-out, nested joins, several inputs and outputs.</summary>
internal sealed class RandomGraph
{
    /// <summary>A normalisation of fewer values of a sample divides by deviations near zero, which magnifies roundings.</summary>
    private const int LeastNormalised = 4;

    private static readonly string[] s_activations =
        [
            "ReLU", "LeakyReLU(0.1f)", "Sigmoid", "Tanh", "ELU(0.7f)", "GELU", "GELU(Form = GELUForm.Tanh)", "SiLU", "Softplus", "HardSwish",
            "Linear", "Softmax",
            "Dropout(0.3f)", "BatchNorm", "LayerNorm", "RMSNorm",
        ];

    private static readonly string[] s_losses =
        ["SoftmaxCrossEntropy", "SigmoidBinaryCrossEntropy", "MeanSquaredError", "MeanAbsoluteError", "Huber(0.5f)"];

    private readonly Random _random;
    private readonly StringBuilder _declaration = new();
    private readonly List<Port> _values = [];
    private readonly HashSet<Port> _unread = [];
    private int _layers;

    private RandomGraph(int seed)
    {
        _random = new Random(seed);
    }

    public static GraphCase Draw(int seed) => new RandomGraph(seed).Draw();

    private GraphCase Draw()
    {
        Port[] inputs = DrawInputs();

        for (int layers = _random.Next(3, 15); layers > 0; layers--)
        {
            AddLayer();
        }

        Port[] outputs = DrawOutputs();

        return new GraphCase(_declaration.ToString(), inputs, outputs);
    }

    /// <summary>Mostly one input that has no name, which only the first layer can read; else up to three that have.</summary>
    private Port[] DrawInputs()
    {
        if (_random.Next(3) > 0)
        {
            Port input = new("inputs", Width());
            Write($"Network({input.Size})");
            AddDense("");

            return [input];
        }

        Write("Network");
        Port[] inputs = [.. Enumerable.Range(0, _random.Next(1, 4)).Select(i => new Port($"input{i}", Width()))];

        foreach (Port input in inputs)
        {
            Write($"Input(\"{input.Name}\", {input.Size})");
            Give(input);
        }

        return inputs;
    }

    private void AddLayer()
    {
        switch (_random.Next(6))
        {
            case 0:
                string join = _random.Next(2) == 0 ? "Add" : "Multiply";
                Port first = Any();
                Port[] alike = [first, .. _values.Where(value => value.Size == first.Size && _random.Next(3) > 0).Take(2)];
                AddJoin(join, alike.Length == 1 ? [first, first] : alike, first.Size);
                break;

            case 1:
                Port[] parts = [.. Enumerable.Range(0, _random.Next(2, 4)).Select(_ => Any())];
                AddJoin("Concat", parts, parts.Sum(static part => part.Size));
                break;

            case 2 or 3:
                AddDense(From(Any()));
                break;

            default:
                Port source = Any();
                string activation = s_activations[_random.Next(s_activations.Length)];
                AddNamed(activation is "LayerNorm" or "RMSNorm" && source.Size < LeastNormalised ? "Tanh" : activation, From(source), source.Size);
                break;
        }
    }

    /// <summary>An output of its own for each of the first values that nothing has read, with the others joined before the last.</summary>
    private Port[] DrawOutputs()
    {
        Port[] unread = [.. _values.Where(_unread.Contains)];
        int count = Math.Min(unread.Length, 3);

        if (unread.Length > count)
        {
            AddJoin("Concat", unread[(count - 1)..], unread[(count - 1)..].Sum(static part => part.Size));
            unread = [.. _values.Where(_unread.Contains)];
        }

        // The only output may do without a name.
        bool isNamed = count > 1 || _random.Next(2) == 0;

        return [.. unread.Select((value, i) => AddOutput(value, isNamed ? $"output{i}" : ""))];
    }

    private Port AddOutput(Port value, string name)
    {
        AddDense(From(value));
        int size = _values[^1].Size;

        if (_random.Next(3) > 0)
        {
            Write(s_losses[_random.Next(s_losses.Length)]);
        }

        if (name.Length > 0)
        {
            Write($"Output(\"{name}\")");
        }

        return new Port(name.Length > 0 ? name : "outputs", size);
    }

    private void AddDense(string from)
    {
        int width = Width();
        string arguments = from.Length == 0 ? $"Dense({width})" : $"Dense({width}, {from})";
        AddNamed(arguments, "", width);
    }

    private void AddJoin(string kind, Port[] sources, int size)
    {
        string names = string.Join(", ", sources.Select(static source => $"\"{source.Name}\""));
        _unread.ExceptWith(sources);
        AddNamed($"{kind}({names})", "", size);
    }

    private void AddNamed(string layer, string from, int size)
    {
        string[] named = from.Length == 0 ? [$"Name = \"L{_layers}\""] : [from, $"Name = \"L{_layers}\""];
        string settings = string.Join(", ", named);
        Write(layer.EndsWith(')') ? $"{layer[..^1]}, {settings})" : $"{layer}({settings})");
        Give(new Port($"L{_layers}", size));
        _layers++;
    }

    /// <summary>Names a source; the one directly before needs no name, and has one half of the time.</summary>
    private string From(Port source)
    {
        _unread.Remove(source);

        return source == _values[^1] && _layers > 0 && _random.Next(2) == 0 ? "" : $"From = \"{source.Name}\"";
    }

    /// <summary>Mostly what nothing has read yet, else any value.</summary>
    private Port Any()
    {
        Port[] unread = [.. _values.Where(_unread.Contains)];

        return unread.Length > 0 && _random.Next(3) > 0 ? unread[_random.Next(unread.Length)] : _values[_random.Next(_values.Count)];
    }

    private void Give(Port value)
    {
        _values.Add(value);
        _unread.Add(value);
    }

    private int Width() => _random.Next(4) == 0 ? _random.Next(1, 40) : 8;

    private void Write(FormattableString attribute) => Write(attribute.ToString(CultureInfo.InvariantCulture));

    private void Write(string attribute) => _declaration.Append('[').Append(attribute).Append("]\n");
}
