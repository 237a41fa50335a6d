using Nnfs.Training;

namespace Nnfs.Losses;

/// <summary>What the library knows about <see cref="MeanSquaredErrorAttribute"/>.</summary>
internal sealed class MeanSquaredErrorDefinition : LossDefinition
{
    /// <inheritdoc/>
    public override AccuracyKind Accuracy => AccuracyKind.Regression;
}
