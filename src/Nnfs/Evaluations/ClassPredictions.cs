namespace Nnfs.Evaluations;

/// <summary>The probabilities of samples and their classes.</summary>
/// <param name="classes">The number of classes.</param>
/// <param name="samples">The number of samples.</param>
/// <param name="isBinary">Whether there is one output for two classes, the probability of class 1.</param>
internal sealed class ClassPredictions(int classes, int samples, bool isBinary)
{
    private readonly int _outputs = isBinary ? 1 : classes;
    private readonly float[] _probabilities = new float[checked(samples * (isBinary ? 1 : classes))];
    private readonly int[] _labels = new int[samples];
    private readonly Ranking?[] _rankings = new Ranking?[classes];
    private int _count;

    /// <summary>The least probability that counts for a log loss, and 1 less it: the distance of floats at 1.</summary>
    private const double Least = 1.0 / (1 << 23);

    /// <summary>The mean over the samples of <c>−log</c> of the probability of their class, clipped to [2⁻²³, 1 − 2⁻²³].</summary>
    public double LogLoss => -Enumerable.Range(0, _count).Sum(i => Math.Log(Math.Clamp(Probability(i, _labels[i]), Least, 1 - Least))) / _count;

    /// <summary>Room for samples with a class each; <see langword="null"/> where each has several positions with one, for which it would be too much.</summary>
    public static ClassPredictions? For(Training.Accuracy accuracy, int samples) =>
        accuracy.Positions > 1 ? null : new(accuracy.ClassCount, samples, accuracy.Kind == Training.AccuracyKind.Binary);

    /// <summary>Adds a sample.</summary>
    public void Add(ReadOnlySpan<float> outputs, int label)
    {
        outputs.CopyTo(_probabilities.AsSpan(_count * _outputs));
        _labels[_count++] = label;
    }

    /// <summary>The samples by their probability of a class.</summary>
    public Ranking Of(int label) => _rankings[label] ??= new Ranking(Probabilities(label), IsOf(label));

    /// <summary>The probabilities of a class against whether samples are of it.</summary>
    public CalibrationTable Calibration(int label, int bins) => new(Probabilities(label), IsOf(label), bins);

    /// <summary>The probabilities of the classes that are predicted against whether they are right.</summary>
    public CalibrationTable Calibration(int bins)
    {
        float[] confidences = new float[_count];
        bool[] isRight = new bool[_count];

        for (int i = 0; i < _count; i++)
        {
            ReadOnlySpan<float> outputs = _probabilities.AsSpan(i * _outputs, _outputs);
            int predicted = Training.Accuracy.ClassOf(outputs, isBinary ? Training.AccuracyKind.Binary : Training.AccuracyKind.LargestOutput);
            confidences[i] = (float)Probability(i, predicted);
            isRight[i] = predicted == _labels[i];
        }

        return new(confidences, isRight, bins);
    }

    private float[] Probabilities(int label) => [.. Enumerable.Range(0, _count).Select(i => (float)Probability(i, label))];

    private bool[] IsOf(int label) => [.. Enumerable.Range(0, _count).Select(i => _labels[i] == label)];

    private double Probability(int sample, int label) => !isBinary ? _probabilities[(sample * classes) + label]
        : label == 1 ? _probabilities[sample] : 1.0 - _probabilities[sample];
}
