using Nnfs.Generators.Models;

namespace Nnfs.Generators.Parsing;

/// <summary>Chooses how the kernels work on many samples.</summary>
internal static class PlanChoice
{
    /// <summary>The samples that a tile in lanes holds.</summary>
    public const int SamplesInLanes = 64;

    /// <summary>Networks of at most so many weights, a quarter of a small level-1 cache, and inputs take samples in lanes.</summary>
    private const int MostWeightsInLanes = 4096;
    private const int MostInputsInLanes = 128;

    /// <summary>Floats of activations that a tile of a prediction should stay within: half of a small level-2 cache.</summary>
    private const int TileBudget = 32 * 1024;

    private const int RowsOfKernel = 6;
    private const int MostTileRows = 96;

    /// <summary>Samples go in lanes where the network is small and made of nothing but dense layers with their ReLUs, one after the other, and a softmax in the loss, which is taken as it is.</summary>
    public static NetworkPlan Choose(int? inputSize, IReadOnlyList<LayerDeclaration> layers)
    {
        int size = inputSize ?? 0;
        long weights = 0;

        if (size is <= 0 or > MostInputsInLanes)
        {
            return NetworkPlan.Rows;
        }

        for (int i = 0; i < layers.Count; i++)
        {
            if (layers[i].From is not null)
            {
                return NetworkPlan.Rows;
            }

            switch (layers[i].Kind)
            {
                case LayerKind.Dense when layers[i].Size(KnownNames.NeuronsParameter) is > 0 and int neurons:
                    weights += (long)size * neurons;
                    size = neurons;
                    break;

                case LayerKind.ReLU when i > 0 && layers[i - 1].Kind == LayerKind.Dense:
                case LayerKind.SoftmaxCrossEntropy when weights > 0
                    && layers[i].Attribute.NamedArgument<float>(KnownNames.LabelSmoothingProperty) == 0
                    && layers[i].Attribute.NamedArgument(KnownNames.WeightProperty, 1f) == 1f:
                    break;

                default:
                    return NetworkPlan.Rows;
            }
        }

        return weights is > 0 and <= MostWeightsInLanes ? NetworkPlan.Lanes : NetworkPlan.Rows;
    }

    /// <summary>As many samples as keep their activations within the budget, in whole rows of the kernel's tile.</summary>
    public static int PredictRows(NetworkPlan plan, IReadOnlyList<StageSpec> stages)
    {
        if (plan == NetworkPlan.Lanes)
        {
            return SamplesInLanes;
        }

        long perSample = Math.Max(1, stages.Take(Math.Max(0, stages.Count - 1)).Sum(static stage => (long)stage.Outputs));
        long rows = Math.Min(MostTileRows, TileBudget / perSample / RowsOfKernel * RowsOfKernel);

        if (rows == 0)
        {
            rows = perSample <= ParameterLayout.MaxLength / (2 * RowsOfKernel) ? RowsOfKernel : 1;
        }

        return (int)rows;
    }
}
