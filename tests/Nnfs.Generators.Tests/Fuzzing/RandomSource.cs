using System.Globalization;
using System.Text;
using Nnfs.Catalogue;
using Nnfs.Catalogue.Drawing;
using Nnfs.Catalogue.Layers;
using Nnfs.Catalogue.Losses;

namespace Nnfs.Generators.Tests.Fuzzing;

/// <summary>Writes sources such as somebody might type: sensible, careless, half-finished or hostile. Equal seeds give equal sources.</summary>
internal sealed class RandomSource
{
    private static readonly string[] s_identifiers = ["Net", "Spiral", "@class", "Größe", "网络", "D2", "T", "_net", "Nnfs", "List", "Workspace2", "@event", "Δ"];
    private static readonly string[] s_sizes =
    [
        "1", "2", "3", "7", "16", "64", "128", "Hidden", "2 * Hidden", "nameof(Hidden).Length", "(int)3L", "0", "-1", "int.MaxValue", "65536",
        "99999999999", "1.5", "\"64\"", "null", "default", "Missing", "'a'", "",
    ];
    private static readonly string[] s_names =
    [
        "\"Hidden1\"", "\"Output\"", "\"class\"", "\"Dense1\"", "\"two words\"", "\"\"", "null", "\"Predict\"", "\"größe\"", "nameof(Hidden)",
        "\"Field\"", "\"ToString\"", "\"@at\"", "1",
    ];
    private static readonly string[] s_numbers =
    [
        "0.1f", "0.5f", "1", "0", "-0.1f", "1e-5f", "1e30f", "-1e-30f", "1e-46f", "float.NaN", "float.PositiveInfinity", "float.Epsilon",
        "float.MaxValue", "0.5", "Hidden", "null", "\"0.1\"", "default", "Missing", "", "(GELUForm)7",
    ];
    private static readonly string[] s_ports =
    [
        "state", "action", "policy", "value", "x", "inputs", "outputs", "event", "class", "relu1", "dense1Outputs", "stateSize", "dense1Output",
        "stateGradients", "policyTargets", "batch", "regularization", "input", "output", "Workspace", "scratch", "network", "Net", "größe",
        "two words", "_x", "", "@in",
    ];
    private static readonly string[] s_initializers =
    [
        "WeightInitializer.HeNormal",
        "Nnfs.WeightInitializer.ScaledNormal",
        "(WeightInitializer)77",
        "default",
        "null",
        "WeightInitializer.Missing",
    ];
    private static readonly string[] s_members =
    [
        "public const int Hidden = 64;",
        "private const int Hidden = -1;",
        "public int Dense1 => 1;",
        "private readonly float[] _parameters = [];",
        "public int Field;",
        "private struct D2;",
        "private sealed class D64;",
        "public void Predict() { }",
        "public string Summary => \"\";",
        "public const int InputSize = 2, OutputSize = 3;",
        "public float[] Parameters { get; set; } = [];",
        "private sealed class Workspace;",
        "public struct Forward;",
        "public void InitializeParameters(NumpyRandom random) { }",
        "public static int Predict(System.ReadOnlySpan<float> inputs, System.Span<float> outputs) => 1;",
        "public int Classify(System.ReadOnlySpan<float> input) => 1;",
        "public void Forward(System.ReadOnlySpan<float> inputs, Workspace workspace) { }",
        "public void Backward(System.ReadOnlySpan<float> inputs, System.ReadOnlySpan<int> labels, Workspace workspace) { }",
        "public void Backward(System.ReadOnlySpan<float> inputs, System.ReadOnlySpan<float> targets, in Workspace workspace) { }",
        "public Workspace CreateWorkspace(int size, int more = 1) => new(size);",
        "public int Calls() => Classify([1, 2]) + Classify(stackalloc float[InputSize]) + CreateWorkspace(0).BatchSize;",
        "private int PredictTile(int x) => x;",
        "private int PredictBatch(int x) => x;",
        "public const int StateSize = 3;",
        "public int Policy => 1;",
        "public float Trains(float[] x, Workspace pass) => Forward(x, [0, 1], pass) + Forward(x, x, pass);",
        "public float TrainsBoth(float[] x, Workspace pass) => Forward(x, [1, 2], [0, 3], pass);",
        "public void PredictsBoth(float[] x) { Predict([1, 2, 3], x, x); Predict(x, [1], x, new float[3]); }",
        "private readonly int ForwardLayers = 1; public int Refuse() => ForwardLayers;",
    ];

    private readonly Random _random;
    private readonly StringBuilder _text = new();
    private string _name = "";

    /// <summary>How careful the writer is: one in three makes hardly a mistake, so that sound networks are among the sources too.</summary>
    private readonly double _carelessness;

    private RandomSource(int seed)
    {
        _random = new Random(seed);
        _carelessness = Sometimes(0.35) ? 0.02 : 1;
    }

    public static string Write(int seed) => new RandomSource(seed).Write();

    private string Write()
    {
        string[] usings = ["using Nnfs;", "", "using D = Nnfs.DenseAttribute;\nusing Nnfs;", "using System;\nusing Nnfs;\nusing Nnfs;", "global using Nnfs;"];
        _text.Append(Slips(0.15) ? Pick(usings) : usings[0]).Append('\n');

        bool isBlock = Sometimes(0.2);
        _text.Append(isBlock ? $"namespace {Pick(s_identifiers)}.Inner\n{{\n" : Sometimes(0.6) ? $"namespace {Pick(s_identifiers)};\n" : "");

        int classes = _random.Next(1, 4);

        for (int i = 0; i < classes; i++)
        {
            WriteNested(depth: Sometimes(0.2) ? _random.Next(1, 5) : 0);
        }

        if (isBlock)
        {
            _text.Append("}\n");
        }

        return Damage(_text.ToString());
    }

    private void WriteNested(int depth)
    {
        if (depth == 0)
        {
            WriteClass();

            return;
        }

        string[] kinds = ["class", "struct", "record", "record struct", "interface", "static class"];
        string kind = Pick(kinds);
        bool isStatic = kind.StartsWith("static ", StringComparison.Ordinal);
        _text.Append(
            CultureInfo.InvariantCulture,
            $"public {(isStatic ? "static " : "")}{(Slips(0.1) ? "" : "partial ")}{(isStatic ? "class" : kind)} " +
            $"Outer{depth}{(Sometimes(0.2) ? "<T>" : "")}\n{{\n");
        WriteNested(depth - 1);
        _text.Append("}\n");
    }

    private void WriteClass()
    {
        _name = $"{Pick(s_identifiers)}{(Slips(0.5) ? "" : _random.Next(1000))}";
        WriteAttributes(withNetwork: !Slips(0.05));

        string[] modifiers = ["public partial", "internal sealed partial", "partial", "public", "abstract partial", "static partial", "file partial"];
        string[] kinds = ["class", "class", "class", "record", "struct", "record struct", "interface"];
        _text.Append(CultureInfo.InvariantCulture, $"{(Slips(0.2) ? Pick(modifiers) : modifiers[0])} {(Slips(0.1) ? Pick(kinds) : "class")} {_name}");
        _text.Append(Slips(0.04) ? "<T>" : "").Append(Slips(0.04) ? "(int seed)" : "").Append(Slips(0.04) ? " : System.IDisposable" : "");

        if (Sometimes(0.5))
        {
            _text.Append(";\n");
        }
        else
        {
            _text.Append("\n{\n");
            WriteMembers();
            _text.Append("}\n");
        }

        if (Slips(0.08))
        {
            WriteAttributes(withNetwork: Sometimes(0.3));
            _text.Append(CultureInfo.InvariantCulture, $"partial class {_name};\n");
        }
    }

    private void WriteMembers()
    {
        string[] constructors =
        [
            $"public {_name}() {{ }}",
            $"public {_name}(int seed) {{ }}",
            $"public {_name}(NumpyRandom random) : this() {{ }}",
            $"private {_name}(string path) : this(3) {{ }}",
        ];

        foreach (string member in s_members.Where(_ => Slips(0.07)).Concat(constructors.Where(_ => Slips(0.1))))
        {
            _text.Append("    ").Append(member).Append('\n');
        }
    }

    private void WriteAttributes(bool withNetwork)
    {
        bool isGraph = Sometimes(0.5);
        bool withInputs = isGraph && Sometimes(0.6);

        if (withNetwork && withInputs && !Slips(0.1))
        {
            _text.Append(CultureInfo.InvariantCulture, $"[{Qualify("Network")}]\n");
        }
        else if (withNetwork)
        {
            string[] shapes = ["2", "28, 28", Pick(s_sizes), $"{Pick(s_sizes)}, {Pick(s_sizes)}", "", "new[] { 2, 3 }", "null", "new int[0]"];
            string initializer = Slips(0.1) ? $", WeightInitializer = {Pick(s_initializers)}" : "";
            _text.Append(CultureInfo.InvariantCulture, $"[{Qualify("Network")}({(Slips(0.25) ? Pick(shapes) : shapes[0])}{initializer})]\n");
        }

        if (isGraph)
        {
            WriteGraph(withInputs);

            return;
        }

        WriteChain(Sometimes(0.01) ? _random.Next(50, 120) : _random.Next(Slips(0.2) ? 0 : 1, 7));
    }

    /// <summary>Layers that read the one before, about every other one a dense one.</summary>
    private void WriteChain(int layers)
    {
        SampleShape shape = new(2);
        LayerEntry? last = null;

        for (int i = 0; i < layers; i++)
        {
            LayerEntry kind = Sometimes(0.5) ? DenseLayer.Kind : PickKind(kind => !kind.IsJoin && kind.Accepts([shape]));
            ReferenceLayer layer = kind.Draw(Drawn(shape));
            WriteAttribute(kind.Name, kind == DenseLayer.Kind ? DenseArguments() : Written(layer.Arguments));
            shape = layer.OutputOf([shape]);
            last = kind;
        }

        if (Slips(0.1))
        {
            WriteAttribute(Pick(["Softmax", "Loss", "Layer", "Output"]), "");
        }
        else if (Sometimes(0.7))
        {
            WriteLoss(last);
        }
    }

    /// <summary>
    /// Layers of all kinds that read each other by name, with inputs and outputs. The names and shapes of the values are known, so that those who are
    /// careful join what fits.
    /// </summary>
    private void WriteGraph(bool withInputs)
    {
        List<Value> values = [];
        Dictionary<string, int> counts = [];
        int ports = 0;
        int inputs = withInputs ? _random.Next(1, 4) : 0;

        for (int i = 0; i < inputs; i++)
        {
            SampleShape shape = inputs == 1 && Sometimes(0.2) ? new(_random.Next(1, 9), 1) : new(_random.Next(1, 9));
            string name = PortName(ref ports);
            WriteAttribute("Input", $"{Quote(name)}, {(Slips(0.1) ? Pick(s_sizes) : shape)}");
            values.Add(new Value(name, shape));
        }

        if (values.Count > 1)
        {
            Concatenate(values, Count);
        }
        else if (values.Count == 0)
        {
            values.Add(new Value("", new SampleShape(2)) { IsRead = true });
        }

        int outputs = Sometimes(0.4) ? _random.Next(1, 4) : 0;

        do
        {
            for (int i = _random.Next(1, 7); i > 0; i--)
            {
                WriteNode(values, Count);
            }

            // What nothing has read yet is joined, so that careful writers leave nothing behind.
            if (values.Count(static value => !value.IsRead) > 1 && !Slips(0.3))
            {
                Concatenate(values, Count);
                values[^1].IsRead = true;
            }

            WriteLoss(values[^1].Kind);

            if (outputs > 0 && !Slips(0.1))
            {
                WriteAttribute("Output", Quote(PortName(ref ports)));
                values[^1].IsRead = true;
            }
        }
        while (--outputs > 0);

        string Count(string kind)
        {
            counts[kind] = counts.GetValueOrDefault(kind) + 1;

            return kind + counts[kind].ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Joins all values that nothing reads; those of several axes go through a dense layer before.</summary>
    private void Concatenate(List<Value> values, Func<string, string> count)
    {
        foreach (Value value in values.Where(static value => !value.IsRead && value.Shape.Rank > 1).ToArray())
        {
            int neurons = _random.Next(1, 20);
            WriteAttribute("Dense", $"{neurons}, From = {Quote(value.Name)}");
            value.IsRead = true;
            values.Add(new Value(count("Dense"), new SampleShape(neurons), DenseLayer.Kind));
        }

        Value[] unread = [.. values.Where(static value => !value.IsRead)];

        if (unread.Length > 1)
        {
            WriteJoin(ConcatLayer.Kind.Name, [.. unread.Select(static value => value.Name)]);
            Array.ForEach(unread, static value => value.IsRead = true);
            values.Add(new Value(count(ConcatLayer.Kind.Name), new SampleShape(unread.Sum(static value => value.Shape.Size)), ConcatLayer.Kind));
        }
    }

    private void WriteNode(List<Value> values, Func<string, string> count)
    {
        Value last = values[^1];
        LayerEntry kind = PickKind(static _ => true);
        Value? partner = values.Find(value => value.Name.Length > 0 && value != last && kind.Accepts([last.Shape, value.Shape]));

        if (kind.IsJoin && partner is not null && last.Name.Length > 0)
        {
            SampleShape[] shapes = [partner.Shape, last.Shape];
            WriteJoin(kind.Name, [partner.Name, last.Name]);
            partner.IsRead = last.IsRead = true;
            values.Add(new Value(count(kind.Name), kind.Draw(Drawn(shapes)).OutputOf(shapes), kind));

            return;
        }

        Value source = Sometimes(0.3) && values[_random.Next(values.Count)] is { Name.Length: > 0 } any ? any : last;

        if (kind.IsJoin || !kind.Accepts([source.Shape]))
        {
            kind = LinearLayer.Kind;
        }

        ReferenceLayer layer = kind.Draw(Drawn(source.Shape));
        string from = source == last ? "" : $"From = {Quote(source.Name)}";
        WriteAttribute(kind.Name, string.Join(", ", ((string[])[Written(layer.Arguments), from]).Where(static argument => argument.Length > 0)));
        source.IsRead = true;
        values.Add(new Value(count(kind.Name), layer.OutputOf([source.Shape]), kind));
    }

    private LayerEntry PickKind(Func<LayerEntry, bool> isMeant) =>
        _random.Pick<LayerEntry>([.. LayerEntries.All.Where(isMeant)], static kind => kind.Frequency);

    private LayerDraw Drawn(params SampleShape[] shapes) => new(_random, shapes, () => _random.Next(1, 20));

    /// <summary>Arguments as the careful write them; the careless mistake a value, or take one argument for another.</summary>
    private string Written(IEnumerable<Argument> arguments)
    {
        string[] written =
        [
            .. arguments.Select(argument => argument with { Value = Slips(0.25) ? Pick(Sometimes(0.5) ? s_numbers : s_sizes) : argument.Value })
                .Select(static argument => argument.ToString()),
        ];

        if (Slips(0.1))
        {
            _random.Shuffle(written);
        }

        return string.Join(", ", Slips(0.05) ? written.Skip(1) : written);
    }

    private void WriteJoin(string kind, string[] names)
    {
        string[] written = [.. (Slips(0.1) ? names.Skip(1) : names).Select(Quote)];
        WriteAttribute(kind, Sometimes(0.8) ? string.Join(", ", written) : $"new[] {{ {string.Join(", ", written)} }}");
    }

    private void WriteLoss(LayerEntry? last)
    {
        if (Sometimes(0.2))
        {
            return;
        }

        LossEntry[] fitting = [.. LossEntries.All.Where(loss => Slips(0.3) || loss.Follows(last))];
        ReferenceLoss loss = _random.Pick(fitting, static loss => loss.Frequency).Draw(_random);
        WriteAttribute(loss.Entry.Name, Written((Sometimes(0.3) ? loss with { Weight = 0.5f } : loss).Arguments));
    }

    private string PortName(ref int ports) =>
        Slips(0.3) || Sometimes(0.1) ? Pick(s_ports) : s_ports[ports++ % 4] + (ports > 4 ? ports.ToString(CultureInfo.InvariantCulture) : "");

    /// <summary>A name as an argument; the careless miss a letter, or write something else altogether.</summary>
    private string Quote(string name) =>
        Slips(0.05) ? Pick(["null", "null!", "1", "Missing", "nameof(Hidden)", "(string)null!", "\"\"", "", $"\"{Pick(s_ports)}\"", "\"Dense1\"", "\"ReLU1\""])
        : Slips(0.05) && name.Length > 1 ? $"\"{name[1..]}\""
        : $"\"{name}\"";

    private string DenseArguments()
    {
        string size = Slips(0.2) ? Pick(s_sizes) : _random.Next(1, 80).ToString(CultureInfo.InvariantCulture);
        string arguments = !Slips(0.2)
            ? size
            : Pick([$"{Pick(s_sizes)}, {size}", $"neurons: {size}, inputs: {Pick(s_sizes)}", $"{size}, {size}, {size}", $"inputs: {size}"]);

        return arguments + (Slips(0.1) ? $", WeightInitializer = {Pick(s_initializers)}" : "");
    }

    private void WriteAttribute(string name, string arguments)
    {
        if (Slips(0.12))
        {
            arguments += (arguments.Length > 0 ? ", " : "") + "Name = " + Pick(s_names);
        }

        string attribute = $"[{Qualify(name)}{(arguments.Length > 0 || Sometimes(0.1) ? $"({arguments})" : "")}]\n";
        _text.Append(Sometimes(0.02) ? $"#if {Pick(["DEBUG", "!DEBUG"])}\n{attribute}#endif\n" : attribute);
    }

    private string Qualify(string name) =>
        Sometimes(0.9) ? name : Pick([$"Nnfs.{name}", $"global::Nnfs.{name}Attribute", $"{name}Attribute", name == "Dense" ? "D" : name]);

    /// <summary>Most sources stay as they are; some break off, and some lose, double or swap a few characters.</summary>
    private string Damage(string text)
    {
        if (Slips(0.15))
        {
            return text[.._random.Next(text.Length)];
        }

        StringBuilder damaged = new(text);

        for (int i = Slips(0.15) ? _random.Next(1, 4) : 0; i > 0 && damaged.Length > 1; i--)
        {
            int position = _random.Next(damaged.Length);

            switch (_random.Next(3))
            {
                case 0:
                    damaged.Remove(position, 1);
                    break;
                case 1:
                    damaged.Insert(position, damaged[_random.Next(damaged.Length)]);
                    break;
                default:
                    damaged[position] = "()[]{}<>,;\"#@ \n"[_random.Next(15)];
                    break;
            }
        }

        return damaged.ToString();
    }

    private bool Slips(double probability) => Sometimes(probability * _carelessness);

    private bool Sometimes(double probability) => _random.NextDouble() < probability;

    private string Pick(string[] choices) => choices[_random.Next(choices.Length)];

    /// <summary>What a layer or an input gives.</summary>
    private sealed class Value(string name, SampleShape shape, LayerEntry? kind = null)
    {
        public string Name { get; } = name;

        public SampleShape Shape { get; } = shape;

        public LayerEntry? Kind { get; } = kind;

        public bool IsRead { get; set; }
    }
}
