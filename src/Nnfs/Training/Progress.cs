using Nnfs.Training;

namespace Nnfs;

/// <summary>Progress of a training in more than one way.</summary>
public static class Progress
{
    /// <summary>Shows the same training in several ways: a <see cref="ProgressBar"/> and a <see cref="TensorBoardWriter"/>, for example.</summary>
    /// <param name="parts">The ways. They are told of each epoch in this order.</param>
    /// <returns>What <see cref="TrainingOptions.Progress"/> takes.</returns>
    /// <exception cref="ArgumentNullException">One of them is null.</exception>
    public static IProgress<EpochReport> Combine(params ReadOnlySpan<IProgress<EpochReport>> parts)
    {
        foreach (IProgress<EpochReport> part in parts)
        {
            ArgumentNullException.ThrowIfNull(part, nameof(parts));
        }

        return new CombinedProgress(parts.ToArray());
    }
}
