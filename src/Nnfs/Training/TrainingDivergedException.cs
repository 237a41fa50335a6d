using System.Globalization;

namespace Nnfs;

/// <summary>
/// A number became infinite or not a number: the loss or a gradient of a batch, the sum of gradients of several, or in a step a parameter or what the
/// optimizer remembers. The network has the parameters and the running averages from before the batch where it was found: the step was not taken.
/// </summary>
public sealed class TrainingDivergedException : ArithmeticException
{
    /// <param name="epoch">The epoch.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="loss">Its loss.</param>
    /// <param name="layer">The layer or loss where it was found.</param>
    /// <param name="cause">What was found, as the end of a sentence that says when.</param>
    internal TrainingDivergedException(int epoch, int batch, float loss, string layer, string cause)
        : base($"In epoch {epoch}, batch {batch}, the loss is {loss.ToString(CultureInfo.InvariantCulture)}, and {cause}")
    {
        Epoch = epoch;
        Batch = batch;
        Loss = loss;
        Layer = layer;
    }

    /// <summary>The epoch, from 1.</summary>
    public int Epoch { get; }

    /// <summary>The batch within the epoch, from 1.</summary>
    public int Batch { get; }

    /// <summary>The batch's mean loss; it may be finite where other numbers are not.</summary>
    public float Loss { get; }

    /// <summary>
    /// The first layer with a gradient, or a sum of gradients, a parameter or a remembered number, that is not finite; where only the loss is not, the
    /// network's loss, or <c>RegularizationLoss</c> where it is what weights and biases add that overflows.
    /// </summary>
    public string Layer { get; }
}
