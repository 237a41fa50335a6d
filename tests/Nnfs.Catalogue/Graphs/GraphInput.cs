namespace Nnfs.Catalogue.Graphs;

/// <summary>An input of a graph.</summary>
/// <param name="Name">Its name; <see langword="null"/> for the only input, whose shape <c>[Network]</c> states.</param>
/// <param name="Shape">The shape of a sample.</param>
/// <param name="Before">The number of the layer that it is declared before.</param>
internal sealed record GraphInput(string? Name, SampleShape Shape, int Before = 0)
{
    public int Size => Shape.Size;
}
