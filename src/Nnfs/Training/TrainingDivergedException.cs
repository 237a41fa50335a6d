using System.Globalization;

namespace Nnfs;

/// <summary>
/// The loss or a gradient became infinite or not a number. The network has the parameters from before the batch where it was found: the
/// step with these gradients was not taken.
/// </summary>
public sealed class TrainingDivergedException : ArithmeticException
{
    internal TrainingDivergedException(int epoch, int batch, float loss, string? layer)
        : base(Describe(epoch, batch, loss, layer))
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

    /// <summary>The batch's mean loss; it may be finite where gradients are not.</summary>
    public float Loss { get; }

    /// <summary>The first layer with a gradient that is not finite; <see langword="null"/> where all are finite, and only the loss is not.</summary>
    public string? Layer { get; }

    private static string Describe(int epoch, int batch, float loss, string? layer)
    {
        string place = $"In epoch {epoch}, batch {batch}, the loss is {loss.ToString(CultureInfo.InvariantCulture)}";

        return layer is null
            ? $"{place}; all gradients are finite."
            : $"{place}, and the first layer with a gradient that is infinite or not a number is '{layer}'.";
    }
}
