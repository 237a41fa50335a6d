namespace Nnfs.Generators.Models;

/// <summary>Steps that depend on what the pass is for.</summary>
/// <param name="State">When the first steps are meant.</param>
/// <param name="Local">The local that holds the seed of the masks, for steps that use it.</param>
/// <param name="Then">The steps of such a pass.</param>
/// <param name="Otherwise">The steps of any other.</param>
internal sealed record BranchStep(PassState State, string Local, EquatableArray<Step> Then, EquatableArray<Step> Otherwise) : Step
{
    public override IEnumerable<Operand> Operands => Then.Concat(Otherwise).SelectMany(static step => step.Operands);

    /// <summary>Steps for a pass that draws masks, whose seed they may use, and for any other.</summary>
    public static BranchStep WhereMasked(string seed, Step masked, Step otherwise) => new(PassState.Masked, seed, new([masked]), new([otherwise]));

    /// <summary>Steps for a pass of training, and for any other.</summary>
    public static BranchStep WhereTraining(Step[] training, Step otherwise) =>
        new(PassState.Training, Local: "", new([.. training]), new([otherwise]));
}
