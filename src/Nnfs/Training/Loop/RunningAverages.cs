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

    public RunningAverages() => _kept = [.. _tensors.Select(static tensor => new float[tensor.Count])];

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
}
