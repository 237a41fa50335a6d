using System.Numerics.Tensors;
using Nnfs.Evaluations;

namespace Nnfs;

/// <summary>How well a network tells classes apart on a set of samples. A binary network with one output tells the classes 0 and 1.</summary>
/// <remarks>
/// <para>
/// What depends on probabilities is computed when it is asked for, from the probabilities of all samples, which an evaluation keeps: 4 bytes for each class of
/// each sample. Where samples have several positions with a class, such as the pixels of a mask, they are not kept, and these members throw an
/// <see cref="InvalidOperationException"/>.
/// </para>
/// <para>
/// Members that take a class look at it against all others. It may be left out where there are two classes: then it is class 1.
/// </para>
/// </remarks>
public sealed class Evaluation
{
    private readonly int[] _confusion;
    private readonly int[] _ranks;
    private readonly ClassScore[] _classes;
    private readonly int _classCount;
    private readonly ClassPredictions? _predictions;

    internal Evaluation(float loss, int[] confusion, int[] ranks, ClassPredictions? predictions)
    {
        _predictions = predictions;
        _confusion = confusion;
        _ranks = ranks;
        _classCount = ranks.Length;
        _classes = new ClassScore[_classCount];
        Loss = loss;
        Count = _ranks.Sum();

        for (int label = 0; label < _classCount; label++)
        {
            _classes[label] = Score(label);
        }

        Accuracy = Count == 0 ? 0f : (float)Enumerable.Range(0, _classCount).Sum(label => (long)ConfusionMatrix[label, label]) / Count;
    }

    private Evaluation(Evaluation other, string[] classNames)
        : this(other.Loss, other._confusion, other._ranks, other._predictions)
    {
        ClassNames = classNames;
    }

    /// <summary>The names of the classes, which the text has in place of their numbers; <see langword="null"/> where they have none.</summary>
    public IReadOnlyList<string>? ClassNames { get; }

    /// <summary>The number of samples; where each has several positions with a class, the number of these whose label is not −1.</summary>
    public int Count { get; }

    /// <summary>The mean loss, without what regularisation adds.</summary>
    public float Loss { get; }

    /// <summary>
    /// The share of samples, 0 … 1, whose largest output is that of their class; of equal outputs the first counts as the largest. A single output tells class
    /// 1 where it is more than one half.
    /// </summary>
    public float Accuracy { get; }

    /// <summary>
    /// [classes, classes]: in row <c>i</c> and column <c>j</c> the number of samples of class <c>i</c> that were predicted to be of class <c>j</c>.
    /// </summary>
    public ReadOnlyTensorSpan<int> ConfusionMatrix => new(_confusion, [_classCount, _classCount], []);

    /// <summary>Precision, recall and F1 of each class.</summary>
    public IReadOnlyList<ClassScore> Classes => _classes;

    /// <summary>
    /// The share of samples, 0 … 1, whose class has one of the <paramref name="k"/> largest outputs; of equal outputs the first counts as the larger.
    /// </summary>
    /// <param name="k">How many outputs, from 1 to the number of classes.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is less than 1 or more than there are classes.</exception>
    public float TopAccuracy(int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, _classCount);

        return Count == 0 ? 0f : (float)TensorPrimitives.Sum<int>(_ranks.AsSpan(0, k)) / Count;
    }

    /// <summary>
    /// The mean over the classes of <see cref="ClassScore.Recall"/>, so that a rare class counts as much as any other. Classes without samples don't count.
    /// </summary>
    public double BalancedAccuracy => _classes.Where(static score => score.Count > 0)
        .Select(score => (double)ConfusionMatrix[score.Class, score.Class] / score.Count).DefaultIfEmpty(0).Average();

    /// <summary>
    /// Matthews' correlation of classes and predictions, from −1 to 1: 1 where all are right, 0 where predictions tell nothing, which is the value too where
    /// all samples, or all predictions, are of one class. Of several classes it is Gorodkin's generalisation.
    /// </summary>
    public double MatthewsCorrelation
    {
        get
        {
            double[] actual = new double[_classCount];
            double[] predicted = new double[_classCount];
            double right = 0;

            for (int i = 0; i < _classCount; i++)
            {
                right += ConfusionMatrix[i, i];

                for (int j = 0; j < _classCount; j++)
                {
                    actual[i] += ConfusionMatrix[i, j];
                    predicted[j] += ConfusionMatrix[i, j];
                }
            }

            double all = (double)Count * Count;
            double product = (all - predicted.Sum(static count => count * count)) * (all - actual.Sum(static count => count * count));

            return product == 0 ? 0 : ((right * Count) - actual.Zip(predicted, static (a, p) => a * p).Sum()) / Math.Sqrt(product);
        }
    }

    /// <summary>
    /// The mean over the samples of <c>−log p</c> of their class, for probabilities clipped to [2⁻²³, 1 − 2⁻²³]. It is the loss of a cross-entropy without
    /// smoothing and weights.
    /// </summary>
    public double LogLoss => Predictions.LogLoss;

    /// <summary>
    /// The area under the ROC curve of class 1 of two, or the mean of those of all classes, each against all others: the probability that a sample of the class
    /// has a greater probability of it than another sample, where equal ones count half. NaN where a class has no samples, or all: there is nothing to tell
    /// apart.
    /// </summary>
    public double RocAuc => _classCount == 2 ? RocAucOf(1) : Enumerable.Range(0, _classCount).Average(RocAucOf);

    /// <summary>
    /// The average precision of class 1 of two, or the mean of those of all classes: <c>Σ (Rₙ − Rₙ₋₁) · Pₙ</c> over the thresholds, with precision P and recall
    /// R. NaN where a class has no samples.
    /// </summary>
    public double AveragePrecision => _classCount == 2 ? AveragePrecisionOf(1) : Enumerable.Range(0, _classCount).Average(AveragePrecisionOf);

    /// <summary>The area under the ROC curve of one class against all others; NaN where it has no samples, or all.</summary>
    /// <param name="label">The class, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double RocAucOf(int label) => RankingOf(label).RocAuc;

    /// <summary>The average precision of one class against all others; NaN where it has no samples.</summary>
    /// <param name="label">The class, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double AveragePrecisionOf(int label) => RankingOf(label).AveragePrecision;

    /// <summary>
    /// What the predictions of a class are at each threshold, from one that no sample reaches to one that all reach. In their order,
    /// <see cref="ThresholdScore.FalsePositiveRate"/> and <see cref="ThresholdScore.Recall"/> are the ROC curve, <see cref="ThresholdScore.Recall"/> and
    /// <see cref="ThresholdScore.Precision"/> the precision-recall curve.
    /// </summary>
    /// <param name="label">The class, from 0; may be left out where there are two: then it is class 1.</param>
    /// <exception cref="ArgumentException">There are more than two classes, and none is named.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public IReadOnlyList<ThresholdScore> Thresholds(int? label = null) => RankingOf(ClassOr1(label)).Curve;

    /// <summary>What the predictions of a class are if it is predicted from a given probability on.</summary>
    /// <param name="threshold">The probability from which on samples are said to be of the class.</param>
    /// <param name="label">The class, from 0; may be left out where there are two: then it is class 1.</param>
    /// <exception cref="ArgumentException">There are more than two classes, and none is named.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class, or the threshold is not a number.</exception>
    public ThresholdScore AtThreshold(float threshold, int? label = null) => RankingOf(ClassOr1(label)).At(threshold);

    /// <summary>
    /// The threshold that is best on these samples, and what the predictions of a class are with it. It lies half-way between the probabilities that it
    /// separates; of equally good ones it is the greatest, and infinite where it is best to say no to all. Choose it on validation samples, not on those of the
    /// test.
    /// </summary>
    /// <param name="goal">What it is to be best at.</param>
    /// <param name="label">The class, from 0; may be left out where there are two: then it is class 1.</param>
    /// <exception cref="ArgumentException">There are more than two classes, and none is named.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public ThresholdScore BestThreshold(ThresholdGoal goal, int? label = null)
    {
        ArgumentNullException.ThrowIfNull(goal);

        return RankingOf(ClassOr1(label)).Best(goal);
    }

    /// <summary>
    /// Whether probabilities mean what they say: the probability of the predicted class, and how often that is right. For a class of its own see
    /// <see cref="CalibrationOf"/>.
    /// </summary>
    /// <param name="bins">The number of ranges that probabilities are put into, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bins"/> is less than 1.</exception>
    public CalibrationTable Calibration(int bins = 10) => Predictions.Calibration(bins);

    /// <summary>Whether the probabilities of a class mean what they say: how often samples with such a probability are of the class.</summary>
    /// <param name="label">The class, from 0.</param>
    /// <param name="bins">The number of ranges that probabilities are put into, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class, or <paramref name="bins"/> is less than 1.</exception>
    public CalibrationTable CalibrationOf(int label, int bins = 10) => Predictions.Calibration(Checked(label), bins);

    /// <summary>The same with names for the classes, which the text has in place of their numbers.</summary>
    /// <param name="names">The name of each class, in the order of the classes.</param>
    /// <exception cref="ArgumentException">There are more or fewer names than classes.</exception>
    public Evaluation WithClassNames(params IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);

        return names.Count == _classCount
            ? new(this, [.. names])
            : throw new ArgumentException($"Expected a name for each of the {_classCount} classes, but there are {names.Count} names.", nameof(names));
    }

    /// <summary>Loss and accuracy, the scores of each class, and the confusion matrix where it is at most 20 classes wide.</summary>
    public override string ToString() => EvaluationTable.Write(this);

    private ClassPredictions Predictions => _predictions ?? throw new InvalidOperationException(
        "Expected samples with one class each, because an evaluation keeps no probabilities for several positions of a sample.");

    private Ranking RankingOf(int label) => Predictions.Of(Checked(label));

    private int Checked(int label) => label >= 0 && label < _classCount
        ? label
        : throw new ArgumentOutOfRangeException(nameof(label), label, $"Expected a class from 0 to {_classCount - 1}, but it is {label}.");

    private int ClassOr1(int? label) => label ?? (_classCount == 2
        ? 1
        : throw new ArgumentException($"Expected a class, because there are {_classCount}, but none is named.", nameof(label)));

    private ClassScore Score(int label)
    {
        ReadOnlyTensorSpan<int> confusion = ConfusionMatrix;
        int right = confusion[label, label];
        int count = 0;
        int predicted = 0;

        for (int other = 0; other < _classCount; other++)
        {
            count += confusion[label, other];
            predicted += confusion[other, label];
        }

        return ClassScore.Of(label, count, predicted, right);
    }
}
