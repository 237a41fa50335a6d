using Nnfs.Training;

namespace Nnfs;

/// <summary>
/// Where and how often training is saved: every few epochs and when it ends, except by an exception. A new checkpoint takes the
/// place of the old one in a single step, so that there is a complete one at any time.
/// </summary>
public sealed record CheckpointOptions
{
    /// <summary>Checkpoints in a file.</summary>
    /// <param name="path">The file, in a folder that exists. What is there is replaced.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    public CheckpointOptions(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Path = path;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>After how many epochs each checkpoint is written, at least 1. The default is 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int EveryEpochs
    {
        get;
        init => field = OptionRange.AtLeast(value, 1, nameof(EveryEpochs));
    } = 1;
}
