namespace Nnfs.Training.Schedules;

/// <summary>Falls by a factor every few epochs.</summary>
internal sealed class StepSchedule(float factor, int epochs) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double Factor(long stepsTaken, long totalSteps, int stepsPerEpoch) => Math.Pow(factor, stepsTaken / stepsPerEpoch / epochs);

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"Step({factor}, {epochs})");
}
