using System.Collections.Immutable;

namespace Nnfs.Catalogue.Losses;

/// <summary>The kinds of losses: a new one is added here.</summary>
internal static class LossEntries
{
    public static readonly ImmutableArray<LossEntry> All =
    [
        SoftmaxCrossEntropyLoss.Kind,
        CategoricalCrossEntropyLoss.Kind,
        BinaryCrossEntropyLoss.Kind,
        SigmoidBinaryCrossEntropyLoss.Kind,
        MeanSquaredErrorLoss.Kind,
        MeanAbsoluteErrorLoss.Kind,
        HuberLoss.Kind,
    ];
}
