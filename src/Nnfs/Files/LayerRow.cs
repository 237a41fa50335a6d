using System.Collections.Immutable;

namespace Nnfs.Files;

/// <summary>A layer as the table in a file describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">The name of its <see cref="LayerKind"/>; in the file of a newer version it may be one that is not known here.</param>
/// <param name="InputShape">The shape of what it takes for a sample.</param>
/// <param name="OutputShape">The shape of what it gives for a sample.</param>
/// <param name="Setting">Its setting; 0 for a layer without.</param>
/// <param name="Sources">The names of what it reads; empty where that is the layer before it.</param>
internal sealed record LayerRow(
    string Name, string Kind, ImmutableArray<int> InputShape, ImmutableArray<int> OutputShape, float Setting, ImmutableArray<string> Sources)
{
    /// <summary>The row of a network's layer.</summary>
    public static LayerRow Of(LayerInfo layer) =>
        new(layer.Name, Enum.GetName(layer.Kind)!, layer.InputShape, layer.OutputShape, layer.Setting, layer.Sources);
}
