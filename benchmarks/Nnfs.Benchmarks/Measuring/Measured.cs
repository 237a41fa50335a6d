using System.Diagnostics;

namespace Nnfs.Benchmarks;

/// <summary>Something that can be done any number of times and is timed.</summary>
internal abstract class Measured(string name) : IDisposable
{
    public string Name { get; } = name;

    /// <summary>Does it a number of times.</summary>
    public abstract void Run(int operations);

    /// <summary>Does it a number of times, and says how many seconds that took.</summary>
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
