using Microsoft.CodeAnalysis;

namespace Nnfs.Generators.CallSites;

/// <summary>What a call of a network is checked against.</summary>
/// <param name="Name">The class's name.</param>
/// <param name="InputSize">The number of values of a sample.</param>
/// <param name="OutputSize">The number of outputs for a sample.</param>
/// <param name="HasLoss">Whether the network has a loss, and with it labels and targets.</param>
/// <param name="GivesProbabilities">Whether the outputs are probabilities of classes.</param>
/// <param name="Declaration">The <c>[Network]</c> attribute; <see langword="null"/> where it is not in the compilation's source.</param>
internal sealed record NetworkShape(string Name, int InputSize, int OutputSize, bool HasLoss, bool GivesProbabilities, Location? Declaration);
