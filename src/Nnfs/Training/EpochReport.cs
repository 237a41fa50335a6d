namespace Nnfs;

/// <summary>How an epoch went.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Loss">The mean loss of the training samples, each at the time when it was trained on.</param>
/// <param name="Accuracy">The share of training samples, 0 … 1, whose largest output was that of their class when they were trained on.</param>
/// <param name="ValidationLoss">The mean loss of the validation samples at the end of the epoch, where there are some.</param>
/// <param name="ValidationAccuracy">The share of validation samples, 0 … 1, whose largest output was that of their class.</param>
/// <param name="LearningRate">The learning rate of the epoch's last step.</param>
/// <param name="Duration">The time that the epoch took, with its validation.</param>
public readonly record struct EpochReport(
    int Epoch,
    float Loss,
    float Accuracy,
    float? ValidationLoss,
    float? ValidationAccuracy,
    float LearningRate,
    TimeSpan Duration);
