using System.Collections.Immutable;

namespace Nnfs.Layers;

/// <summary>What the library knows about <see cref="SimpleRNNAttribute"/>.</summary>
internal sealed class SimpleRNNDefinition : RecurrentDefinition
{
    /// <inheritdoc/>
    protected override string Operation => "RNN";

    /// <inheritdoc/>
    protected override ImmutableArray<int> GateOrder => [0];
}
