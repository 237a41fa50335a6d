using Nnfs.Catalogue.Layers;

namespace Nnfs.Catalogue.Graphs;

/// <summary>A layer of a graph.</summary>
/// <param name="Layer">What it computes.</param>
/// <param name="Name">Its name.</param>
/// <param name="Sources">What it reads: the number of a layer before it, or <c>~k</c> for input k.</param>
/// <param name="Inputs">The shapes of what it reads.</param>
internal sealed record GraphLayer(ReferenceLayer Layer, string Name, int[] Sources, IReadOnlyList<SampleShape> Inputs)
{
    /// <summary>Whether its name is stated rather than the default.</summary>
    public bool StatesName { get; init; }

    /// <summary>Whether it says <c>From</c> although it reads the layer directly before it.</summary>
    public bool StatesSource { get; init; }

    /// <summary>The shape of what it gives.</summary>
    public SampleShape Output { get; } = Layer.OutputOf(Inputs);

    public IReadOnlyList<ReferenceTensor> Tensors { get; } = Layer.TensorsOf(Inputs);

    public LayerEntry Entry => Layer.Entry;

    public int Size => Output.Size;
}
