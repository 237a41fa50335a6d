namespace Nnfs.Sweeps;

/// <summary>How a sweep is made. Every value is checked when it is set; options never change, and <c>with</c> makes changed copies.</summary>
public sealed record SweepOptions
{
    /// <summary>Which trials are made. The default is a random search of 20.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public Search Search
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Search));
    } = new RandomSearch(20);

    /// <summary>The epochs of a trial that goes on to the end, at least 1. The default is 100.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int Epochs
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Epochs), value, $"Epochs must be at least 1, but is {value}.");
    } = 100;

    /// <summary>What values and the seeds of the trials are drawn from, not negative. The default is 0. The same seed gives the same sweep.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int Seed
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(Seed), value, $"Seed must not be negative, but is {value}.");
    }

    /// <summary>
    /// How many trials this process trains at once, at least 1, where there is no <see cref="Cluster"/>. The default is the number of its processors.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int Cores
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Cores), value, $"Cores must be at least 1, but is {value}.");
    } = Environment.ProcessorCount;

    /// <summary>
    /// A folder for the results and checkpoints: a sweep that was stopped goes on from there. The silos of a cluster use the same path; where it is not the
    /// same folder, a trial that goes on elsewhere trains its first epochs again. <see langword="null"/>, the default, keeps nothing.
    /// </summary>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public string? Folder
    {
        get;
        init => field = value is "" ? throw new ArgumentException("Folder must be a path or null, but is empty.", nameof(Folder)) : value;
    }

    /// <summary>The cluster whose silos train; <see langword="null"/>, the default, trains in this process.</summary>
    public SweepCluster? Cluster { get; init; }

    /// <summary>How long a sweep waits while no silo is there, greater than zero. The default is a minute.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or negative.</exception>
    public TimeSpan SiloTimeout
    {
        get;
        init => field = value > TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(SiloTimeout), value, $"SiloTimeout must be greater than zero, but is {value:c}.");
    } = TimeSpan.FromMinutes(1);

    /// <summary>Is told how far the sweep is. <see cref="SweepLines"/> writes lines of text.</summary>
    public IProgress<SweepReport>? Progress { get; init; }
}
