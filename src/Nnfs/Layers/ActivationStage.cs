using System.ComponentModel;
using System.Numerics.Tensors;

namespace Nnfs;

/// <summary>What a workspace holds for a layer without parameters: its outputs.</summary>
public readonly ref struct ActivationStage
{
    private readonly Span<float> _outputs;
    private readonly int _samples;
    private readonly int _size;
    private readonly int _sampleStride;
    private readonly int _valueStride;
    private readonly ReadOnlySpan<int> _shape;

    /// <summary>A view of a layer's outputs.</summary>
    /// <param name="outputs">The outputs.</param>
    /// <param name="samples">The number of samples of the last pass.</param>
    /// <param name="size">The number of values per sample.</param>
    /// <param name="sampleStride">The distance between the samples.</param>
    /// <param name="valueStride">The distance between the values of a sample.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ActivationStage(Span<float> outputs, int samples, int size, int sampleStride, int valueStride)
    {
        _outputs = outputs;
        _samples = samples;
        _size = size;
        _sampleStride = sampleStride;
        _valueStride = valueStride;
    }

    /// <summary>A view of a layer's outputs, which have several dimensions and lie row by row.</summary>
    /// <param name="outputs">The outputs.</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="shape">The shape for a sample, from two sizes to four.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ActivationStage(Span<float> outputs, int samples, ReadOnlySpan<int> shape)
    {
        _outputs = outputs;
        _samples = samples;
        _shape = shape;
    }

    /// <summary>A view of a layer's outputs, which have several dimensions and whose samples lie side by side.</summary>
    /// <param name="outputs">The outputs.</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="shape">The shape for a sample, from two sizes to four.</param>
    /// <param name="valueStride">The distance between the values of a sample.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ActivationStage(Span<float> outputs, int samples, ReadOnlySpan<int> shape, int valueStride)
    {
        _outputs = outputs;
        _samples = samples;
        _shape = shape;
        _valueStride = valueStride;
    }

    /// <summary>
    /// The layer's outputs in the last pass, the samples and the shape of each: [samples, size], or such as [samples, height, width, channels]; no samples
    /// before the first.
    /// </summary>
    /// <remarks>In a dimension of length 1 or less the only stride that a tensor takes is 0.</remarks>
    public TensorSpan<float> Outputs => _shape.Length switch
    {
        > 0 when _valueStride > 0 => SideBySide(),
        0 => new(_outputs, [_samples, _size], [_samples <= 1 ? 0 : _sampleStride, _size == 1 ? 0 : _valueStride]),
        2 => new(_outputs, [_samples, _shape[0], _shape[1]]),
        3 => new(_outputs, [_samples, _shape[0], _shape[1], _shape[2]]),
        _ => new(_outputs, [_samples, _shape[0], _shape[1], _shape[2], _shape[3]]),
    };

    /// <summary>The outputs of several dimensions where samples lie side by side: the last dimension's values are a stride apart.</summary>
    private TensorSpan<float> SideBySide()
    {
        Span<nint> lengths = stackalloc nint[1 + _shape.Length];
        Span<nint> strides = stackalloc nint[1 + _shape.Length];
        nint distance = _valueStride;

        for (int i = _shape.Length; i > 0; i--)
        {
            lengths[i] = _shape[i - 1];
            strides[i] = lengths[i] == 1 ? 0 : distance;
            distance *= lengths[i];
        }

        lengths[0] = _samples;
        strides[0] = _samples <= 1 ? 0 : 1;

        return new(_outputs, lengths, strides);
    }
}
