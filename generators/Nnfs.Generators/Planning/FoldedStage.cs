using Nnfs.Generators.Models;

namespace Nnfs.Generators.Planning;

/// <summary>
/// A stage that predictions fold into the product before it, for a tile of samples: one product with scaled tensors does the work of both,
/// and of an activation directly after them that the product's kernel computes too.
/// </summary>
/// <param name="Product">The number of the product's stage.</param>
/// <param name="Scale">The number of the stage that is folded into it.</param>
/// <param name="Activation">The number of the activation after it, if any.</param>
/// <param name="Offset">Where the scaled tensors start in scratch memory, after the activations of a tile.</param>
internal sealed record FoldedStage(int Product, int Scale, int? Activation, long Offset)
{
    /// <summary>The number of the last of its stages, in whose place the product is computed.</summary>
    public int Last => Activation ?? Scale;

    /// <summary>Whether a stage of a tile is computed with one after it.</summary>
    public bool Skips(int stage) => stage == Product || (stage == Scale && Activation is not null);

    /// <summary>The foldings of a network; nothing else reads what the product gives.</summary>
    public static EquatableArray<FoldedStage> Of(NetworkSpec network)
    {
        List<FoldedStage> folded = [];
        Readers readers = new(network.Stages, network.Outputs);
        long offset = 0;

        for (int i = 0; i < network.Stages.Count && network.Plan == NetworkPlan.Rows; i++)
        {
            if (network.Stages[i].ScalesInPredictions
                && network.Stages[i].Sources[0] is >= 0 and var product
                && network.Stages[product].TakesScales
                && readers.OnlyReader(product) == i)
            {
                int? activation = readers.OnlyReader(i) is { } next && network.Stages[next].JoinsProduct && network.Stages[next].Sources[0] == i ? next : null;
                folded.Add(new FoldedStage(product, i, activation, offset));
                offset += ScaledLength(network.Stages[product]);
            }
        }

        return new([.. folded]);
    }

    /// <summary>The length of a product's scaled tensors, each with padding up to the next cache line.</summary>
    public static long ScaledLength(StageSpec product) => product.ScaledTensors.Sum(static tensor => KernelLimits.Align(tensor.Length));

    /// <summary>The part of scratch memory that holds a scaled tensor.</summary>
    /// <param name="product">The product's stage.</param>
    /// <param name="name">The tensor.</param>
    /// <param name="start">Where the scaled tensors of all stages start.</param>
    public (int Offset, int Length) ScaledPart(StageSpec product, string name, int start)
    {
        long before = product.ScaledTensors.TakeWhile(tensor => tensor.Name != name).Sum(static tensor => KernelLimits.Align(tensor.Length));

        return (Clamp(start + Offset + before), Clamp(product.ScaledTensors.First(tensor => tensor.Name == name).Length));
    }

    private static int Clamp(long length) => (int)Math.Min(int.MaxValue, length);
}
