namespace Nnfs.Generators.Models;

/// <summary>An output of a network, and its loss.</summary>
/// <param name="Name">Its name: that of the parameters that take it.</param>
/// <param name="Source">What it gives: the number of a stage, or <c>~k</c> for input k.</param>
/// <param name="Shape">The shape for a sample.</param>
/// <param name="Loss">What it is trained on; <see langword="null"/> for nothing.</param>
/// <param name="Weight">What its loss is multiplied by in the loss of the network.</param>
/// <param name="IsDeclared">Whether an attribute of its own declares it.</param>
internal sealed record OutputSpec(string Name, int Source, Shape Shape, LossSpec? Loss, float Weight, bool IsDeclared)
{
    /// <summary>The number of values per sample.</summary>
    public int Size => Shape.Size;

    /// <summary>Whether the loss turns the source into probabilities, so that the output is not the source itself.</summary>
    public bool IsTransformed => Loss?.OutputKernel is not null;

    /// <summary>Whether the loss takes labels as well as targets.</summary>
    public bool TakesLabels => Loss is { TakesLabels: true };

    /// <summary>What a pass is told of the output; one whose loss takes no labels has targets in their place.</summary>
    public TargetKind Target(TargetKind kind) => kind == TargetKind.Labels && !TakesLabels ? TargetKind.Targets : kind;

    /// <summary>Whether it is told labels of several positions, of which −1 leaves one out.</summary>
    public bool LeavesOut(TargetKind kind) => Target(kind) == TargetKind.Labels && Loss is { IsCategorical: true } && Shape.Positions > 1;

    /// <summary>What the values are that a pass is told of the output.</summary>
    public ElementType Element(TargetKind kind) => Target(kind) == TargetKind.Labels ? ElementType.Integer : ElementType.Float;
}
