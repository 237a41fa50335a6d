using System.Collections.Immutable;
using Nnfs.Layers;

namespace Nnfs;

/// <summary>An input of a network: its name, and what a sample of it is.</summary>
public sealed class InputInfo
{
    /// <summary>Describes an input.</summary>
    /// <param name="name">Its name, as parameters have it.</param>
    /// <param name="shape">The shape for a sample.</param>
    /// <param name="vocabulary">How many indices there are, for an input of indices; 0 for one of numbers.</param>
    public InputInfo(string name, ImmutableArray<int> shape, int vocabulary = 0)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
        Shape = shape;
        Vocabulary = vocabulary;
        Size = ShapeProduct.Of(shape.AsSpan());
    }

    /// <summary>Its name, as parameters have it: <c>state</c>. The only input of a network without names is called <c>inputs</c>.</summary>
    public string Name { get; }

    /// <summary>The shape for a sample.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>The number of values of a sample.</summary>
    public int Size { get; }

    /// <summary>Whether its values are indices, such as those of words, rather than numbers of any kind.</summary>
    public bool TakesIndices => Vocabulary > 0;

    /// <summary>How many indices there are: they go from 0 to this number less one. 0 for an input of numbers.</summary>
    public int Vocabulary { get; }

    /// <summary>The only input of a network without names.</summary>
    internal static InputInfo OfOnly<TNetwork>()
        where TNetwork : INetwork<TNetwork>
    {
        IEnumerable<int> vocabularies = TNetwork.Layers
            .Where(static layer => layer.Definition.ReadsIndices)
            .Select(static layer => layer.Tensors[0].Shape[0]);

        return new("inputs", [.. TNetwork.InputShape], vocabularies.DefaultIfEmpty(0).Min());
    }

    /// <summary>The name, and the shape in parentheses.</summary>
    public override string ToString() => $"{Name} ({string.Join(" × ", Shape)})";
}
