namespace Nnfs.Training.Schedules;

/// <summary>Falls when the loss no longer does.</summary>
internal sealed class PlateauSchedule(double factor, int patience, double minFactor, double minImprovement, bool watchTrainingLoss) : LearningRateSchedule
{
    private double _reached = 1.0;
    private double _lowest = double.PositiveInfinity;
    private int _epochsSince;

    /// <summary>The value, if it is within its range.</summary>
    public static double Within(bool isWithin, double value, string name, string range) => isWithin
        ? value
        : throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} must be {range}, but is {value}."));

    /// <inheritdoc/>
    public override LearningRateSchedule BeginTraining() => new PlateauSchedule(factor, patience, minFactor, minImprovement, watchTrainingLoss);

    /// <inheritdoc/>
    public override void EndEpoch(EpochReport report)
    {
        double loss = watchTrainingLoss ? report.Loss : report.ValidationLoss ?? report.Loss;

        // What is not a number is no improvement.
        if (loss < _lowest - minImprovement)
        {
            _lowest = loss;
            _epochsSince = 0;
        }
        else if (++_epochsSince >= patience)
        {
            _reached = Math.Max(_reached * factor, minFactor);
            _epochsSince = 0;
        }
    }

    /// <inheritdoc/>
    public override double Factor(long stepsTaken, long totalSteps, int stepsPerEpoch) => _reached;

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"{nameof(ReduceOnPlateau)}({factor}, {patience}, {minFactor}, {minImprovement}, {watchTrainingLoss})");
}
