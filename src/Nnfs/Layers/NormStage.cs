using System.ComponentModel;
using System.Numerics.Tensors;

namespace Nnfs;

/// <summary>What a workspace holds for a normalisation: the gradients of its parameters, and its outputs.</summary>
public readonly ref struct NormStage
{
    private readonly NormParameters _gradients;
    private readonly ActivationStage _activation;

    /// <summary>A view of a normalisation in a workspace.</summary>
    /// <param name="gradients">The gradients of the layer's parameters.</param>
    /// <param name="activation">The layer's outputs.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public NormStage(NormParameters gradients, ActivationStage activation)
    {
        _gradients = gradients;
        _activation = activation;
    }

    /// <summary>Gradients of γ [size].</summary>
    public Span<float> Gamma => _gradients.Gamma;

    /// <summary>Gradients of β [size].</summary>
    public Span<float> Beta => _gradients.Beta;

    /// <summary>The layer's outputs in the last pass [samples, size].</summary>
    public TensorSpan<float> Outputs => _activation.Outputs;
}
