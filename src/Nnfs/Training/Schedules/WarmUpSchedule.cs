namespace Nnfs.Training.Schedules;

/// <summary>Rises linearly, and then follows another schedule.</summary>
internal sealed class WarmUpSchedule(int length, LearningRateSchedule next) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double Factor(long stepsTaken, long totalSteps, int stepsPerEpoch)
    {
        // Where training is shorter than the rise, the next schedule still has a step to begin with.
        long remaining = Math.Max(1, totalSteps - length);

        return stepsTaken < length
            ? (stepsTaken + 1.0) / (length + 1.0) * next.Factor(0, remaining, stepsPerEpoch)
            : next.Factor(stepsTaken - length, remaining, stepsPerEpoch);
    }

    /// <inheritdoc/>
    public override LearningRateSchedule BeginTraining() => new WarmUpSchedule(length, next.BeginTraining());

    /// <inheritdoc/>
    public override void EndEpoch(EpochReport report) => next.EndEpoch(report);

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{next}.WithWarmUp({length})");
}
