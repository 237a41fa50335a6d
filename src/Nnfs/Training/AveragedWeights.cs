using Nnfs.Optimizers;

namespace Nnfs;

/// <summary>
/// Averages the parameters of all steps of a training (Polyak and Juditsky 1992, "Acceleration of Stochastic Approximation by Averaging"), the
/// newest ones most. A network with the averages often predicts better than one with the parameters of the last step, and varies less from epoch to epoch.
/// </summary>
/// <remarks>
/// <code>
/// d = Decay, or with WarmUp the lesser of Decay and (1 + t) / (10 + t)
/// a ← d·a + (1 − d)·w
/// </code>
/// The averages <c>a</c> start as the parameters before the first step, and <c>t</c> is 1 at the first step; the warm-up is that of TensorFlow's
/// <c>ExponentialMovingAverage</c>. All parameters <c>w</c> are averaged, and the running averages of a batch normalisation with them.
/// </remarks>
public sealed record AveragedWeights
{
    /// <summary>Averages with a decay.</summary>
    /// <param name="decay">
    /// The share of the averages that is kept at each step, at least 0 and less than 1. They go back about <c>1 / (1 − decay)</c> steps: the default of 0.999
    /// suits trainings of several thousand steps or more.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="decay"/> is negative, 1 or more, or not a number.</exception>
    public AveragedWeights(float decay = 0.999f) => Decay = Hyperparameter.Share(decay, nameof(decay));

    /// <summary>The share of the averages that is kept at each step.</summary>
    public float Decay { get; }

    /// <summary>
    /// Whether less is kept at the first steps, so that the averages soon forget the parameters that training began with. The default is true.
    /// </summary>
    public bool WarmUp { get; init; } = true;

    /// <summary>The share that is kept at a step, from 1.</summary>
    internal double KeptAt(long step)
    {
        double decay = Hyperparameter.AsWritten(Decay);

        return WarmUp ? Math.Min(decay, (1.0 + step) / (10.0 + step)) : decay;
    }
}
