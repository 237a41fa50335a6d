using System.ComponentModel;
using System.Numerics.Tensors;

namespace Nnfs;

/// <summary>The weights and biases of a convolution, or the gradients of both: a view of a part of a network's block.</summary>
public readonly ref struct ConvolutionParameters
{
    private readonly Span<float> _weights;
    private readonly int _kernelHeight;
    private readonly int _kernelWidth;
    private readonly int _channels;
    private readonly int _filters;

    /// <summary>A view of a convolution's parameters.</summary>
    /// <param name="weights">The weights, with their padding.</param>
    /// <param name="biases">The biases, not padded; empty for a layer without.</param>
    /// <param name="kernelHeight">The rows of the window.</param>
    /// <param name="kernelWidth">The pixels of each.</param>
    /// <param name="channels">The channels that a filter takes.</param>
    /// <param name="filters">The number of filters.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ConvolutionParameters(Span<float> weights, Span<float> biases, int kernelHeight, int kernelWidth, int channels, int filters)
    {
        _weights = weights;
        Biases = biases;
        _kernelHeight = kernelHeight;
        _kernelWidth = kernelWidth;
        _channels = channels;
        _filters = filters;
    }

    /// <summary>A view of the parameters of a convolution of sequences.</summary>
    /// <param name="weights">The weights, with their padding.</param>
    /// <param name="biases">The biases, not padded; empty for a layer without.</param>
    /// <param name="kernel">The steps of the window.</param>
    /// <param name="channels">The channels that a filter takes.</param>
    /// <param name="filters">The number of filters.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ConvolutionParameters(Span<float> weights, Span<float> biases, int kernel, int channels, int filters)
        : this(weights, biases, kernelHeight: 0, kernel, channels, filters)
    {
    }

    /// <summary>
    /// The weights [kernel height, kernel width, channels, filters]: <c>Weights[p, q, c, f]</c> leads from channel <c>c</c> of the window's pixel <c>q</c> of
    /// row <c>p</c> to filter <c>f</c>. Where there are groups, the channels are those of one. Over sequences there are no rows: they are
    /// [kernel, channels, filters].
    /// </summary>
    /// <remarks>A tensor takes no stride but 0 in a dimension of length 1.</remarks>
    public TensorSpan<float> Weights
    {
        get
        {
            nint row = MatrixLayout.RowStride(_filters);

            if (_kernelHeight == 0)
            {
                return new(
                    _weights,
                    [_kernelWidth, _channels, _filters],
                    [_kernelWidth == 1 ? 0 : _channels * row, _channels == 1 ? 0 : row, _filters == 1 ? 0 : 1]);
            }

            return new(
                _weights,
                [_kernelHeight, _kernelWidth, _channels, _filters],
                [
                    _kernelHeight == 1 ? 0 : _kernelWidth * _channels * row,
                    _kernelWidth == 1 ? 0 : _channels * row,
                    _channels == 1 ? 0 : row,
                    _filters == 1 ? 0 : 1,
                ]);
        }
    }

    /// <summary>The biases [filters]; empty where the layer has none.</summary>
    public Span<float> Biases { get; }
}
