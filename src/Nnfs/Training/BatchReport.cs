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
    /// <summary>The batch's mean loss without what regularisation adds: <c>Loss − RegularizationLoss</c>.</summary>
    public float DataLoss => Loss - RegularizationLoss;
}
