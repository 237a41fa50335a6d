namespace Nnfs.Training.Schedules;

/// <summary>The learning rate of a range test: it rises by the same factor from step to step, whatever that of the optimizer is.</summary>
/// <param name="baseRate">The learning rate of the optimizer.</param>
/// <param name="lowest">That of the first step.</param>
/// <param name="highest">That of the last step.</param>
/// <param name="steps">The number of steps, at least 2.</param>
internal sealed class RisingSchedule(float baseRate, float lowest, float highest, int steps) : LearningRateSchedule
{
    /// <summary>The learning rate of a step, from 0.</summary>
    public double RateOf(long step) => lowest * Math.Pow((double)highest / lowest, (double)step / (steps - 1));

    /// <inheritdoc/>
    public override double Factor(long stepsTaken, long totalSteps, int stepsPerEpoch) => RateOf(stepsTaken) / baseRate;
}
