using Nnfs.Training;

namespace Nnfs.Losses;

/// <summary>What the library knows about <see cref="BinaryCrossEntropyAttribute"/>.</summary>
internal sealed class BinaryCrossEntropyDefinition : LossDefinition
{
    /// <inheritdoc/>
    public override AccuracyKind Accuracy => AccuracyKind.Binary;
}
