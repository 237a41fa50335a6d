using System.Numerics.Tensors;

namespace Nnfs;

/// <summary>The weights and biases of a dense layer, or the gradients of both: a view of a part of a network's block.</summary>
public readonly ref struct DenseParameters
{
    private readonly Span<float> _weights;
    private readonly int _inputs;
    private readonly int _rowStride;

    /// <summary>A view of a dense layer's parameters.</summary>
    /// <param name="weights">The rows of the weights, padded.</param>
    /// <param name="biases">The biases, not padded.</param>
    /// <param name="inputs">The number of rows.</param>
    /// <param name="rowStride">The distance between the rows.</param>
    public DenseParameters(Span<float> weights, Span<float> biases, int inputs, int rowStride)
    {
        _weights = weights;
        Biases = biases;
        _inputs = inputs;
        _rowStride = rowStride;
    }

    /// <summary>The weights [inputs, neurons]: <c>Weights[k, j]</c> leads from input <c>k</c> to neuron <c>j</c>.</summary>
    /// <remarks>A dimension of length 1 has stride 0: a tensor takes no other.</remarks>
    public TensorSpan<float> Weights => new(_weights, [_inputs, Biases.Length], [_inputs == 1 ? 0 : _rowStride, Biases.Length == 1 ? 0 : 1]);

    /// <summary>The biases [neurons].</summary>
    public Span<float> Biases { get; }
}
