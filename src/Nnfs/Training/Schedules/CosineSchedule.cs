namespace Nnfs.Training.Schedules;

/// <summary>Falls along half a wave of the cosine.</summary>
internal sealed class CosineSchedule(float final) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double Factor(long stepsTaken, long totalSteps, int stepsPerEpoch) =>
        final + ((1.0 - final) * 0.5 * (1.0 + Math.Cos(Math.PI * stepsTaken / totalSteps)));

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"Cosine({final})");
}
