using Nnfs.Generators.Models;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators.Layers;

/// <summary>An activation that is computed where the outputs of the layer before it lie.</summary>
/// <param name="Name">The activation's name.</param>
/// <param name="Function">What it computes.</param>
internal sealed record FusedActivation(string Name, ActivationFunction Function)
{
    /// <summary>The activation of a layer that is read; <see langword="null"/> where it has none.</summary>
    public static FusedActivation? Of(LayerReading layer) =>
        FunctionOf(layer.Activation) is { } function ? new FusedActivation(layer.Activation!.Name, function) : null;

    /// <summary>What an activation computes.</summary>
    public static ActivationFunction? FunctionOf(LayerReading? activation) =>
        activation is { Declaration.Layer.Activation: { } read } ? read(activation) : null;

    /// <summary>What the forward pass keeps of it, besides its outputs.</summary>
    /// <param name="size">The values per sample.</param>
    public BlockSpec[] Kept(int size) => Function.Kept(Name, size);

    /// <summary>The steps that compute it where the layer's outputs lie; none for one that changes nothing, or that the layer's kernel computes too.</summary>
    /// <param name="context">The pass.</param>
    /// <param name="size">The values per sample.</param>
    public IEnumerable<Step> ForwardInPlace(StageContext context, int size)
    {
        Operand y = Operand.Output.Exactly(size);

        return Function.IsIdentity || Function.JoinsProduct ? [] :
        [
            new NoteStep($"{Name}: {Function.Formula} in place."),
            Function.Forward(context, size, y, y),
        ];
    }

    /// <summary>The steps that carry the gradient of the layer's outputs back through it.</summary>
    /// <param name="context">The pass.</param>
    /// <param name="size">The values per sample.</param>
    public IEnumerable<Step> BackwardInPlace(StageContext context, int size) => Function.IsIdentity ? [] :
    [
        new NoteStep($"{Name}: {Function.Derivative}."),
        Function.Backward(context, size, Operand.Output, Operand.OutputGradient, Operand.OutputGradient),
    ];
}
