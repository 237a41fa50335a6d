namespace Nnfs;

/// <summary>A step of a learning-rate range test.</summary>
/// <param name="LearningRate">The learning rate of the step.</param>
/// <param name="Loss">The loss of its batch, before the step.</param>
/// <param name="SmoothedLoss">The mean of the losses up to this one, of which each weighs a tenth less than the next.</param>
public readonly record struct LearningRatePoint(float LearningRate, float Loss, float SmoothedLoss);
