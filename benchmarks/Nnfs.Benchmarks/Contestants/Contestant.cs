namespace Nnfs.Benchmarks;

/// <summary>Somebody who does a workload.</summary>
internal abstract class Contestant(string name) : Measured(name)
{
    /// <summary>The numbers that the work gives from its first data on, to be compared with the reference.</summary>
    public abstract float[] Answer();
}
