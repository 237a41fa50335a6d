namespace Nnfs.Generators.Layers;

/// <summary>An activation that is computed with the layer before it, and whose gradient its outputs tell.</summary>
/// <param name="Name">The activation's name.</param>
/// <param name="Function">What it computes.</param>
internal sealed record FusedActivation(string Name, ActivationFunction Function);
