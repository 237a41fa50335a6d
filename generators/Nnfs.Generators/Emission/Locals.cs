using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>The values of a pass into a workspace, in one of its methods: a local where it is used several times, declared before the first.</summary>
internal sealed class Locals
{
    /// <summary>The inputs of a thread's samples, where those of all are at hand.</summary>
    public const string ThreadInputs = "inputs.Slice(start * InputSize, samples * InputSize)";

    private readonly NetworkSpec _network;
    private readonly HashSet<string>? _inline;
    private readonly bool _isOfThread;
    private readonly HashSet<string> _declared = new(StringComparer.Ordinal);
    private readonly List<string> _pending = [];

    private Locals(NetworkSpec network, HashSet<string>? inline, bool isOfThread = false)
    {
        _isOfThread = isOfThread;
        _network = network;
        _inline = inline;
    }

    /// <summary>No locals: the values of a thread's samples, as they are written where all samples of the pass are at hand.</summary>
    /// <param name="network">The network.</param>
    public static Locals OfThread(NetworkSpec network) => new(network, inline: null, isOfThread: true);

    /// <summary>The texts of a method; they are written twice, at first with locals for all values, to see which are used but once.</summary>
    /// <param name="network">The network.</param>
    /// <param name="write">Writes the texts.</param>
    public static List<string> Write(NetworkSpec network, Func<Locals, IEnumerable<string>> write)
    {
        Locals all = new(network, inline: null);
        List<string> texts = [.. write(all)];
        string text = string.Join("\n", texts);

        // A name stands once in its declaration.
        HashSet<string> inline = new(all._declared.Where(name => Uses(text, name) == 2), StringComparer.Ordinal);

        return inline.Count == 0 ? texts : [.. write(new Locals(network, inline))];
    }

    /// <summary>A value: the outputs of a stage, or an input.</summary>
    public string Value(int source) => _network.RootOf(source) < 0 && !_network.KeepsInputs && _network.Plan != NetworkPlan.Lanes
        ? (_isOfThread ? ThreadInputs : "inputs")
        : Of(Names.ValueField(_network, source), _network.SizeOf(source), IsOfIndices(source) ? Names.IndexSpan : Names.FloatSpan);

    /// <summary>The gradients of a value.</summary>
    public string Gradients(int source) => Of(Names.GradientsField(_network, source), _network.SizeOf(source));

    /// <summary>A block that a stage keeps.</summary>
    public string Kept(StageSpec stage, BlockSpec block) =>
        block.PerSample > 0 ? Of(Names.BlockField(stage, block), block.PerSample) : $"workspace.{Names.BlockField(stage, block)}.Span";

    /// <summary>Memory for a contribution to the gradients of a value. Each thread has a part of its own, whatever it computes there.</summary>
    public string Contribution(int source)
    {
        int size = _network.SizeOf(source);
        int room = _network.Plans.Gradients.ContributionSize;
        string name = Names.ContributionField.TrimStart('_') + (size == room ? "" : Wording.Number((long)size));

        string start = _network.Plan == NetworkPlan.Plain ? "0" : Names.Times("start", room);
        string part = _network.Plan == NetworkPlan.Lanes ? "Span.Slice(start)" : $"Slice({start}, {Names.Times("samples", size)})";

        return Declared(name, $"workspace.{Names.ContributionField}.{part}");
    }

    /// <summary>The text of steps, after their comment the declarations of the locals that they are the first to use.</summary>
    public string Declare(string text)
    {
        if (_pending.Count == 0)
        {
            return text;
        }

        string[] lines = text.Split('\n');
        int comments = lines.TakeWhile(static line => line.StartsWith("//", StringComparison.Ordinal)).Count();
        string declared = string.Join("\n", lines.Take(comments).Concat(_pending).Concat(lines.Skip(comments)));
        _pending.Clear();

        return declared;
    }

    private string Of(string field, int size, string type = Names.FloatSpan)
    {
        string part = _network.Plan == NetworkPlan.Plain ? $"Slice(0, {Names.Times("samples", size)})"
            : _network.Plan == NetworkPlan.Rows ? $"Slice({Names.Times("start", size)}, {Names.Times("samples", size)})"
            : "Span.Slice(start)";

        return Declared(field.TrimStart('_'), $"workspace.{field}.{part}", type);
    }

    private string Declared(string name, string value, string type = Names.FloatSpan)
    {
        if (_isOfThread || _inline?.Contains(name) == true)
        {
            return value;
        }

        if (_declared.Add(name))
        {
            _pending.Add($"{type} {name} = {value};");
        }

        return name;
    }

    private bool IsOfIndices(int source) => source < 0 && _network.Inputs[~source].Element == ElementType.Integer;

    /// <summary>How often a name occurs in a text.</summary>
    private static int Uses(string text, string name)
    {
        int uses = 0;

        for (int i = text.IndexOf(name, StringComparison.Ordinal); i >= 0; i = text.IndexOf(name, i + 1, StringComparison.Ordinal))
        {
            int end = i + name.Length;
            uses += (i == 0 || !IsOfName(text[i - 1])) && (end == text.Length || !IsOfName(text[end])) ? 1 : 0;
        }

        return uses;
    }

    private static bool IsOfName(char character) => character == '_' || char.IsLetterOrDigit(character);
}
