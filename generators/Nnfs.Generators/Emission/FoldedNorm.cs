using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>
/// A batch normalisation that predictions fold into the dense layer before it, for a tile of samples: one product with scaled weights does
/// the work of both, and of a ReLU directly behind them.
/// </summary>
/// <param name="Dense">The number of the dense layer.</param>
/// <param name="Norm">The number of the normalisation.</param>
/// <param name="ReLU">The number of the ReLU behind it, if any.</param>
/// <param name="Offset">Where the scaled weights and biases start behind the activations in scratch memory.</param>
internal sealed record FoldedNorm(int Dense, int Norm, int? ReLU, long Offset)
{
    /// <summary>The number of the last of its stages, in whose place the product is computed.</summary>
    public int Last => ReLU ?? Norm;

    /// <summary>The foldings of a network; nothing else reads what the dense layer gives.</summary>
    public static IReadOnlyList<FoldedNorm> Of(NetworkSpec network)
    {
        List<FoldedNorm> folded = [];
        long offset = 0;

        for (int i = 0; i < network.Stages.Count; i++)
        {
            if (network.Plan == NetworkPlan.Rows
                && network.Stages[i] is NormSpec { IsOverBatch: true } norm
                && norm.Sources[0] is >= 0 and var dense
                && network.Stages[dense] is DenseSpec { Activation: null } layer
                && OnlyReader(network, dense) == i)
            {
                int? reader = OnlyReader(network, i);
                int? relu = reader is { } next && network.Stages[next] is ActivationSpec { Kind: ActivationKind.ReLU } ? next : null;
                folded.Add(new FoldedNorm(dense, i, relu, offset));
                offset += WeightsLength(layer) + BiasesLength(layer);
            }
        }

        return folded;
    }

    /// <summary>The length of the scaled weights with padding up to the next cache line.</summary>
    public static long WeightsLength(DenseSpec dense) => Parsing.ParameterLayout.Align(dense.WeightsLength);

    /// <summary>The length of the scaled biases with padding up to the next cache line.</summary>
    public static long BiasesLength(DenseSpec dense) => Parsing.ParameterLayout.Align(dense.BiasesLength);

    private static int? OnlyReader(NetworkSpec network, int stage)
    {
        int[] readers = [.. Enumerable.Range(0, network.Stages.Count).Where(i => network.Stages[i].Sources.Contains(stage))];

        return readers.Length == 1 && network.Outputs.All(output => output.Source != stage) ? readers[0] : null;
    }
}
