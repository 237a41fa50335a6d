using System.Numerics.Tensors;
using Nnfs;

namespace Digits;

/// <summary>What a network says of a data set.</summary>
internal sealed class Predictions
{
    private readonly Dataset _data;
    private readonly float[] _probabilities;

    public Predictions(DigitNet net, Dataset data)
    {
        _data = data;
        _probabilities = new float[data.Count * DigitNet.OutputSize];

        // All pictures in one call.
        net.Predict(data.Features, _probabilities);
    }

    /// <summary>The samples, those first to whose class the network gives the least probability.</summary>
    public IEnumerable<int> HardestFirst => Enumerable.Range(0, _data.Count).OrderBy(i => Of(i)[_data.Labels[i]]);

    /// <summary>The class that the network gives a sample.</summary>
    public int ClassOf(int sample) => TensorPrimitives.IndexOfMax(Of(sample));

    /// <summary>The probability that the network gives this class.</summary>
    public float ProbabilityOf(int sample) => TensorPrimitives.Max(Of(sample));

    private ReadOnlySpan<float> Of(int sample) => _probabilities.AsSpan(sample * DigitNet.OutputSize, DigitNet.OutputSize);
}
