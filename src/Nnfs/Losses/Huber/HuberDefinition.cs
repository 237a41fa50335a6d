using Nnfs.Training;

namespace Nnfs.Losses;

/// <summary>What the library knows about <see cref="HuberAttribute"/>.</summary>
internal sealed class HuberDefinition : LossDefinition
{
    /// <inheritdoc/>
    public override AccuracyKind Accuracy => AccuracyKind.Regression;
}
