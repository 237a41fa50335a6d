namespace Nnfs.Onnx.Tests.Graphs;

/// <summary>An input or output of a network.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Size">The number of values per sample.</param>
public sealed record Port(string Name, int Size);
