using System.Collections.Immutable;

namespace Nnfs.Files.Mapping;

/// <summary>A layer with parameters, and where its tensors are found.</summary>
internal sealed class MappedLayer
{
    public MappedLayer(LayerInfo layer, TensorLayout layout)
    {
        Tensors = layer.Tensors;
        Name = layer.Tensors[0].Name.Split('.')[0];
        Sources = layout == TensorLayout.PyTorch
            ? layer.Definition.OfModule(layer)
            : [.. layer.Tensors.Select(tensor => ModuleTensor.Same(tensor.Name[(Name.Length + 1)..], tensor.Shape))];
        Found = new ImmutableArray<FileTensor>?[Tensors.Length];
        IsLeft = new bool[Tensors.Length];
    }

    /// <summary>What the names of its tensors begin with.</summary>
    public string Name { get; }

    public ImmutableArray<TensorInfo> Tensors { get; }

    /// <summary>For each tensor how it is made.</summary>
    public ImmutableArray<ModuleTensor> Sources { get; }

    /// <summary>For each tensor what it is made of; <see langword="null"/> where that is not known.</summary>
    public ImmutableArray<FileTensor>?[] Found { get; }

    /// <summary>For each tensor whether it stays as it is.</summary>
    public bool[] IsLeft { get; }

    /// <summary>The tensors that are still to be found.</summary>
    public IEnumerable<int> Missing => Enumerable.Range(0, Tensors.Length).Where(i => Found[i] is null && !IsLeft[i]);

    /// <summary>What a module must have for those, by name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<int>> Needed =>
        Missing.SelectMany(i => Sources[i].Names.Select(name => (name, Sources[i].Shape)))
            .DistinctBy(static pair => pair.name)
            .ToDictionary(static pair => pair.name, static pair => (IReadOnlyList<int>)pair.Shape, StringComparer.Ordinal);

    /// <summary>The same as text, by which layers that need the same are equal.</summary>
    public string NeededText =>
        string.Join(", ", Needed.Select(static pair => $"{Readable(pair.Key)} [{string.Join(", ", pair.Value)}]").Order(StringComparer.Ordinal));

    /// <summary>The name of a tensor in a module that a person knows.</summary>
    public static string Readable(string name) => name.Replace(ModuleTensor.LayerNumber, '0');
}
