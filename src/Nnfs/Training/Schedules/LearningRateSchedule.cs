using Nnfs.Optimizers;
using Nnfs.Training;
using Nnfs.Training.Schedules;

namespace Nnfs;

/// <summary>How the learning rate of an optimizer is scaled from step to step. A schedule remembers nothing: its factor depends on the step alone.</summary>
public abstract class LearningRateSchedule
{
    /// <summary>The factor 1 at every step.</summary>
    public static LearningRateSchedule Constant { get; } = new ConstantSchedule();

    /// <summary>The factor <c>1 / (1 + decay · step)</c>, as in "Neural Networks from Scratch in Python", where steps are counted from 0.</summary>
    /// <param name="decay">How fast it falls, finite and at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="decay"/> is negative, infinite or not a number.</exception>
    public static LearningRateSchedule InverseTime(float decay) => new InverseTimeSchedule(Hyperparameter.NotNegative(decay, nameof(decay)));

    /// <summary>The factor <c>factorⁿ</c> after <c>n</c> times <paramref name="epochs"/> whole epochs.</summary>
    /// <param name="factor">What each fall multiplies by, finite and greater than 0.</param>
    /// <param name="epochs">The number of epochs between falls, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static LearningRateSchedule Step(float factor, int epochs) =>
        new StepSchedule(Hyperparameter.Positive(factor, nameof(factor)), OptionRange.AtLeast(epochs, 1, nameof(epochs)));

    /// <summary>
    /// Half a wave of the cosine from 1 at the first step towards <paramref name="final"/>, which it would reach one step after the last
    /// (Loshchilov and Hutter 2017, "SGDR"): <c>final + (1 − final) · (1 + cos(π · step / steps)) / 2</c>.
    /// </summary>
    /// <param name="final">The factor at the end, finite and at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="final"/> is negative, infinite or not a number.</exception>
    public static LearningRateSchedule Cosine(float final = 0f) => new CosineSchedule(Hyperparameter.NotNegative(final, nameof(final)));

    /// <summary>
    /// This schedule after a linear rise: the factor of step <c>i</c> is <c>(i + 1) / (steps + 1)</c> times this schedule's first one while
    /// <c>i &lt; steps</c>; then this schedule begins.
    /// </summary>
    /// <param name="steps">The number of steps that it rises, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="steps"/> is less than 1.</exception>
    public LearningRateSchedule WithWarmUp(int steps) => new WarmUpSchedule(OptionRange.AtLeast(steps, 1, nameof(steps)), this);

    /// <summary>What the learning rate is multiplied by, finite and at least 0.</summary>
    /// <param name="stepsTaken">The number of steps of the optimizer that this training has taken before.</param>
    /// <param name="totalSteps">The number of steps of the whole training, more than <paramref name="stepsTaken"/>.</param>
    /// <param name="stepsPerEpoch">The number of steps of an epoch.</param>
    public abstract double Factor(long stepsTaken, long totalSteps, int stepsPerEpoch);

    /// <summary>
    /// The schedule with its numbers, such as <c>Cosine(0).WithWarmUp(50)</c>; for your own class its name, unless it says more. A checkpoint
    /// keeps this text, and a training that resumes it must have a schedule with the same.
    /// </summary>
    public override string ToString() => GetType().Name;
}
