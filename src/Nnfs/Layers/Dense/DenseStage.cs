using System.ComponentModel;
using System.Numerics.Tensors;

namespace Nnfs;

/// <summary>What a workspace holds for a dense layer: the gradients of its parameters, and its outputs.</summary>
public readonly ref struct DenseStage
{
    private readonly DenseParameters _gradients;
    private readonly ActivationStage _activation;

    /// <summary>A view of a dense layer in a workspace.</summary>
    /// <param name="gradients">The gradients of the layer's parameters.</param>
    /// <param name="activation">The layer's outputs.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public DenseStage(DenseParameters gradients, ActivationStage activation)
    {
        _gradients = gradients;
        _activation = activation;
    }

    /// <summary>Gradients of the weights [inputs, neurons].</summary>
    public TensorSpan<float> Weights => _gradients.Weights;

    /// <summary>Gradients of the biases [neurons].</summary>
    public Span<float> Biases => _gradients.Biases;

    /// <summary>The layer's outputs in the last pass [samples, neurons].</summary>
    public TensorSpan<float> Outputs => _activation.Outputs;
}
