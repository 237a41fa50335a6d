using System.Numerics.Tensors;
using Nnfs;

namespace Digits;

/// <summary>What a network says of a data set.</summary>
internal sealed class Predictions
{
    private readonly Dataset _data;
    private readonly int[] _classes;

    public Predictions(DigitNet net, Dataset data)
    {
        _data = data;
        _classes = new int[data.Count];

        // All pictures in one call.
        float[] probabilities = new float[data.Count * DigitNet.OutputSize];
        net.Predict(data.Features, probabilities);

        for (int i = 0; i < data.Count; i++)
        {
            _classes[i] = TensorPrimitives.IndexOfMax<float>(probabilities.AsSpan(i * DigitNet.OutputSize, DigitNet.OutputSize));
        }
    }

    /// <summary>The class that the network gives each sample.</summary>
    public ReadOnlySpan<int> Classes => _classes;

    /// <summary>The samples that it puts into a wrong class.</summary>
    public IEnumerable<int> Wrong => Enumerable.Range(0, _data.Count).Where(i => _classes[i] != _data.Labels[i]);
}
