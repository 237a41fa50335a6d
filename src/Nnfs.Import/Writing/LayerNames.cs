using Nnfs.Import.Translating;

namespace Nnfs.Import.Writing;

/// <summary>
/// The names of layers: what the model calls the module that a layer comes from, where that is a good name for a member, and otherwise the kind of the layer
/// and its number.
/// </summary>
internal sealed class LayerNames
{
    /// <summary>What no layer can be called, because networks or their workspaces have such members.</summary>
    private static readonly HashSet<string> s_taken = new(StringComparer.OrdinalIgnoreCase)
    {
        "InputSize", "OutputSize", "InputShape", "OutputShape", "ParameterCount", "Summary", "InitializeParameters", "Parameters", "Predict", "Classify",
        "Stream", "CreateStream", "CreateStreams", "Workspace", "CreateWorkspace", "Forward", "Backward", "ForwardBackward", "CreatePretrained", "Tensors",
        "Layers", "Name", "Clone", "CopyFrom", "CopyTo", "Lerp", "Load", "Save", "Train", "Resume", "Evaluate", "BatchSize", "Threads", "IsTraining",
        "DropoutSeed", "RegularizationLoss", "Outputs", "Gradients", "InputGradients", "ResetState", "Equals", "GetHashCode", "GetType", "ToString",
        "MemberwiseClone", "Finalize", "ReferenceEquals", "Refuse", "Begin", "State", "Step", "Reset",
    };

    private readonly Dictionary<ImportedLayer, string> _names = [];
    private readonly Dictionary<ImportedLayer, string> _stored = [];
    private readonly HashSet<ImportedLayer> _given = [];

    /// <summary>Chooses the names.</summary>
    /// <param name="layers">The layers in their order.</param>
    /// <param name="ports">The names of inputs and outputs, and of the class; those that layers have by themselves may be among them.</param>
    public LayerNames(IReadOnlyList<ImportedLayer> layers, IEnumerable<string> ports)
    {
        // Two layers never have names that differ only in case, so that nothing but the name tells what files call them.
        HashSet<string> used = new(ports, StringComparer.OrdinalIgnoreCase);
        (ImportedLayer Layer, string Name)[] defaults = [.. layers.Zip(DefaultsOf(layers))];
        used.UnionWith(defaults.Select(static pair => pair.Name));

        foreach ((ImportedLayer layer, string name) in defaults)
        {
            string? given = layer.Tensors.Count > 0 ? OfModule(layer.Origin) : null;

            // An attention comes of the module of its outputs, whose name seldom is its own.
            given = layer.Kind == "SelfAttention" && given?.Contains("att", StringComparison.OrdinalIgnoreCase) != true ? null : given;

            if (given is not null && !s_taken.Contains(given) && used.Add(given))
            {
                _names.Add(layer, given);
                _stored.Add(layer, char.ToLowerInvariant(given[0]) + given[1..]);
                _given.Add(layer);
            }
            else
            {
                _names.Add(layer, name);
                _stored.Add(layer, name.ToLowerInvariant());
            }
        }
    }

    /// <summary>Whether a class can't have a name, because it is that of a member, that of a layer by its kind and number, or hides a namespace.</summary>
    public static bool IsOfMember(string name) =>
        name is "Nnfs" or "System" || s_taken.Contains(name) || (char.IsAsciiDigit(name[^1]) && s_attributes.Contains(WithoutNumber(name)));

    /// <summary>The names that layers have by themselves: their kinds and numbers.</summary>
    public static IEnumerable<string> DefaultsOf(IReadOnlyList<ImportedLayer> layers)
    {
        Dictionary<string, int> counts = new(StringComparer.Ordinal);

        foreach (string kind in layers.Select(static layer => layer.Kind))
        {
            int number = counts.GetValueOrDefault(kind) + 1;
            counts[kind] = number;

            yield return kind + Numbers.Text(number);
        }
    }

    /// <summary>The name of a layer.</summary>
    public string this[ImportedLayer layer] => _names[layer];

    /// <summary>What the names of its tensors begin with in files.</summary>
    public string StoredAs(ImportedLayer layer) => _stored[layer];

    /// <summary>Whether the name is not the one that a layer has by itself.</summary>
    public bool IsGiven(ImportedLayer layer) => _given.Contains(layer);

    /// <summary>The name of the module in that of a node: "Conv1" in "/features/conv1/Conv"; null where it tells nothing more than the kind.</summary>
    private static string? OfModule(string node)
    {
        string[] parts = node.Split('/', StringSplitOptions.RemoveEmptyEntries);

        if (parts.Length < 2)
        {
            return null;
        }

        string[] words = parts[^2].Split('_', StringSplitOptions.RemoveEmptyEntries);
        string name = string.Concat(words.Select(static word => char.ToUpperInvariant(word[0]) + word[1..]));
        string stem = WithoutNumber(name);

        bool isGood = name.Length is > 1 and < 40
            && char.IsAsciiLetter(name[0])
            && name.All(char.IsAsciiLetterOrDigit)
            && !s_attributes.Contains(stem);

        return isGood ? name : null;
    }

    private static string WithoutNumber(string name) => name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');

    /// <summary>Names of attributes, and what other tools call such layers.</summary>
    private static readonly HashSet<string> s_attributes = new(StringComparer.OrdinalIgnoreCase)
    {
        "Dense", "Linear", "Gemm", "MatMul", "Conv", "Conv1D", "Conv2D", "LSTM", "GRU", "RNN", "SimpleRNN", "Embedding", "BatchNorm", "LayerNorm", "RMSNorm",
        "BatchNormalization", "LayerNormalization", "SelfAttention", "Add", "Concat", "Multiply", "Input", "Output", "Network", "Sequential", "Model",
        "Functional",
    };
}
