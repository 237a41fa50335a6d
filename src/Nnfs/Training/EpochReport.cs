namespace Nnfs;

/// <summary>How an epoch went.</summary>
/// <remarks>
/// Accuracy is that of the network's loss. Of a cross-entropy over classes it is the share of samples whose largest output is that of their class; of a binary
/// one the share of outputs on their label's side of one half; of a regression the share of outputs that are off by less than a 250th of
/// the standard deviation of all training targets. Of a network with several inputs or outputs it is the mean of those of its outputs, which
/// <see cref="Outputs"/> has by their names.
/// </remarks>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Loss">The mean loss of the training samples, each at the time when it was trained on, with what regularisation adds.</param>
/// <param name="RegularizationLoss">What L1 and L2 on weights and biases add to it, in the same mean; 0 where no layer has them.</param>
/// <param name="Accuracy">The share of training samples or of their outputs, 0 … 1, that were right when they were trained on.</param>
/// <param name="ValidationLoss">
/// The mean loss of the validation samples at the end of the epoch, without what regularisation adds, where there are some.
/// </param>
/// <param name="ValidationAccuracy">The share of validation samples or of their outputs, 0 … 1, that are right.</param>
/// <param name="LearningRate">The learning rate of the epoch's last step.</param>
/// <param name="Duration">The time that the epoch took, with its validation.</param>
public readonly record struct EpochReport(
    int Epoch,
    float Loss,
    float RegularizationLoss,
    float Accuracy,
    float? ValidationLoss,
    float? ValidationAccuracy,
    float LearningRate,
    TimeSpan Duration)
{
    private readonly float? _dataLoss;
    private readonly OutputReports? _outputs;

    /// <summary>
    /// The mean loss of the training samples without what regularisation adds, as <see cref="ValidationLoss"/> is. Training keeps it apart from the start, so
    /// that it has all its digits though <see cref="RegularizationLoss"/> may be much larger; in a report of your own it is <c>Loss − RegularizationLoss</c>
    /// where it is not set.
    /// </summary>
    public float DataLoss
    {
        get => _dataLoss ?? Loss - RegularizationLoss;
        init => _dataLoss = value;
    }

    /// <summary>How it went for each output that has a loss, of a network with several inputs or outputs; empty for any other network.</summary>
    public OutputReports Outputs
    {
        get => _outputs ?? OutputReports.Empty;
        init => _outputs = value is { Count: > 0 } ? value : null;
    }
}
