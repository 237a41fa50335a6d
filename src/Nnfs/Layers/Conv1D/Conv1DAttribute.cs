namespace Nnfs;

/// <summary>
/// A convolution of sequences of steps × channels: <c>y[i, f] = b[f] + Σ x[i·s + p·d, c] · w[p, c, f]</c> over the steps <c>p</c> of a window and the channels
/// <c>c</c>, for stride <c>s</c> and dilation <c>d</c>. It gives steps × filters, as many steps as <see cref="Nnfs.Padding"/> says.
/// </summary>
/// <remarks>As in Keras and PyTorch this is a cross-correlation: the window is not flipped.</remarks>
public sealed class Conv1DAttribute : LayerAttribute
{
    /// <summary>A convolution of sequences.</summary>
    /// <param name="filters">The channels that it gives, at least 1.</param>
    /// <param name="kernel">The steps that the window takes, at least 1.</param>
    public Conv1DAttribute(int filters, int kernel)
    {
        Filters = filters;
        Kernel = kernel;
    }

    /// <summary>The channels that it gives.</summary>
    public int Filters { get; }

    /// <summary>The steps that the window takes.</summary>
    public int Kernel { get; }

    /// <summary>How many steps the window moves from one place to the next; 1 by default.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>The distance between the steps that the window takes; 1 by default.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>
    /// Into how many groups the channels and the filters are divided; 1 by default. Each group of filters takes the channels of its own group only, so both
    /// numbers must be divisible by it.
    /// </summary>
    public int Groups { get; set; } = 1;

    /// <summary>
    /// What it does at both ends; <see cref="Padding.Valid"/> by default. With <see cref="Padding.Causal"/> each output depends only on the steps up to its
    /// own.
    /// </summary>
    public Padding Padding { get; set; } = Padding.Valid;

    /// <summary>Whether a bias is added to each filter, as by default. Before a <c>[BatchNorm]</c> it is of no use.</summary>
    public bool UseBias { get; set; } = true;

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
