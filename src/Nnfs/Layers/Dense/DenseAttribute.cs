namespace Nnfs;

/// <summary>
/// A fully connected layer: <c>y = x·W + b</c> with weights <c>W</c> [inputs × neurons] and biases <c>b</c> [neurons].
/// </summary>
public sealed class DenseAttribute : LayerAttribute
{
    /// <summary>
    /// A dense layer that gives what the label of the samples asks for: an output for each class or number. It is the last one before the loss, in a network
    /// whose <see cref="NetworkAttribute(Type)">[Network]</see> names the type of its samples.
    /// </summary>
    public DenseAttribute()
    {
    }

    /// <summary>A dense layer that takes what the layer before it gives.</summary>
    /// <param name="neurons">The number of outputs, at least 1.</param>
    public DenseAttribute(int neurons)
    {
        Neurons = neurons;
    }

    /// <summary>A dense layer that states its inputs; the compiler checks them against the layer before it.</summary>
    /// <param name="inputs">The number of inputs: the outputs of the layer before it.</param>
    /// <param name="neurons">The number of outputs, at least 1.</param>
    public DenseAttribute(int inputs, int neurons)
    {
        Inputs = inputs;
        Neurons = neurons;
    }

    /// <summary>The stated number of inputs; <see langword="null"/> if it is left to the layer before it.</summary>
    public int? Inputs { get; }

    /// <summary>The number of outputs; 0 where the label of the samples says it.</summary>
    public int Neurons { get; }

    /// <summary>
    /// Whether the layer takes each step of a sequence, or each pixel of an image, for itself: the same weights on the last dimension of every one. By
    /// default it takes the whole sample, flattened.
    /// </summary>
    public bool EachStep { get; set; }

    /// <summary>How the weights are drawn; <see cref="WeightInitializer.Auto"/> takes the network's.</summary>
    public WeightInitializer WeightInitializer { get; set; } = WeightInitializer.Auto;

    /// <summary>λ of <c>λ·Σ|w|</c> over the weights, which is added to the loss; 0 by default, never negative.</summary>
    public double WeightL1 { get; set; }

    /// <summary>λ of <c>λ·Σw²</c> over the weights, which is added to the loss; 0 by default, never negative.</summary>
    public double WeightL2 { get; set; }

    /// <summary>λ of <c>λ·Σ|b|</c> over the biases, which is added to the loss; 0 by default, never negative.</summary>
    public double BiasL1 { get; set; }

    /// <summary>λ of <c>λ·Σb²</c> over the biases, which is added to the loss; 0 by default, never negative.</summary>
    public double BiasL2 { get; set; }
}
