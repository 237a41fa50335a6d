using Nnfs.Evaluations;

namespace Nnfs;

/// <summary>How well a binary network does on a set of samples, each of whose outputs answers a question of its own with 0 or 1.</summary>
/// <remarks>It keeps probabilities and labels of all samples: 8 bytes for each output of each sample.</remarks>
public sealed class MultiLabelEvaluation
{
    private readonly ClassScore[] _outputs;
    private readonly float[] _probabilities;
    private readonly int[] _labels;

    internal MultiLabelEvaluation(
        float loss, int count, float accuracy, float exactAccuracy, ClassScore[] outputs, float[] probabilities, int[] labels)
    {
        _probabilities = probabilities;
        _labels = labels;
        Loss = loss;
        Count = count;
        Accuracy = accuracy;
        ExactAccuracy = exactAccuracy;
        _outputs = outputs;
    }

    /// <summary>The number of samples.</summary>
    public int Count { get; }

    /// <summary>The mean loss, without what regularisation adds.</summary>
    public float Loss { get; }

    /// <summary>The share of all outputs, 0 … 1, that are on their label's side of one half.</summary>
    public float Accuracy { get; }

    /// <summary>The share of samples, 0 … 1, all of whose outputs are.</summary>
    public float ExactAccuracy { get; }

    /// <summary>Precision, recall and F1 of the answer 1, for each output.</summary>
    public IReadOnlyList<ClassScore> Outputs => _outputs;

    /// <summary>
    /// The area under the ROC curve of an output: the probability that a sample whose answer is 1 has a greater output than one whose answer is 0, where equal
    /// ones count half. NaN where all answers are the same.
    /// </summary>
    /// <param name="output">The output, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such output.</exception>
    public double RocAucOf(int output) => RankingOf(output).RocAuc;

    /// <summary>The average precision of an output: <c>Σ (Rₙ − Rₙ₋₁) · Pₙ</c> over the thresholds. NaN where no answer is 1.</summary>
    /// <param name="output">The output, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such output.</exception>
    public double AveragePrecisionOf(int output) => RankingOf(output).AveragePrecision;

    /// <summary>
    /// What the answers of an output are at each threshold, from one that no sample reaches to one that all reach: its ROC and precision-recall curves.
    /// </summary>
    /// <param name="output">The output, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such output.</exception>
    public IReadOnlyList<ThresholdScore> Thresholds(int output) => RankingOf(output).Curve;

    /// <summary>What the answers of an output are if it is 1 from a given probability on.</summary>
    /// <param name="threshold">The probability.</param>
    /// <param name="output">The output, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such output, or the threshold is not a number.</exception>
    public ThresholdScore AtThreshold(float threshold, int output) => RankingOf(output).At(threshold);

    /// <summary>The threshold of an output that is best on these samples, as <see cref="Evaluation.BestThreshold"/> chooses it.</summary>
    /// <param name="goal">What it is to be best at.</param>
    /// <param name="output">The output, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such output.</exception>
    public ThresholdScore BestThreshold(ThresholdGoal goal, int output)
    {
        ArgumentNullException.ThrowIfNull(goal);

        return RankingOf(output).Best(goal);
    }

    private Ranking RankingOf(int output)
    {
        if (output < 0 || output >= _outputs.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(output), output, $"Expected an output from 0 to {_outputs.Length - 1}, but it is {output}.");
        }

        return new(
            [.. Enumerable.Range(0, Count).Select(i => _probabilities[(i * _outputs.Length) + output])],
            [.. Enumerable.Range(0, Count).Select(i => _labels[(i * _outputs.Length) + output] == 1)]);
    }

    /// <summary>Loss and accuracy, and the scores of each output.</summary>
    public override string ToString() => EvaluationTable.Write(this);
}
