using Nnfs.Evaluations;

namespace Nnfs;

/// <summary>How well a binary network does on a set of samples, each of whose outputs answers a question of its own with 0 or 1.</summary>
public sealed class MultiLabelEvaluation
{
    private readonly ClassScore[] _outputs;

    internal MultiLabelEvaluation(float loss, int count, float accuracy, float exactAccuracy, ClassScore[] outputs)
    {
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

    /// <summary>Loss and accuracy, and the scores of each output.</summary>
    public override string ToString() => EvaluationTable.Write(this);
}
