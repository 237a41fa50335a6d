namespace Spiral;

/// <summary>How a training run stands at the start of an epoch.</summary>
internal sealed record Measurement(int Epoch, float TrainingLoss, float TrainingAccuracy, float TestLoss, float LearningRate);
