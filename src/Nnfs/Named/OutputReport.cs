namespace Nnfs;

/// <summary>How an epoch went for one output of a network with several.</summary>
/// <param name="Name">The name of the output.</param>
/// <param name="Loss">The mean loss of the training samples, each at the time when it was trained on, before it is weighted.</param>
/// <param name="Accuracy">What of them was right, 0 … 1, as <see cref="EpochReport"/> says for the output's loss.</param>
/// <param name="ValidationLoss">The mean loss of the validation samples at the end of the epoch, where there are some.</param>
/// <param name="ValidationAccuracy">What of them is right.</param>
public readonly record struct OutputReport(string Name, float Loss, float Accuracy, float? ValidationLoss, float? ValidationAccuracy);
