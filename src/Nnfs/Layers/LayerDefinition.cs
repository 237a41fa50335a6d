using System.Collections.Immutable;
using Nnfs.Files.Mapping;
using Nnfs.Files.Onnx;

namespace Nnfs.Layers;

/// <summary>
/// What the library knows about a kind of layer, of a loss, or of an input or output: in the folder of its name, beside its attribute and its kernels.
/// <see cref="LayerDefinitions"/> finds it. Nothing else asks for a layer's kind.
/// </summary>
internal abstract class LayerDefinition
{
    /// <summary>Whether it is an input of the network, which reads nothing.</summary>
    public virtual bool IsInput => false;

    /// <summary>Whether it ends an output of the network.</summary>
    public virtual bool EndsOutput => false;

    /// <summary>Whether its training passes draw random numbers.</summary>
    public virtual bool DrawsInTraining => false;

    /// <summary>
    /// The kind of layer, without a setting, that it is the same as in predictions; <see langword="null"/> where there it is what it is in training.
    /// </summary>
    public virtual LayerKind? InPredictions => null;

    /// <summary>Whether it reads indices, whole numbers that name something, rather than numbers of any kind.</summary>
    public virtual bool ReadsIndices => false;

    /// <summary>Whether it gives what it takes.</summary>
    public virtual bool PassesOn => false;

    /// <summary>
    /// How its tensors, in their order, are made of those of the PyTorch module that computes the same. Only a layer without tensors has none.
    /// </summary>
    /// <param name="layer">The layer.</param>
    public virtual ImmutableArray<ModuleTensor> OfModule(LayerInfo layer) => [];

    /// <summary>Adds the nodes of operator set 13 that compute what the layer does in predictions.</summary>
    /// <param name="nodes">Takes the nodes.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="sources">The names of the values that it reads, at least one.</param>
    /// <param name="y">The name of the value that it gives.</param>
    public abstract void AddNodes(OnnxNodes nodes, LayerInfo layer, string[] sources, string y);
}
