using System.ComponentModel;
using System.Numerics.Tensors;

namespace Nnfs;

/// <summary>What a workspace holds for an attention: the gradients of its parameters, and its outputs.</summary>
public readonly ref struct SelfAttentionStage
{
    private readonly SelfAttentionParameters _gradients;
    private readonly ActivationStage _activation;

    /// <summary>A view of an attention in a workspace.</summary>
    /// <param name="gradients">The gradients of the layer's parameters.</param>
    /// <param name="activation">The layer's outputs.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public SelfAttentionStage(SelfAttentionParameters gradients, ActivationStage activation)
    {
        _gradients = gradients;
        _activation = activation;
    }

    /// <summary>Gradients of the weights of the queries [features, features].</summary>
    public TensorSpan<float> QueryWeights => _gradients.QueryWeights;

    /// <summary>Gradients of the weights of the keys [features, features].</summary>
    public TensorSpan<float> KeyWeights => _gradients.KeyWeights;

    /// <summary>Gradients of the weights of the values [features, features].</summary>
    public TensorSpan<float> ValueWeights => _gradients.ValueWeights;

    /// <summary>Gradients of the weights of the outputs [features, features].</summary>
    public TensorSpan<float> OutputWeights => _gradients.OutputWeights;

    /// <summary>Gradients of the biases of the queries [features].</summary>
    public Span<float> QueryBiases => _gradients.QueryBiases;

    /// <summary>
    /// Gradients of the biases of the keys [features]: nothing but roundings, because what is added to all keys alike changes no softmax.
    /// </summary>
    public Span<float> KeyBiases => _gradients.KeyBiases;

    /// <summary>Gradients of the biases of the values [features].</summary>
    public Span<float> ValueBiases => _gradients.ValueBiases;

    /// <summary>Gradients of the biases of the outputs [features].</summary>
    public Span<float> OutputBiases => _gradients.OutputBiases;

    /// <summary>The layer's outputs in the last pass [samples, steps, features].</summary>
    public TensorSpan<float> Outputs => _activation.Outputs;
}
