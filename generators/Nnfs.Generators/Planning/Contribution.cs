namespace Nnfs.Generators.Planning;

/// <summary>What a stage contributes to the gradient of one of its sources.</summary>
/// <param name="Stage">The number of the stage.</param>
/// <param name="Slot">Which of its sources it is.</param>
/// <param name="IsForTraining">Whether the source leads to parameters, so that training needs its gradient.</param>
/// <param name="IsFirst">Whether it is the first to write the gradient; those that come later add to it.</param>
/// <param name="IsApart">Whether it is computed in memory of its own and then added, because its kernel can only overwrite.</param>
internal sealed record Contribution(int Stage, int Slot, bool IsForTraining, bool IsFirst, bool IsApart);
