using System.Globalization;

namespace Nnfs;

/// <summary>
/// The loss or a gradient became infinite or not a number. The network has the parameters from before the batch where it was found: the
/// step with these gradients was not taken.
/// </summary>
public sealed class TrainingDivergedException : ArithmeticException
{
    /// <param name="epoch">The epoch.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="loss">Its loss.</param>
    /// <param name="failingLayer">The first layer with a gradient that is not finite, if there is one.</param>
    /// <param name="lossLayer">The layer that the loss comes from.</param>
    internal TrainingDivergedException(int epoch, int batch, float loss, string? failingLayer, string lossLayer)
        : base(Describe(epoch, batch, loss, failingLayer, lossLayer))
    {
        Epoch = epoch;
        Batch = batch;
        Loss = loss;
        Layer = failingLayer ?? lossLayer;
    }

    /// <summary>The epoch, from 1.</summary>
    public int Epoch { get; }

    /// <summary>The batch within the epoch, from 1.</summary>
    public int Batch { get; }

    /// <summary>The batch's mean loss; it may be finite where gradients are not.</summary>
    public float Loss { get; }

    /// <summary>
    /// The first layer with a gradient that is not finite; where all are finite, and only the loss is not, the network's loss, or <c>RegularizationLoss</c>
    /// where it is what weights and biases add that overflows.
    /// </summary>
    public string Layer { get; }

    private static string Describe(int epoch, int batch, float loss, string? failingLayer, string lossLayer)
    {
        string place = $"In epoch {epoch}, batch {batch}, the loss is {loss.ToString(CultureInfo.InvariantCulture)}";

        return failingLayer is null
            ? $"{place}, and all gradients are finite: it is '{lossLayer}' that overflows."
            : $"{place}, and the first layer with a gradient that is infinite or not a number is '{failingLayer}'.";
    }
}
