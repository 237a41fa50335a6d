namespace Nnfs.Benchmarks;

/// <summary>Another way to run and train the same networks.</summary>
internal abstract class Peer(string name) : IDisposable
{
    public string Name { get; } = name;

    /// <summary>Why the peer cannot take part on this machine, or null where it can.</summary>
    public virtual string? Absence => null;

    /// <summary>The version that takes part.</summary>
    public abstract string Version { get; }

    /// <summary>The peer at this work, or null where it does not do such work.</summary>
    public abstract Contestant? Enter(Workload workload);

    public virtual void Dispose()
    {
    }
}
