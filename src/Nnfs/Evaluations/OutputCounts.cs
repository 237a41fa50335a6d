namespace Nnfs.Evaluations;

/// <summary>Counts how often the outputs of a binary network are right.</summary>
internal sealed class OutputCounts(int outputs)
{
    private readonly int[] _ones = new int[outputs];
    private readonly int[] _predictedOnes = new int[outputs];
    private readonly int[] _rightOnes = new int[outputs];
    private int _samples;
    private int _right;
    private int _exact;

    /// <summary>The share of outputs that are right.</summary>
    public float Accuracy => (float)_right / (_samples * outputs);

    /// <summary>The share of samples all of whose outputs are right.</summary>
    public float ExactAccuracy => (float)_exact / _samples;

    /// <summary>The scores of the answer 1, output by output.</summary>
    public ClassScore[] Scores => [.. _ones.Select((count, i) => ClassScore.Of(i, count, _predictedOnes[i], _rightOnes[i]))];

    /// <summary>Counts some samples.</summary>
    /// <param name="y">[samples × outputs], row-major; there may be more rows.</param>
    /// <param name="labels">[samples × outputs], row-major.</param>
    public void Add(ReadOnlySpan<float> y, ReadOnlySpan<int> labels)
    {
        for (int first = 0; first < labels.Length; first += outputs)
        {
            int right = 0;

            for (int i = 0; i < outputs; i++)
            {
                bool isOne = labels[first + i] == 1;
                bool isPredicted = y[first + i] > 0.5f;
                _ones[i] += isOne ? 1 : 0;
                _predictedOnes[i] += isPredicted ? 1 : 0;
                _rightOnes[i] += isOne && isPredicted ? 1 : 0;
                right += isOne == isPredicted ? 1 : 0;
            }

            _samples++;
            _right += right;
            _exact += right == outputs ? 1 : 0;
        }
    }
}
