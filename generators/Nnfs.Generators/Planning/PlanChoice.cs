using Nnfs.Generators.Models;

namespace Nnfs.Generators.Planning;

/// <summary>Chooses how the kernels work on many samples.</summary>
internal static class PlanChoice
{
    /// <summary>The samples that a tile in lanes holds.</summary>
    public const int SamplesInLanes = 64;

    /// <summary>The most samples in lanes that are not worth a tile.</summary>
    public const int FewInLanes = 3;

    /// <summary>The most samples of a tile in rows: whole tiles of the matrix product.</summary>
    public const int MostTileRows = 16 * KernelLimits.RowsPerTile;

    /// <summary>The most weights of a network that takes samples in lanes: a quarter of a small level-1 cache.</summary>
    private const int MostWeightsInLanes = 4096;

    /// <summary>The most inputs of a network that takes samples in lanes.</summary>
    private const int MostInputsInLanes = 128;

    /// <summary>Floats of activations that a tile of a prediction should stay within: half of a small level-2 cache.</summary>
    private const int TileBudget = 32 * 1024;

    /// <summary>Floats of activations and gradients that a part of a batch should stay within: a level-2 cache.</summary>
    private const int PartBudget = 256 * 1024;

    /// <summary>The fewest samples of a part of a batch in rows.</summary>
    private const int LeastPartRows = 2 * KernelLimits.RowsPerTile;

    /// <summary>The most samples of a part of a batch.</summary>
    private const int MostPartSamples = 1024;

    /// <summary>The most parameters that stay in the cache from one tile of a prediction to the next: half of a small level-2 cache.</summary>
    private const int MostCachedParameters = 128 * 1024;

    /// <summary>
    /// Floats of activations that a tile should stay within where the parameters don't stay in the cache, counted as two layers of the widest kind:
    /// 4 MiB. Each parameter that is read then serves so many samples that the time to read it does not matter.
    /// </summary>
    private const int WideTileBudget = 1024 * 1024;

    /// <summary>Samples go in lanes where the kernels of all stages can take them so, and the network is small.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="stages">The stages.</param>
    /// <param name="outputs">The outputs.</param>
    public static NetworkPlan Choose(IReadOnlyList<InputSpec> inputs, IReadOnlyList<StageSpec> stages, IReadOnlyList<OutputSpec> outputs)
    {
        long weights = stages.Sum(static stage => stage.ProductFlops / 2);
        int[] roots = [.. outputs.Select(output => PlaceOf(stages, output.Source))];

        // An output that is an input, or what another output is too, has no lanes of its own.
        bool takesLanes = weights is > 0 and <= MostWeightsInLanes
            && inputs.All(static input => input.Size <= MostInputsInLanes && input.Element == ElementType.Float)
            && stages.All(static stage => stage.TakesLanes)
            && roots.All(static root => root >= 0)
            && roots.Distinct().Count() == roots.Length;

        return takesLanes ? NetworkPlan.Lanes : NetworkPlan.Rows;
    }

    /// <summary>The value in whose place a prediction finds a source: what it is an alias of, or passes on.</summary>
    private static int PlaceOf(IReadOnlyList<StageSpec> stages, int source)
    {
        while (source >= 0 && (stages[source].IsAlias || stages[source].PassesOn))
        {
            source = stages[source].Sources[0];
        }

        return source;
    }

    /// <summary>The most samples that are not worth a tile: they go one by one.</summary>
    public static int FewSamples(NetworkPlan plan) => plan == NetworkPlan.Lanes ? FewInLanes : 1;

    /// <summary>
    /// As many samples of a pass for training as keep what they need in the cache, in whole tiles of a prediction. Of samples with many values, as images
    /// have, far fewer do: then in whole rows of the kernel's tile, but not so few that they have less to go through than the parameters' gradients, which
    /// each part adds to.
    /// </summary>
    public static int PartSamples(NetworkPlan plan, IReadOnlyList<InputSpec> inputs, IReadOnlyList<StageSpec> stages)
    {
        long perSample = inputs.Sum(static input => (long)input.Size) + stages.Sum(static stage => stage.ValuesInPart);
        int tile = plan == NetworkPlan.Lanes ? SamplesInLanes : MostTileRows;
        long samples = Math.Min(MostPartSamples, PartBudget / Math.Max(1, perSample));
        long least = Math.Max(LeastPartRows, 2 * stages.Sum(static stage => stage.ParameterCount) / Math.Max(1, perSample));
        long few = Math.Max(samples, least) / KernelLimits.RowsPerTile * KernelLimits.RowsPerTile;

        return plan == NetworkPlan.Lanes || 2 * few >= tile ? (int)Math.Max(1, samples / tile) * tile : (int)few;
    }

    /// <summary>As many samples as keep their activations within the budget, in whole rows of the kernel's tile.</summary>
    public static int PredictRows(NetworkPlan plan, IReadOnlyList<StageSpec> stages)
    {
        if (plan == NetworkPlan.Lanes)
        {
            return SamplesInLanes;
        }

        bool isCached = stages.Sum(static stage => stage.ParameterCount) <= MostCachedParameters;
        long perSample = isCached ? stages.Take(Math.Max(0, stages.Count - 1)).Sum(static stage => (long)stage.Outputs)
            : 2L * stages.Max(static stage => stage.Outputs);
        long most = (isCached ? TileBudget : WideTileBudget) / Math.Max(1, perSample);
        long rows = Math.Min(MostTileRows, most / KernelLimits.RowsPerTile * KernelLimits.RowsPerTile);

        if (rows == 0)
        {
            rows = perSample <= KernelLimits.MostFloats / (2 * KernelLimits.RowsPerTile) ? KernelLimits.RowsPerTile : 1;
        }

        return (int)rows;
    }
}
