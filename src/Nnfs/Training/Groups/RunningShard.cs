using Nnfs.Kernels;

namespace Nnfs.Training.Groups;

/// <summary>A shard of this process whose batch normalisations take the statistics of the whole batch.</summary>
/// <param name="exchange">What adds up.</param>
/// <param name="shard">The shard of this process, from 0.</param>
internal sealed class RunningShard(ShardExchange exchange, int shard) : SharedBatch
{
    /// <summary>The share of the batch that the shard has now.</summary>
    public double Share { get; set; }

    /// <inheritdoc/>
    public override double Weight => Share;

    /// <inheritdoc/>
    public override bool WritesAverages => shard == 0;

    /// <inheritdoc/>
    public override void Sum(Span<double> values) => exchange.Sum(shard, values);
}
