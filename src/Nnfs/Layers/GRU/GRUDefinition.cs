using System.Collections.Immutable;
using Nnfs.Files.Onnx;

namespace Nnfs.Layers;

/// <summary>What the library knows about <see cref="GRUAttribute"/>.</summary>
internal sealed class GRUDefinition : RecurrentDefinition
{
    /// <inheritdoc/>
    protected override string Operation => "GRU";

    /// <inheritdoc/>
    protected override ImmutableArray<int> GateOrder => [0, 1, 2];

    /// <inheritdoc/>
    /// <remarks>PyTorch has them in the order reset, update, candidate.</remarks>
    protected override ImmutableArray<int> ModuleGates => [1, 0, 2];

    /// <inheritdoc/>
    protected override bool HasRecurrentBiases => true;

    /// <inheritdoc/>
    protected override IEnumerable<ProtobufMessage> Settings => [OnnxAttribute.Integer("linear_before_reset", 1)];
}
