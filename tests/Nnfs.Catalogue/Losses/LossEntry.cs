using Nnfs.Catalogue.Layers;

namespace Nnfs.Catalogue.Losses;

/// <summary>A kind of loss in the catalogue: what tests have to know before there is a loss of it.</summary>
/// <param name="Name">The attribute's name.</param>
/// <param name="Draw">Draws a loss of the kind, with settings at random.</param>
internal sealed record LossEntry(string Name, Func<Random, ReferenceLoss> Draw)
{
    /// <summary>Losses of the kind for tests that go through its settings one by one; the first as it is without any.</summary>
    public required IReadOnlyList<ReferenceLoss> Examples { get; init; }

    /// <summary>Mistakes in its settings, or in what comes before it.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>How often it is drawn for graphs, compared with others.</summary>
    public int Frequency { get; init; } = 2;

    /// <summary>The layer that has to come directly before it; <see langword="null"/> where any may.</summary>
    public LayerEntry? Expects { get; init; }

    /// <summary>The layer that it applies itself, which must not come directly before it; <see langword="null"/> where it applies none.</summary>
    public LayerEntry? Applies { get; init; }

    /// <summary>Whether it may come after a layer.</summary>
    public bool Follows(LayerEntry? layer) => (Expects is null || Expects == layer) && (Applies is null || Applies != layer);
}
