using System.Globalization;
using System.Text;

namespace Nnfs.Generators.Tests.Fuzzing;

/// <summary>Writes sources such as somebody might type: sensible, careless, half-finished or hostile. Equal seeds give equal sources.</summary>
internal sealed class RandomSource
{
    private static readonly string[] s_identifiers = ["Net", "Spiral", "@class", "Größe", "网络", "D2", "T", "_net", "Nnfs", "List", "Workspace2", "@event", "Δ"];
    private static readonly string[] s_sizes = ["1", "2", "3", "7", "16", "64", "128", "Hidden", "2 * Hidden", "nameof(Hidden).Length", "(int)3L", "0", "-1", "int.MaxValue", "65536", "99999999999", "1.5", "\"64\"", "null", "default", "Missing", "'a'", ""];
    private static readonly string[] s_names = ["\"Hidden1\"", "\"Output\"", "\"class\"", "\"Dense1\"", "\"two words\"", "\"\"", "null", "\"Predict\"", "\"größe\"", "nameof(Hidden)", "\"Field\"", "\"ToString\"", "\"@at\"", "1"];
    private static readonly string[] s_initializers = ["WeightInitializer.HeNormal", "Nnfs.WeightInitializer.ScaledNormal", "(WeightInitializer)77", "default", "null", "WeightInitializer.Missing"];
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
        _text.Append(CultureInfo.InvariantCulture, $"public {(isStatic ? "static " : "")}{(Slips(0.1) ? "" : "partial ")}{(isStatic ? "class" : kind)} Outer{depth}{(Sometimes(0.2) ? "<T>" : "")}\n{{\n");
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
        string[] constructors = [$"public {_name}() {{ }}", $"public {_name}(int seed) {{ }}", $"public {_name}(NumpyRandom random) : this() {{ }}", $"private {_name}(string path) : this(3) {{ }}"];

        foreach (string member in s_members.Where(_ => Slips(0.07)).Concat(constructors.Where(_ => Slips(0.1))))
        {
            _text.Append("    ").Append(member).Append('\n');
        }
    }

    private void WriteAttributes(bool withNetwork)
    {
        if (withNetwork)
        {
            string[] shapes = ["2", "28, 28", Pick(s_sizes), $"{Pick(s_sizes)}, {Pick(s_sizes)}", "", "new[] { 2, 3 }", "null", "new int[0]"];
            string initializer = Slips(0.1) ? $", WeightInitializer = {Pick(s_initializers)}" : "";
            _text.Append(CultureInfo.InvariantCulture, $"[{Qualify("Network")}({(Slips(0.25) ? Pick(shapes) : shapes[0])}{initializer})]\n");
        }

        int layers = Sometimes(0.01) ? _random.Next(50, 120) : _random.Next(Slips(0.2) ? 0 : 1, 7);

        for (int i = 0; i < layers; i++)
        {
            string layer = Pick(["Dense", "Dense", "Dense", "ReLU", "ReLU", "Softmax"]);
            WriteAttribute(layer, layer == "Dense" ? DenseArguments() : "");
        }

        if (Sometimes(0.7))
        {
            WriteAttribute(Slips(0.5) ? Pick(["CategoricalCrossEntropy", "Softmax", "Loss", "Layer"]) : "SoftmaxCrossEntropy", "");
        }
    }

    private string DenseArguments()
    {
        string size = Slips(0.2) ? Pick(s_sizes) : _random.Next(1, 80).ToString(CultureInfo.InvariantCulture);
        string arguments = !Slips(0.2) ? size : Pick([$"{Pick(s_sizes)}, {size}", $"neurons: {size}, inputs: {Pick(s_sizes)}", $"{size}, {size}, {size}", $"inputs: {size}"]);

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
}
