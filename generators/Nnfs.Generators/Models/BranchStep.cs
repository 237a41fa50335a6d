namespace Nnfs.Generators.Models;

/// <summary>Steps that depend on what the pass is for.</summary>
/// <param name="Condition">When the first are meant.</param>
/// <param name="Then">The steps where it holds.</param>
/// <param name="Otherwise">The steps elsewhere.</param>
internal sealed record BranchStep(string Condition, EquatableArray<Step> Then, EquatableArray<Step> Otherwise) : Step
{
    public override IEnumerable<Operand> Operands => Then.Concat(Otherwise).SelectMany(static step => step.Operands);

    /// <summary>Steps for a pass that draws masks, whose seed they may use, and for any other.</summary>
    /// <param name="seed">The local that holds the seed.</param>
    /// <param name="masked">The steps of a pass with masks.</param>
    /// <param name="otherwise">The steps of any other.</param>
    public static BranchStep WhereMasked(string seed, Step masked, Step otherwise) => new($"workspace._masks is {{ }} {seed}", new([masked]), new([otherwise]));

    /// <summary>Steps for a pass of training, and for any other.</summary>
    public static BranchStep WhereTraining(Step[] training, Step otherwise) => new("workspace._isTrainingPass", new([.. training]), new([otherwise]));
}
