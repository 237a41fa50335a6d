using Nnfs.Training;

namespace Nnfs;

/// <summary>
/// Where and how often training is saved: from time to time or every few epochs, and when it ends, except by an exception. A new checkpoint takes the place of
/// the old one in a single step, so that there is a complete one at any time.
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

    /// <summary>
    /// After how many epochs each checkpoint is written, at least 1. It is 0 where it is not set, which is the default: then <see cref="Interval"/> decides.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int EveryEpochs
    {
        get;
        init => field = OptionRange.AtLeast(value, 1, nameof(EveryEpochs));
    }

    /// <summary>
    /// After how much time each checkpoint is written, at least zero: with the first batch that ends this long after the last checkpoint. The default is one
    /// minute, or no interval where <see cref="EveryEpochs"/> is set. Where both are set, either brings a checkpoint about.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan? Interval
    {
        get => field ?? (EveryEpochs == 0 ? TimeSpan.FromMinutes(1) : null);
        init => field = value is { } time && time < TimeSpan.Zero
            ? throw new ArgumentOutOfRangeException(nameof(Interval), time, $"Interval must be at least zero, but is {time:c}.")
            : value;
    }

    /// <summary>
    /// How many checkpoints are kept, at least 1, the default. The newest is always at <see cref="Path"/>; of <c>run.safetensors</c> the one before it is
    /// <c>run.1.safetensors</c>, the one before that <c>run.2.safetensors</c>, and so on.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int KeepLast
    {
        get;
        init => field = OptionRange.AtLeast(value, 1, nameof(KeepLast));
    } = 1;

    /// <summary>
    /// A file for the network of the best epoch alone, in a folder that exists; <see langword="null"/>, the default, means none. It is written when a
    /// checkpoint is, if an epoch since the last one was better, and <c>Load</c> reads it. Which epoch is best: see <see cref="TrainingHistory.BestEpoch"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public string? BestPath
    {
        get;
        init => field = NullOrPath(value, nameof(BestPath));
    }

    /// <summary>The checkpoint that <c>Resume</c> goes on from; <see langword="null"/>, the default, means that at <see cref="Path"/>.</summary>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public string? ResumeFrom
    {
        get;
        init => field = NullOrPath(value, nameof(ResumeFrom));
    }

    /// <summary>The clock that <see cref="Interval"/> goes by: that of the system unless it is set, as tests do.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public TimeProvider TimeProvider
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(TimeProvider));
    } = TimeProvider.System;

    private static string? NullOrPath(string? value, string name) =>
        value is "" ? throw new ArgumentException($"{name} must be a path or null, but is empty.", name) : value;
}
