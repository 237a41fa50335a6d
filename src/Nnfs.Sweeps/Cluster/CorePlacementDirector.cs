using Orleans.Runtime.Placement;

namespace Nnfs.Sweeps.Cluster;

/// <summary>Finds the silo that the key of a core names.</summary>
internal sealed class CorePlacementDirector : IPlacementDirector
{
    /// <inheritdoc/>
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        SiloAddress silo = CorePlacement.SiloOf(target.GrainIdentity.Key.ToString()!);

        return context.GetCompatibleSilos(target).Contains(silo)
            ? Task.FromResult(silo)
            : throw new SiloUnavailableException($"The silo {silo} is not in the cluster any more.");
    }
}
