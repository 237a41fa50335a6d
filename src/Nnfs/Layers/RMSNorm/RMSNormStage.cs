using System.ComponentModel;
using System.Numerics.Tensors;

namespace Nnfs;

/// <summary>What a workspace holds for a root mean square normalisation: the gradients of its parameters, and its outputs.</summary>
public readonly ref struct RMSNormStage
{
    private readonly RMSNormParameters _gradients;
    private readonly ActivationStage _activation;

    /// <summary>A view of a normalisation in a workspace.</summary>
    /// <param name="gradients">The gradients of the layer's parameters.</param>
    /// <param name="activation">The layer's outputs.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public RMSNormStage(RMSNormParameters gradients, ActivationStage activation)
    {
        _gradients = gradients;
        _activation = activation;
    }

    /// <summary>Gradients of γ [size].</summary>
    public Span<float> Gamma => _gradients.Gamma;

    /// <summary>The layer's outputs in the last pass [samples, size].</summary>
    public TensorSpan<float> Outputs => _activation.Outputs;
}
