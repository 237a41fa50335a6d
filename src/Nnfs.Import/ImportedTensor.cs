namespace Nnfs.Import;

/// <summary>A tensor of an imported network.</summary>
/// <param name="Name">Its name in files, such as "dense1.weights".</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Values">Its values, row by row.</param>
internal sealed record ImportedTensor(string Name, IReadOnlyList<int> Shape, float[] Values);
