using Orleans.Placement;

namespace Nnfs.Sweeps.Cluster;

/// <summary>Places a grain by <see cref="CorePlacement"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class CorePlacementAttribute() : PlacementAttribute(new CorePlacement());
