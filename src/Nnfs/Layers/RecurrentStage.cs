using System.ComponentModel;
using System.Numerics.Tensors;

namespace Nnfs;

/// <summary>What a workspace holds for a recurrent layer: the gradients of its parameters, and its outputs.</summary>
public readonly ref struct RecurrentStage
{
    private readonly RecurrentParameters _gradients;
    private readonly ActivationStage _activation;

    /// <summary>A view of a recurrent layer in a workspace.</summary>
    /// <param name="gradients">The gradients of the layer's parameters.</param>
    /// <param name="activation">The layer's outputs.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public RecurrentStage(RecurrentParameters gradients, ActivationStage activation)
    {
        _gradients = gradients;
        _activation = activation;
    }

    /// <summary>Gradients of the input weights [features, gates · units].</summary>
    public TensorSpan<float> InputWeights => _gradients.InputWeights;

    /// <summary>Gradients of the recurrent weights [units, gates · units].</summary>
    public TensorSpan<float> RecurrentWeights => _gradients.RecurrentWeights;

    /// <summary>Gradients of the biases [gates · units].</summary>
    public Span<float> Biases => _gradients.Biases;

    /// <summary>Gradients of the biases of the products with the state [gates · units]; empty for a layer that has none.</summary>
    public Span<float> RecurrentBiases => _gradients.RecurrentBiases;

    /// <summary>Gradients of the input weights from the last step to the first; empty for a layer that is not bidirectional.</summary>
    public TensorSpan<float> BackwardInputWeights => _gradients.BackwardInputWeights;

    /// <summary>Gradients of the recurrent weights from the last step to the first; empty for a layer that is not bidirectional.</summary>
    public TensorSpan<float> BackwardRecurrentWeights => _gradients.BackwardRecurrentWeights;

    /// <summary>Gradients of the biases from the last step to the first; empty for a layer that is not bidirectional.</summary>
    public Span<float> BackwardBiases => _gradients.BackwardBiases;

    /// <summary>
    /// Gradients of the biases of the products with the state from the last step to the first; empty for a layer that has none or is not bidirectional.
    /// </summary>
    public Span<float> BackwardRecurrentBiases => _gradients.BackwardRecurrentBiases;

    /// <summary>
    /// The layer's outputs in the last pass: the states [samples, units], or [samples, steps, units]; twice as many values where it is bidirectional.
    /// </summary>
    public TensorSpan<float> Outputs => _activation.Outputs;
}
