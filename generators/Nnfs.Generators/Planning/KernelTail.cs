using Nnfs.Generators.Models;

namespace Nnfs.Generators.Planning;

/// <summary>Which of the last layers of a small network are one kernel.</summary>
internal static class KernelTail
{
    /// <summary>The most neurons of the last of the layers that are one kernel.</summary>
    private const int MostNeurons = 4;

    /// <summary>The most values after the first of three layers that are one kernel.</summary>
    private const int MostValues = 128;

    /// <summary>From more inputs on a product of its own, with more sums side by side, is quicker for a tile.</summary>
    private const int MostInputsOfTile = 4;

    /// <summary>For one sample: three dense layers, two, or none.</summary>
    public static int? OfSample(NetworkSpec network)
    {
        int count = network.Stages.Count;

        if (network.Plan != NetworkPlan.Lanes || count < 2 || !IsNarrowOutput(network.Stages[count - 1]) || !IsHidden(network.Stages[count - 2]))
        {
            return null;
        }

        return count > 2 && network.Stages[count - 3] is { Outputs: <= MostValues } first && IsHidden(first) ? count - 3 : count - 2;
    }

    /// <summary>For a tile: the last two, where the first has so few inputs that its work is mostly to store.</summary>
    public static int? OfTile(NetworkSpec network) =>
        network.Plan == NetworkPlan.Lanes
        && network.Stages.Count >= 2
        && network.Stages[network.Stages.Count - 2] is { Inputs: <= MostInputsOfTile } first
        && first.Outputs % 2 == 0
        && IsHidden(first)
        && IsNarrowOutput(network.Stages[network.Stages.Count - 1])
            ? network.Stages.Count - 2
            : null;

    private static bool IsNarrowOutput(StageSpec stage) => stage is DenseSpec { IsByNeuron: true, ReLUName: null, Outputs: <= MostNeurons };

    private static bool IsHidden(StageSpec stage) => stage is DenseSpec { IsByNeuron: false, ReLUName: not null, Outputs: > 8 };
}
