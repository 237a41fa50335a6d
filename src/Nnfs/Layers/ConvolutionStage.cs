using System.ComponentModel;
using System.Numerics.Tensors;

namespace Nnfs;

/// <summary>What a workspace holds for a convolution: the gradients of its parameters, and its outputs.</summary>
public readonly ref struct ConvolutionStage
{
    private readonly ConvolutionParameters _gradients;
    private readonly ActivationStage _activation;

    /// <summary>A view of a convolution in a workspace.</summary>
    /// <param name="gradients">The gradients of the layer's parameters.</param>
    /// <param name="activation">The layer's outputs.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ConvolutionStage(ConvolutionParameters gradients, ActivationStage activation)
    {
        _gradients = gradients;
        _activation = activation;
    }

    /// <summary>Gradients of the weights [kernel height, kernel width, channels, filters], or [kernel, channels, filters] over sequences.</summary>
    public TensorSpan<float> Weights => _gradients.Weights;

    /// <summary>Gradients of the biases [filters]; empty where the layer has none.</summary>
    public Span<float> Biases => _gradients.Biases;

    /// <summary>The layer's outputs in the last pass [samples, height, width, filters], or [samples, steps, filters] over sequences.</summary>
    public TensorSpan<float> Outputs => _activation.Outputs;
}
