using Nnfs.Sweeps.Cluster;

namespace Nnfs.Sweeps.Running;

/// <summary>A core of the cluster.</summary>
/// <param name="Silo">Its silo.</param>
/// <param name="Index">Which one of the silo, from 0.</param>
internal readonly record struct Core(SiloAddress Silo, int Index)
{
    /// <summary>The key of its grain.</summary>
    public string Key => CorePlacement.Key(Silo, Index);

    /// <summary>The silo for a reader: without the number that tells it from one before it at the same place.</summary>
    public string SiloName => Silo.Endpoint.ToString();
}
