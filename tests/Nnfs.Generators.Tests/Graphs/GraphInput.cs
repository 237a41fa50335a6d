namespace Nnfs.Generators.Tests.Graphs;

/// <summary>An input of a graph.</summary>
/// <param name="Name">Its name; <see langword="null"/> for the only input, whose size <c>[Network]</c> states.</param>
/// <param name="Size">The number of values per sample.</param>
/// <param name="Before">The number of the layer that it is declared before.</param>
internal sealed record GraphInput(string? Name, int Size, int Before = 0);
