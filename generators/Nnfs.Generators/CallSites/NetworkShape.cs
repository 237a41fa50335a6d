using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Nnfs.Generators.CallSites;

/// <summary>What a call of a network is checked against.</summary>
/// <param name="Name">The class's name.</param>
/// <param name="Inputs">The inputs of its methods.</param>
/// <param name="Outputs">The outputs of its predictions.</param>
/// <param name="Targets">What its training passes are told of the outputs, for each of their overloads.</param>
/// <param name="Gradients">What its pass back from gradients takes of the outputs.</param>
/// <param name="HasLoss">Whether the network has a loss.</param>
/// <param name="Classified">What its method takes that tells the class of a sample, or the class at each position; empty where there is none.</param>
/// <param name="Losses">The names of its losses, each once.</param>
/// <param name="StreamObstacle">Why it has no streams, as a relative clause; <see langword="null"/> where it has some.</param>
/// <param name="Declaration">The <c>[Network]</c> attribute; <see langword="null"/> where it is not in the compilation's source.</param>
internal sealed record NetworkShape(
    string Name,
    ImmutableArray<PortShape> Inputs,
    ImmutableArray<PortShape> Outputs,
    ImmutableArray<ImmutableArray<PortShape>> Targets,
    ImmutableArray<PortShape> Gradients,
    bool HasLoss,
    ImmutableArray<PortShape> Classified,
    ImmutableArray<string> Losses,
    string? StreamObstacle,
    Location? Declaration)
{
    /// <summary>Whether it has several inputs or outputs, which its methods name.</summary>
    public bool HasNamedPorts => Inputs.Length > 1 || Outputs.Length > 1;

    /// <summary>Whether some overload of its training passes takes labels.</summary>
    public bool TakesLabels => Targets.Any(static targets => targets.Any(static target => target.Labels > 0));
}
