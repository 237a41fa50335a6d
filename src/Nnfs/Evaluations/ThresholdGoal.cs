namespace Nnfs;

/// <summary>What a threshold is to be best at.</summary>
public sealed class ThresholdGoal
{
    private readonly Func<ThresholdScore, double> _measure;

    private ThresholdGoal(Func<ThresholdScore, double> measure) => _measure = measure;

    /// <summary>The greatest F1, the harmonic mean of precision and recall.</summary>
    public static ThresholdGoal F1 { get; } = new(static score => score.F1);

    /// <summary>The greatest sum of recall and specificity: Youden's index, where the ROC curve is farthest above the diagonal.</summary>
    public static ThresholdGoal Youden { get; } = new(static score => score.Recall + score.Specificity);

    /// <summary>The least sum of what wrong answers cost.</summary>
    /// <param name="falsePositive">What it costs to say yes where it is no, finite and at least 0.</param>
    /// <param name="falseNegative">What it costs to say no where it is yes, finite and at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A cost is negative, infinite or not a number.</exception>
    public static ThresholdGoal Cost(double falsePositive, double falseNegative)
    {
        Check(falsePositive, nameof(falsePositive));
        Check(falseNegative, nameof(falseNegative));

        return new(score => -((falsePositive * score.FalsePositives) + (falseNegative * score.FalseNegatives)));
    }

    /// <summary>How good a threshold is.</summary>
    internal double Measure(ThresholdScore score) => _measure(score);

    private static void Check(double cost, string name)
    {
        if (!(cost >= 0 && double.IsFinite(cost)))
        {
            throw new ArgumentOutOfRangeException(name, cost, "Expected a cost that is finite and at least 0.");
        }
    }
}
