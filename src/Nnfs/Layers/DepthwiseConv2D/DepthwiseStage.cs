using System.ComponentModel;
using System.Numerics.Tensors;

namespace Nnfs;

/// <summary>What a workspace holds for a depthwise convolution: the gradients of its parameters, and its outputs.</summary>
public readonly ref struct DepthwiseStage
{
    private readonly DepthwiseParameters _gradients;
    private readonly ActivationStage _activation;

    /// <summary>A view of a depthwise convolution in a workspace.</summary>
    /// <param name="gradients">The gradients of the layer's parameters.</param>
    /// <param name="activation">The layer's outputs.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public DepthwiseStage(DepthwiseParameters gradients, ActivationStage activation)
    {
        _gradients = gradients;
        _activation = activation;
    }

    /// <summary>Gradients of the weights [kernel height, kernel width, channels], or [kernel, channels] over sequences.</summary>
    public TensorSpan<float> Weights => _gradients.Weights;

    /// <summary>Gradients of the biases [channels]; empty where the layer has none.</summary>
    public Span<float> Biases => _gradients.Biases;

    /// <summary>The layer's outputs in the last pass [samples, height, width, channels], or [samples, steps, channels] over sequences.</summary>
    public TensorSpan<float> Outputs => _activation.Outputs;
}
