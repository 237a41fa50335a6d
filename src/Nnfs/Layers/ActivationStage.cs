using System.ComponentModel;
using System.Numerics.Tensors;

namespace Nnfs;

/// <summary>What a workspace holds for a layer without parameters: its outputs.</summary>
public readonly ref struct ActivationStage
{
    private readonly Span<float> _outputs;
    private readonly int _batchSize;
    private readonly int _size;
    private readonly int _sampleStride;
    private readonly int _valueStride;

    /// <summary>A view of a layer's outputs.</summary>
    /// <param name="outputs">The outputs.</param>
    /// <param name="batchSize">The number of samples.</param>
    /// <param name="size">The number of values per sample.</param>
    /// <param name="sampleStride">The distance between the samples.</param>
    /// <param name="valueStride">The distance between the values of a sample.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ActivationStage(Span<float> outputs, int batchSize, int size, int sampleStride, int valueStride)
    {
        _outputs = outputs;
        _batchSize = batchSize;
        _size = size;
        _sampleStride = sampleStride;
        _valueStride = valueStride;
    }

    /// <summary>The layer's outputs [batch, size]; the samples of the last pass come first.</summary>
    /// <remarks>A tensor takes no stride but 0 in a dimension of length 1.</remarks>
    public TensorSpan<float> Outputs => new(
        _outputs,
        [_batchSize, _size],
        [_batchSize == 1 ? 0 : _sampleStride, _size == 1 ? 0 : _valueStride]);
}
