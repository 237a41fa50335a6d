namespace Nnfs.Evaluations;

/// <summary>The errors of a network's outputs, summed in float64 over the samples.</summary>
internal sealed class RegressionErrors
{
    private readonly int _samples;
    private readonly double[] _absolute;
    private readonly double[] _squared;
    private readonly double[] _variation;

    /// <summary>No errors yet.</summary>
    /// <param name="targets">[samples × <paramref name="outputs"/>], row-major: those of all samples, at least one.</param>
    /// <param name="outputs">The number of outputs.</param>
    public RegressionErrors(ReadOnlySpan<float> targets, int outputs)
    {
        _samples = targets.Length / outputs;
        _absolute = new double[outputs];
        _squared = new double[outputs];
        Standardization measured = Standardization.Of(targets, outputs, "target", nameof(targets));
        _variation = [.. measured.StandardDeviations.Select(deviation => deviation * deviation * _samples)];
    }

    /// <summary>The errors of each output.</summary>
    public RegressionScore[] Scores => [.. _absolute.Select((absolute, i) => Score(i, _samples, absolute, _squared[i], _variation[i]))];

    /// <summary>The errors over all outputs.</summary>
    public RegressionScore Overall => Score(-1, (double)_samples * _absolute.Length, _absolute.Sum(), _squared.Sum(), _variation.Sum());

    /// <summary>Adds those of some samples.</summary>
    public void Add(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets)
    {
        for (int i = 0; i < targets.Length; i++)
        {
            double error = (double)outputs[i] - targets[i];
            _absolute[i % _absolute.Length] += Math.Abs(error);
            _squared[i % _squared.Length] += error * error;
        }
    }

    private static RegressionScore Score(int output, double count, double absolute, double squared, double variation) => new(
        output,
        absolute / count,
        Math.Sqrt(squared / count),
        (squared, variation) switch
        {
            (0, _) => 1,
            (_, 0) => double.IsNaN(squared) ? double.NaN : 0,
            _ => 1 - (squared / variation),
        });
}
