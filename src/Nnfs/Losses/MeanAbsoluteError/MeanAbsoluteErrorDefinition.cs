using Nnfs.Training;

namespace Nnfs.Losses;

/// <summary>What the library knows about <see cref="MeanAbsoluteErrorAttribute"/>.</summary>
internal sealed class MeanAbsoluteErrorDefinition : LossDefinition
{
    /// <inheritdoc/>
    public override AccuracyKind Accuracy => AccuracyKind.Regression;
}
