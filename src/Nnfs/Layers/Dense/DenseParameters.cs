using System.ComponentModel;
using System.Numerics.Tensors;

namespace Nnfs;

/// <summary>The weights and biases of a dense layer, or the gradients of both: a view of a part of a network's block.</summary>
public readonly ref struct DenseParameters
{
    private readonly Span<float> _weights;
    private readonly int _inputs;
    private readonly int _inputStride;
    private readonly int _neuronStride;

    /// <summary>A view of a dense layer's parameters.</summary>
    /// <param name="weights">The weights, with their padding.</param>
    /// <param name="biases">The biases, not padded.</param>
    /// <param name="inputs">The number of inputs.</param>
    /// <param name="inputStride">The distance between the weights of consecutive inputs.</param>
    /// <param name="neuronStride">The distance between the weights of consecutive neurons.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public DenseParameters(Span<float> weights, Span<float> biases, int inputs, int inputStride, int neuronStride)
    {
        _weights = weights;
        Biases = biases;
        _inputs = inputs;
        _inputStride = inputStride;
        _neuronStride = neuronStride;
    }

    /// <summary>The weights [inputs, neurons]: <c>Weights[k, j]</c> leads from input <c>k</c> to neuron <c>j</c>.</summary>
    /// <remarks>A tensor takes no stride but 0 in a dimension of length 1.</remarks>
    public TensorSpan<float> Weights => new(
        _weights,
        [_inputs, Biases.Length],
        [_inputs == 1 ? 0 : _inputStride, Biases.Length == 1 ? 0 : _neuronStride]);

    /// <summary>The biases [neurons].</summary>
    public Span<float> Biases { get; }
}
