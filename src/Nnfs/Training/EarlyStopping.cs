using Nnfs.Optimizers;
using Nnfs.Training;

namespace Nnfs;

/// <summary>Ends a training whose loss no longer falls.</summary>
public sealed record EarlyStopping
{
    /// <summary>
    /// Whether it is the loss of the training samples that counts. The default is false: it is that of the validation samples, or of the
    /// training samples where there are none to validate on.
    /// </summary>
    public bool WatchTrainingLoss { get; init; }

    /// <summary>How many epochs in a row may pass without an improvement before training ends, at least 1. The default is 10.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int Patience
    {
        get;
        init => field = OptionRange.AtLeast(value, 1, nameof(Patience));
    } = 10;

    /// <summary>By how much the loss must fall below the lowest before, to count as an improvement: finite and at least 0, the default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or not a number.</exception>
    public float MinImprovement
    {
        get;
        init => field = Hyperparameter.NotNegative(value, nameof(MinImprovement));
    }

    /// <summary>
    /// Whether the network ends with the parameters of its best epoch, however training ends, except by an exception. The default is true.
    /// </summary>
    public bool RestoreBest { get; init; } = true;
}
