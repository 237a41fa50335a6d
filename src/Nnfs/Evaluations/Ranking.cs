namespace Nnfs.Evaluations;

/// <summary>Samples by their probability of a class, and whether they are of it: what does not depend on one threshold.</summary>
internal sealed class Ranking
{
    private readonly float[] _scores;
    private readonly int[] _trueAtLeast;
    private readonly int[] _falseAtLeast;
    private readonly int _positives;
    private readonly int _negatives;

    /// <summary>Sorts samples.</summary>
    /// <param name="scores">The probability of each sample. What is not a number is less than all.</param>
    /// <param name="isPositive">Whether it is of the class.</param>
    public Ranking(ReadOnlySpan<float> scores, ReadOnlySpan<bool> isPositive)
    {
        float[] keys = scores.ToArray();
        bool[] positive = isPositive.ToArray();
        Array.Sort(keys, positive);
        List<float> distinct = [];
        List<int> trueAtLeast = [];
        List<int> falseAtLeast = [];

        for (int i = keys.Length - 1; i >= 0; i--)
        {
            _positives += positive[i] ? 1 : 0;
            _negatives += positive[i] ? 0 : 1;

            // Equal ones cannot be told apart by any threshold.
            if (i == 0 || !keys[i - 1].Equals(keys[i]))
            {
                distinct.Add(keys[i]);
                trueAtLeast.Add(_positives);
                falseAtLeast.Add(_negatives);
            }
        }

        _scores = [.. distinct];
        _trueAtLeast = [.. trueAtLeast];
        _falseAtLeast = [.. falseAtLeast];
    }

    /// <summary>The scores at each probability that occurs, from the greatest on; before them that of a threshold that none reaches.</summary>
    public ThresholdScore[] Curve => [Score(float.PositiveInfinity, -1), .. _scores.Select(Score)];

    /// <summary>
    /// The probability that a sample of the class has a greater probability than one of another, where equal ones count half; not a number without both.
    /// </summary>
    public double RocAuc
    {
        get
        {
            double area = 0;
            (long wasTrue, long wasFalse) = (0, 0);

            for (int i = 0; i < _scores.Length; i++)
            {
                // Twice the area of a trapezium.
                area += (double)(_falseAtLeast[i] - wasFalse) * (_trueAtLeast[i] + wasTrue);
                (wasTrue, wasFalse) = (_trueAtLeast[i], _falseAtLeast[i]);
            }

            return area / (2.0 * _positives * _negatives);
        }
    }

    /// <summary>The mean precision over the steps of recall, <c>Σ (Rₙ − Rₙ₋₁) · Pₙ</c>; not a number without samples of the class.</summary>
    public double AveragePrecision
    {
        get
        {
            double sum = 0;
            int wasTrue = 0;

            for (int i = 0; i < _scores.Length; i++)
            {
                sum += (_trueAtLeast[i] - wasTrue) * ((double)_trueAtLeast[i] / ((double)_trueAtLeast[i] + _falseAtLeast[i]));
                wasTrue = _trueAtLeast[i];
            }

            return sum / _positives;
        }
    }

    /// <summary>The score where it is yes from a probability on.</summary>
    public ThresholdScore At(float threshold)
    {
        if (float.IsNaN(threshold))
        {
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "Expected a number as threshold.");
        }

        int last = -1;

        while (last + 1 < _scores.Length && _scores[last + 1] >= threshold)
        {
            last++;
        }

        return Score(threshold, last);
    }

    /// <summary>The best threshold: of equally good ones the greatest. It lies half-way between the probabilities that it separates.</summary>
    public ThresholdScore Best(ThresholdGoal goal)
    {
        ThresholdScore best = Score(float.PositiveInfinity, -1);

        for (int i = 0; i < _scores.Length; i++)
        {
            ThresholdScore score = Score(Between(i), i);

            if (goal.Measure(score) > goal.Measure(best))
            {
                best = score;
            }
        }

        return best;
    }

    private float Between(int i)
    {
        if (i + 1 == _scores.Length)
        {
            return _scores[i];
        }

        // Neighbouring floats have none between them.
        float middle = (float)(((double)_scores[i] + _scores[i + 1]) / 2);

        return middle > _scores[i + 1] ? middle : _scores[i];
    }

    private ThresholdScore Score(float threshold, int last)
    {
        (int isTrue, int isFalse) = last < 0 ? (0, 0) : (_trueAtLeast[last], _falseAtLeast[last]);

        return new(threshold, isTrue, isFalse, _negatives - isFalse, _positives - isTrue);
    }
}
