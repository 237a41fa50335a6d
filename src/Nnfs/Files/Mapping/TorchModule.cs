using System.Text.RegularExpressions;

namespace Nnfs.Files.Mapping;

/// <summary>The tensors of a file that belong together: those of one module of PyTorch, or of one layer of a stack of recurrent ones.</summary>
internal sealed partial class TorchModule(string name)
{
    private const string Attention = "in_proj_weight";
    private const string AttentionOutput = "out_proj";

    /// <summary>The module's name; for a layer of a stack after the first with its number, such as <c>rnn_l1</c>.</summary>
    public string Name { get; } = name;

    /// <summary>Its tensors by their names after its own, with <see cref="ModuleTensor.LayerNumber"/> for the number of the layer in a stack.</summary>
    public Dictionary<string, FileTensor> Tensors { get; } = new(StringComparer.Ordinal);

    /// <summary>Finds the modules of a file, in the order of their first tensors.</summary>
    public static IReadOnlyList<TorchModule> Find(IReadOnlyCollection<FileTensor> tensors)
    {
        HashSet<string> attentions = new(
            tensors.Select(static tensor => Split(tensor.Name)).Where(static parts => parts.Leaf == Attention).Select(static parts => parts.Module),
            StringComparer.Ordinal);
        List<TorchModule> modules = [];
        Dictionary<string, TorchModule> byName = new(StringComparer.Ordinal);

        foreach (FileTensor tensor in tensors)
        {
            (string module, string leaf) = Split(tensor.Name);
            (string parent, string child) = Split(module);

            if (child == AttentionOutput && attentions.Contains(parent))
            {
                (module, leaf) = (parent, $"{child}.{leaf}");
            }
            else if (OfStack().Match(leaf) is { Success: true } match)
            {
                string number = match.Groups[2].Value;
                leaf = $"{match.Groups[1].Value}{ModuleTensor.LayerNumber}{match.Groups[3].Value}";
                module += number == "0" ? "" : $"_l{number}";
            }

            if (!byName.TryGetValue(module, out TorchModule? found))
            {
                found = new TorchModule(module);
                byName.Add(module, found);
                modules.Add(found);
            }

            found.Tensors[leaf] = tensor;
        }

        return modules;
    }

    /// <summary>Whether it has all tensors of a layer, and no others.</summary>
    public bool Fits(IReadOnlyDictionary<string, IReadOnlyList<int>> tensors) =>
        Tensors.Count == tensors.Count
        && Tensors.All(tensor => tensors.TryGetValue(tensor.Key, out IReadOnlyList<int>? shape)
            && tensor.Value.Shape.AsSpan().SequenceEqual([.. shape.Select(static length => (long)length)]));

    public override string ToString() => string.Join(", ", Tensors.Values.Select(static tensor => $"'{tensor.Name}' {tensor}"));

    private static (string Module, string Leaf) Split(string name) =>
        name.LastIndexOf('.') is >= 0 and var dot ? (name[..dot], name[(dot + 1)..]) : ("", name);

    [GeneratedRegex(@"^((?:weight|bias)_(?:ih|hh)_l)(\d+)((?:_reverse)?)$", RegexOptions.CultureInvariant)]
    private static partial Regex OfStack();
}
