using System.Collections.Immutable;

namespace Nnfs.Layers;

/// <summary>What the library knows about <see cref="LSTMAttribute"/>.</summary>
internal sealed class LSTMDefinition : RecurrentDefinition
{
    /// <inheritdoc/>
    protected override string Operation => "LSTM";

    /// <inheritdoc/>
    /// <remarks>The operator has them in the order input, output, forget, candidate.</remarks>
    protected override ImmutableArray<int> GateOrder => [0, 3, 1, 2];
}
