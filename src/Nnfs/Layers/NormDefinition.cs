using System.Collections.Immutable;
using Nnfs.Files.Mapping;

namespace Nnfs.Layers;

/// <summary>What normalisations have in common: tensors with an element for each value of a sample.</summary>
internal abstract class NormDefinition : LayerDefinition
{
    /// <summary>The names of the tensors, in their order, and whether training learns them.</summary>
    protected abstract ImmutableArray<(string Name, bool IsTrained)> TensorNames { get; }

    /// <summary>What PyTorch calls the tensors, in their order.</summary>
    private static readonly ImmutableArray<string> s_names = ["weight", "bias", "running_mean", "running_var"];

    /// <inheritdoc/>
    public override ImmutableArray<ModuleTensor> OfModule(LayerInfo layer) =>
        [.. layer.Tensors.Zip(s_names, static (tensor, name) => ModuleTensor.Same(name, tensor.Shape))];

    /// <summary>Its tensors.</summary>
    /// <param name="storedAs">What their names begin with.</param>
    /// <param name="size">The number of values of a sample.</param>
    /// <param name="offsets">Where each starts in the parameters.</param>
    public ImmutableArray<TensorInfo> Tensors(string storedAs, int size, ImmutableArray<int> offsets) =>
    [
        .. TensorNames.Zip(offsets, (tensor, offset) => new TensorInfo($"{storedAs}.{tensor.Name}", [size], offset, [1]) { IsTrained = tensor.IsTrained }),
    ];
}
