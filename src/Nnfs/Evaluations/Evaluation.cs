using System.Numerics.Tensors;
using Nnfs.Evaluations;

namespace Nnfs;

/// <summary>How well a network tells classes apart on a set of samples. A binary network with one output tells the classes 0 and 1.</summary>
public sealed class Evaluation
{
    private readonly int[] _confusion;
    private readonly int[] _ranks;
    private readonly ClassScore[] _classes;
    private readonly int _classCount;

    internal Evaluation(float loss, int[] confusion, int[] ranks)
    {
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

    /// <summary>Loss and accuracy, the scores of each class, and the confusion matrix where it is at most 20 classes wide.</summary>
    public override string ToString() => EvaluationTable.Write(this);

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
