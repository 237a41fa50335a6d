namespace Nnfs.Generators.Models;

/// <summary>A file of weights that the build found in the project.</summary>
/// <param name="Name">Its path in the project, with slashes.</param>
/// <param name="Fault">Why it can't be read; <see langword="null"/> where it can.</param>
/// <param name="Tensors">What it holds.</param>
internal sealed record WeightsFile(string Name, string? Fault, EquatableArray<WeightsTensor> Tensors);
