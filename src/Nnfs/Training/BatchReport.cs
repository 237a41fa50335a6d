namespace Nnfs;

/// <summary>How a batch went.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Batch">The batch within the epoch, from 1.</param>
/// <param name="Batches">The number of batches of an epoch.</param>
/// <param name="Samples">The number of samples of this batch.</param>
/// <param name="Loss">The batch's mean loss before its step, with what regularisation adds.</param>
/// <param name="RegularizationLoss">What L1 and L2 on weights and biases add to it; 0 where no layer has them.</param>
public readonly record struct BatchReport(int Epoch, int Batch, int Batches, int Samples, float Loss, float RegularizationLoss)
{
    private readonly float? _dataLoss;

    /// <summary>
    /// The batch's mean loss without what regularisation adds. Training keeps it apart from the start, so that it has all its digits though
    /// <see cref="RegularizationLoss"/> may be much larger; in a report of your own it is <c>Loss − RegularizationLoss</c> where it is not set.
    /// </summary>
    public float DataLoss
    {
        get => _dataLoss ?? Loss - RegularizationLoss;
        init => _dataLoss = value;
    }
}
