namespace Nnfs.Sweeps.Cluster;

/// <summary>What a silo can do.</summary>
/// <param name="Cores">How many trials it trains at once.</param>
/// <param name="Objectives">The names of its objectives.</param>
/// <param name="Spaces">The space of each, as text.</param>
[GenerateSerializer]
[Immutable]
[Alias("nnfs.sweeps.silo")]
internal sealed record SiloFacts(int Cores, string[] Objectives, string[] Spaces);
