using Nnfs.Catalogue.Losses;

namespace Nnfs.Catalogue.Graphs;

/// <summary>An output of a graph, declared directly after its layer.</summary>
/// <param name="Name">Its name; <see langword="null"/> for the only output, which is what the last layer gives.</param>
/// <param name="Source">The number of its layer, or <c>~k</c> for input k of a network that is only a loss.</param>
/// <param name="Loss">What it is trained on; <see langword="null"/> for none.</param>
internal sealed record GraphOutput(string? Name, int Source, ReferenceLoss? Loss)
{
    public bool TakesLabels => Loss is { TakesLabels: true };
}
