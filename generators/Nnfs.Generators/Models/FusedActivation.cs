namespace Nnfs.Generators.Models;

/// <summary>An activation that is computed with the layer before it, and whose gradient its outputs tell.</summary>
/// <param name="Name">The activation's name.</param>
/// <param name="Kind">What it computes.</param>
/// <param name="Parameter">Its slope or alpha, where it has one.</param>
internal sealed record FusedActivation(string Name, ActivationKind Kind, float Parameter);
