namespace Nnfs.Generators.Models;

/// <summary>The weights that a network carries in its assembly.</summary>
/// <param name="File">The file's name: its path in the project.</param>
/// <param name="Tensors">The tensors that the layers need of it.</param>
internal sealed record PretrainedSpec(string File, EquatableArray<WeightsTensor> Tensors)
{
    /// <summary>What the build puts before the file's name to name the resource.</summary>
    public const string ResourcePrefix = "Nnfs.Weights/";
}
