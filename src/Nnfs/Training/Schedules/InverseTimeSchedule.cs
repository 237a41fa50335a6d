namespace Nnfs.Training.Schedules;

/// <summary>Falls as the book's decay does.</summary>
internal sealed class InverseTimeSchedule(float decay) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double Factor(long stepsTaken, long totalSteps, int stepsPerEpoch) => 1.0 / (1.0 + ((double)decay * stepsTaken));

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"InverseTime({decay})");
}
