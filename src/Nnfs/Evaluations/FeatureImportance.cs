namespace Nnfs;

/// <summary>What a network loses without a feature.</summary>
/// <param name="Name">The feature, by its number or the name of its group.</param>
/// <param name="AccuracyDrop">By how much the accuracy falls when its values are shuffled among the samples, over the repetitions.</param>
/// <param name="LossRise">By how much the loss rises.</param>
public sealed record FeatureImportance(string Name, MeanAndDeviation AccuracyDrop, MeanAndDeviation LossRise);
