namespace Nnfs.Training.Schedules;

/// <summary>Leaves the learning rate as it is.</summary>
internal sealed class ConstantSchedule : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double Factor(long stepsTaken, long totalSteps, int stepsPerEpoch) => 1.0;

    /// <inheritdoc/>
    public override string ToString() => nameof(Constant);
}
