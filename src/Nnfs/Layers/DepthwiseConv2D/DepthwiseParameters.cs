using System.ComponentModel;
using System.Numerics.Tensors;

namespace Nnfs;

/// <summary>The weights and biases of a depthwise convolution, or the gradients of both: a view of a part of a network's block.</summary>
public readonly ref struct DepthwiseParameters
{
    private readonly Span<float> _weights;
    private readonly int _kernelHeight;
    private readonly int _kernelWidth;
    private readonly int _channels;

    /// <summary>A view of a depthwise convolution's parameters.</summary>
    /// <param name="weights">The weights, with their padding.</param>
    /// <param name="biases">The biases, not padded; empty for a layer without.</param>
    /// <param name="kernelHeight">The rows of the window.</param>
    /// <param name="kernelWidth">The pixels of each.</param>
    /// <param name="channels">The number of channels.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public DepthwiseParameters(Span<float> weights, Span<float> biases, int kernelHeight, int kernelWidth, int channels)
    {
        _weights = weights;
        Biases = biases;
        _kernelHeight = kernelHeight;
        _kernelWidth = kernelWidth;
        _channels = channels;
    }

    /// <summary>A view of the parameters of a depthwise convolution of sequences.</summary>
    /// <param name="weights">The weights, with their padding.</param>
    /// <param name="biases">The biases, not padded; empty for a layer without.</param>
    /// <param name="kernel">The steps of the window.</param>
    /// <param name="channels">The number of channels.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public DepthwiseParameters(Span<float> weights, Span<float> biases, int kernel, int channels)
        : this(weights, biases, kernelHeight: 0, kernel, channels)
    {
    }

    /// <summary>
    /// The weights [kernel height, kernel width, channels]: <c>Weights[p, q, c]</c> is for channel <c>c</c> of the window's pixel <c>q</c> of row <c>p</c>.
    /// Over sequences there are no rows: they are [kernel, channels].
    /// </summary>
    /// <remarks>A tensor takes no stride but 0 in a dimension of length 1.</remarks>
    public TensorSpan<float> Weights
    {
        get
        {
            nint row = MatrixLayout.RowStride(_channels);

            if (_kernelHeight == 0)
            {
                return new(_weights, [_kernelWidth, _channels], [_kernelWidth == 1 ? 0 : row, _channels == 1 ? 0 : 1]);
            }

            return new(
                _weights,
                [_kernelHeight, _kernelWidth, _channels],
                [_kernelHeight == 1 ? 0 : _kernelWidth * row, _kernelWidth == 1 ? 0 : row, _channels == 1 ? 0 : 1]);
        }
    }

    /// <summary>The biases [channels]; empty where the layer has none.</summary>
    public Span<float> Biases { get; }
}
