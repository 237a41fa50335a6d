using System.Collections.Immutable;
using Nnfs.Evaluations;

namespace Nnfs;

/// <summary>How well the outputs of a network meet their targets on a set of samples.</summary>
public sealed class RegressionEvaluation
{
    private readonly RegressionScore[] _outputs;

    internal RegressionEvaluation(float loss, int count, float accuracy, double precision, RegressionScore[] outputs, RegressionScore overall)
    {
        Loss = loss;
        Count = count;
        Accuracy = accuracy;
        Precision = precision;
        _outputs = outputs;
        MeanAbsoluteError = overall.MeanAbsoluteError;
        RootMeanSquaredError = overall.RootMeanSquaredError;
        RSquared = overall.RSquared;
    }

    /// <summary>The number of samples.</summary>
    public int Count { get; }

    /// <summary>The mean loss, without what regularisation adds.</summary>
    public float Loss { get; }

    /// <summary>The share of all outputs, 0 … 1, that are less than <see cref="Precision"/> off.</summary>
    public float Accuracy { get; }

    /// <summary>How far an output may be off to count as right.</summary>
    public double Precision { get; }

    /// <summary>The mean over all samples and outputs of <c>|y − t|</c>.</summary>
    public double MeanAbsoluteError { get; }

    /// <summary>The root of the mean over all samples and outputs of <c>(y − t)²</c>.</summary>
    public double RootMeanSquaredError { get; }

    /// <summary>
    /// What share of the targets' variance the outputs explain, over all samples and outputs: <c>1 − Σ (y − t)² / Σ (t − mean of the output's targets)²</c>.
    /// Where each output's targets are all the same it is 1 if every output is right, and 0 if not.
    /// </summary>
    public double RSquared { get; }

    /// <summary>The names of the numbers that are predicted, where samples of a type say them; none elsewhere.</summary>
    public ImmutableArray<string> TargetNames { get; internal init; } = [];

    /// <summary>The errors of each output.</summary>
    public IReadOnlyList<RegressionScore> Outputs => _outputs;

    /// <summary>
    /// How far an output may be off to count as right, as training counts it: a 250th of the standard deviation of all targets, with <c>n</c> in the
    /// denominator.
    /// </summary>
    /// <param name="targets">The targets of the training set, at least one.</param>
    /// <exception cref="ArgumentException">There are no targets, or one is infinite or not a number.</exception>
    public static double PrecisionOf(ReadOnlySpan<float> targets) => Training.Accuracy.Precision(targets);

    /// <summary>Loss and accuracy, and the errors of each output.</summary>
    public override string ToString() => EvaluationTable.Write(this);
}
