using System.ComponentModel;
using System.Numerics.Tensors;

namespace Nnfs;

/// <summary>What a workspace holds for an embedding: the gradients of its table, and its outputs.</summary>
public readonly ref struct EmbeddingStage
{
    private readonly EmbeddingParameters _gradients;
    private readonly ActivationStage _activation;

    /// <summary>A view of an embedding in a workspace.</summary>
    /// <param name="gradients">The gradients of the layer's table.</param>
    /// <param name="activation">The layer's outputs.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public EmbeddingStage(EmbeddingParameters gradients, ActivationStage activation)
    {
        _gradients = gradients;
        _activation = activation;
    }

    /// <summary>Gradients of the table: [vocabulary, dimensions], or of a positional embedding [steps, features].</summary>
    public TensorSpan<float> Weights => _gradients.Weights;

    /// <summary>The layer's outputs in the last pass: the samples, their steps, and the values of each.</summary>
    public TensorSpan<float> Outputs => _activation.Outputs;
}
