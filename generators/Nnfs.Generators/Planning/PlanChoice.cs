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

    /// <summary>The most parameters that stay in the cache from one tile of a prediction to the next: half of a small level-2 cache.</summary>
    private const int MostCachedParameters = 128 * 1024;

    /// <summary>
    /// Floats of activations that a tile should stay within where the parameters don't stay in the cache, counted as two layers of the widest kind:
    /// 4 MiB. Each parameter that is read then serves so many samples that the time to read it does not matter.
    /// </summary>
    private const int WideTileBudget = 1024 * 1024;

    /// <summary>Samples go in lanes where the kernels of all stages can take them so, and the network is small.</summary>
    /// <param name="inputSize">The values of the only input; <see langword="null"/> where it is not known, or not the only one.</param>
    /// <param name="stages">The stages, one after the other.</param>
    public static NetworkPlan Choose(int? inputSize, IReadOnlyList<StageSpec> stages)
    {
        long size = inputSize ?? 0;
        long weights = 0;

        foreach (StageSpec stage in stages)
        {
            weights += size * stage.Outputs;
            size = stage.Outputs;
        }

        return inputSize is > 0 and <= MostInputsInLanes && weights is > 0 and <= MostWeightsInLanes ? NetworkPlan.Lanes : NetworkPlan.Rows;
    }

    /// <summary>The most samples that are not worth a tile: they go one by one.</summary>
    public static int FewSamples(NetworkPlan plan) => plan == NetworkPlan.Lanes ? FewInLanes : 1;

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
