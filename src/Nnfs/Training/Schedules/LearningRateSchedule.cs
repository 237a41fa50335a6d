using Nnfs.Optimizers;
using Nnfs.Training;
using Nnfs.Training.Schedules;

namespace Nnfs;

/// <summary>How the learning rate of an optimizer is scaled from step to step.</summary>
/// <remarks>
/// Most schedules depend on the step alone and remember nothing. One that follows what is measured, such as <see cref="ReduceOnPlateau"/>, makes a new object
/// for each training in <see cref="BeginTraining"/>, and that is told of each epoch in <see cref="EndEpoch"/>. A training that is resumed tells it of the
/// epochs before, so that it goes on where it was.
/// </remarks>
public abstract class LearningRateSchedule
{
    /// <summary>The factor 1 at every step.</summary>
    public static LearningRateSchedule Constant { get; } = new ConstantSchedule();

    /// <summary>The factor <c>1 / (1 + decay · step)</c>, as in "Neural Networks from Scratch in Python", where steps are counted from 0.</summary>
    /// <param name="decay">How fast it falls, finite and at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="decay"/> is negative, infinite or not a number.</exception>
    public static LearningRateSchedule InverseTime(float decay) => new InverseTimeSchedule(Hyperparameter.NotNegative(decay, nameof(decay)));

    /// <inheritdoc cref="InverseTime(float)"/>
    public static LearningRateSchedule InverseTime(double decay) => InverseTime(Hyperparameter.ToSingle(decay, nameof(decay)));

    /// <summary>The factor <c>factorⁿ</c> after <c>n</c> times <paramref name="epochs"/> whole epochs.</summary>
    /// <param name="factor">What each fall multiplies by, finite and greater than 0.</param>
    /// <param name="epochs">The number of epochs between falls, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static LearningRateSchedule Step(float factor, int epochs) =>
        new StepSchedule(Hyperparameter.Positive(factor, nameof(factor)), OptionRange.AtLeast(epochs, 1, nameof(epochs)));

    /// <inheritdoc cref="Step(float, int)"/>
    public static LearningRateSchedule Step(double factor, int epochs) => Step(Hyperparameter.ToSingle(factor, nameof(factor)), epochs);

    /// <summary>
    /// Half a wave of the cosine from 1 at the first step towards <paramref name="final"/>, which it would reach one step after the last
    /// (Loshchilov and Hutter 2017, "SGDR"): <c>final + (1 − final) · (1 + cos(π · step / steps)) / 2</c>.
    /// </summary>
    /// <param name="final">The factor at the end, finite and at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="final"/> is negative, infinite or not a number.</exception>
    public static LearningRateSchedule Cosine(float final) => new CosineSchedule(Hyperparameter.NotNegative(final, nameof(final)));

    /// <summary>Half a wave of the cosine from 1 at the first step towards 0: <c>Cosine(0)</c>.</summary>
    public static LearningRateSchedule Cosine() => Cosine(0f);

    /// <inheritdoc cref="Cosine(float)"/>
    public static LearningRateSchedule Cosine(double final) => Cosine(Hyperparameter.ToSingle(final, nameof(final)));

    /// <summary>
    /// The factor 1, multiplied by <paramref name="factor"/> whenever the loss has not fallen for <paramref name="patience"/> epochs in a row. The loss is that
    /// of the validation samples, or of the training samples where there are none to validate on. After a fall, it waits as many epochs again.
    /// </summary>
    /// <param name="factor">What each fall multiplies by, more than 0 and less than 1.</param>
    /// <param name="patience">How many epochs in a row may pass without an improvement before the rate falls, at least 1.</param>
    /// <param name="minFactor">The factor below which it does not fall, from 0 to 1.</param>
    /// <param name="minImprovement">By how much the loss must fall below the lowest before, to count as an improvement: finite and at least 0.</param>
    /// <param name="watchTrainingLoss">Whether it is always the loss of the training samples that counts, with what regularisation adds.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static LearningRateSchedule ReduceOnPlateau(
        double factor = 0.1, int patience = 10, double minFactor = 0, double minImprovement = 1e-4, bool watchTrainingLoss = false) => new PlateauSchedule(
            PlateauSchedule.Within(factor is > 0 and < 1, factor, nameof(factor), "more than 0 and less than 1"),
            OptionRange.AtLeast(patience, 1, nameof(patience)),
            PlateauSchedule.Within(minFactor is >= 0 and <= 1, minFactor, nameof(minFactor), "from 0 to 1"),
            PlateauSchedule.Within(minImprovement >= 0 && double.IsFinite(minImprovement), minImprovement, nameof(minImprovement), "finite and at least 0"),
            watchTrainingLoss);

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
    /// The schedule for one training: this one, unless it remembers something. Override it together with <see cref="EndEpoch"/> to give each training, even if
    /// several run at the same time, a new object that remembers nothing yet.
    /// </summary>
    public virtual LearningRateSchedule BeginTraining() => this;

    /// <summary>
    /// Takes note of an epoch that has ended, before the first step of the next. When a training is resumed, it is called for all epochs before, in their
    /// order.
    /// </summary>
    /// <param name="report">How the epoch went.</param>
    public virtual void EndEpoch(EpochReport report)
    {
    }

    /// <summary>
    /// The schedule with its numbers, such as <c>Cosine(0).WithWarmUp(50)</c>; for your own class its name, unless it says more. A checkpoint
    /// keeps this text, and a training that resumes it must have a schedule with the same.
    /// </summary>
    public override string ToString() => GetType().Name;
}
