using Nnfs.Training;

namespace Nnfs.Losses;

/// <summary>What the library knows about <see cref="CategoricalCrossEntropyAttribute"/>.</summary>
internal sealed class CategoricalCrossEntropyDefinition : LossDefinition
{
    /// <inheritdoc/>
    public override AccuracyKind Accuracy => AccuracyKind.LargestOutput;
}
