using System.Numerics.Tensors;

namespace Nnfs.Training;

/// <summary>
/// The tensors that are not trained: running averages of batch normalisations, which a forward pass changes. They are kept from one batch to the next, so
/// that a batch that fails leaves no trace.
/// </summary>
/// <typeparam name="TNetwork">The network.</typeparam>
internal sealed class RunningAverages<TNetwork>
    where TNetwork : INetworkModel<TNetwork>
{
    private readonly TensorInfo[] _tensors = [.. TNetwork.Layers.SelectMany(static layer => layer.Tensors).Where(static tensor => !tensor.IsTrained)];

    private readonly float[][] _kept;
    private readonly float[] _values;

    public RunningAverages()
    {
        _kept = [.. _tensors.Select(static tensor => new float[tensor.Count])];
        Count = _kept.Sum(static tensor => tensor.Length);
        _values = new float[_kept.Select(static tensor => tensor.Length).DefaultIfEmpty().Max()];
    }

    /// <summary>The number of averages.</summary>
    public int Count { get; }

    /// <summary>Remembers the averages.</summary>
    public void Keep(ReadOnlySpan<float> parameters)
    {
        for (int i = 0; i < _tensors.Length; i++)
        {
            _tensors[i].In(parameters).FlattenTo(_kept[i]);
        }
    }

    /// <summary>Puts back what was remembered.</summary>
    public void Restore(Span<float> parameters)
    {
        for (int i = 0; i < _tensors.Length; i++)
        {
            new ReadOnlyTensorSpan<float>(_kept[i]).CopyTo(_tensors[i].In(parameters));
        }
    }

    /// <summary>Adds the averages to sums, each times a weight.</summary>
    /// <param name="sums">As many sums as there are averages.</param>
    /// <param name="weight">The weight.</param>
    /// <param name="parameters">The parameters with the averages.</param>
    public void AddTo(Span<double> sums, double weight, ReadOnlySpan<float> parameters)
    {
        foreach (TensorInfo tensor in _tensors)
        {
            Span<float> values = _values.AsSpan(0, (int)tensor.Count);
            tensor.Pack(parameters, values);

            for (int i = 0; i < values.Length; i++)
            {
                sums[i] += values[i] * weight;
            }

            sums = sums[values.Length..];
        }
    }

    /// <summary>Sets the averages to means.</summary>
    /// <param name="sums">What <see cref="AddTo"/> has added up.</param>
    /// <param name="weight">The sum of the weights, more than 0.</param>
    /// <param name="parameters">The parameters with the averages.</param>
    public void Set(ReadOnlySpan<double> sums, double weight, Span<float> parameters)
    {
        foreach (TensorInfo tensor in _tensors)
        {
            Span<float> values = _values.AsSpan(0, (int)tensor.Count);

            for (int i = 0; i < values.Length; i++)
            {
                values[i] = (float)(sums[i] / weight);
            }

            tensor.Unpack(values, parameters);
            sums = sums[values.Length..];
        }
    }
}
