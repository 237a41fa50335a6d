namespace Playground.Training;

/// <summary>What a network is worth after some steps.</summary>
/// <param name="Steps">The steps that it has been trained.</param>
/// <param name="Epochs">How often it has seen all training samples.</param>
/// <param name="TrainingLoss">The mean loss of the training samples, without penalties.</param>
/// <param name="TestLoss">That of the others; NaN without any.</param>
/// <param name="TrainingAccuracy">The share of the training samples that it classifies right.</param>
/// <param name="TestAccuracy">That of the others; NaN without any.</param>
internal readonly record struct Measures(
    long Steps, double Epochs, double TrainingLoss, double TestLoss, double TrainingAccuracy, double TestAccuracy);
