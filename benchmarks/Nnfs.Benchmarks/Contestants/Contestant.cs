using System.Diagnostics;

namespace Nnfs.Benchmarks;

/// <summary>Somebody who does a workload, in steady state and any number of times.</summary>
internal abstract class Contestant(string name) : IDisposable
{
    public string Name { get; } = name;

    /// <summary>The numbers that the work gives from its first data on, to be compared with the reference.</summary>
    public abstract float[] Answer();

    /// <summary>Does the work a number of times.</summary>
    public abstract void Run(int operations);

    /// <summary>Does the work a number of times, and says how many seconds that took.</summary>
    public virtual double Time(int operations)
    {
        long start = Stopwatch.GetTimestamp();
        Run(operations);

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public virtual void Dispose()
    {
    }
}
