namespace Nnfs.Catalogue.Layers;

/// <summary>A kind of layer in the catalogue: what tests have to know before there is a layer of it.</summary>
/// <param name="Name">The attribute's name.</param>
/// <param name="Draw">Draws a layer of the kind, with settings at random.</param>
internal sealed record LayerEntry(string Name, Func<LayerDraw, ReferenceLayer> Draw)
{
    /// <summary>Layers of the kind for tests that go through its settings one by one; the first as it is without any.</summary>
    public required IReadOnlyList<ReferenceLayer> Examples { get; init; }

    /// <summary>The shape of what the examples read; <see langword="null"/> where any will do.</summary>
    public SampleShape? ExampleShape { get; init; }

    /// <summary>Mistakes in its settings. Those that any layer can have are in the tests of the analyzer.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>How often it is drawn for graphs, compared with others: an activation as often as 2.</summary>
    public int Frequency { get; init; } = 2;

    /// <summary>Whether it reads several values, which its arguments name.</summary>
    public bool IsJoin { get; init; }

    /// <summary>Whether it has parameters.</summary>
    public bool HasParameters { get; init; }

    /// <summary>Whether it reads indices, which only an input of the network can be.</summary>
    public bool ReadsIndices { get; init; }

    /// <summary>Whether an activation directly after it is often computed with it.</summary>
    public bool TakesActivation { get; init; }

    /// <summary>Whether what it makes of a sample in training depends on the others of the batch.</summary>
    public bool MixesSamples { get; init; }

    /// <summary>Whether it changes each value by itself, so that a product before it may compute it.</summary>
    public bool IsActivation { get; init; }

    /// <summary>Whether it takes values of such shapes.</summary>
    public Func<IReadOnlyList<SampleShape>, bool> Accepts { get; init; } = static _ => true;
}
