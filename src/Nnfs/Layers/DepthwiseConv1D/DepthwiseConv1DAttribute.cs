namespace Nnfs;

/// <summary>
/// A convolution of each channel of sequences of steps × channels by itself: <c>y[i, c] = b[c] + Σ x[i·s + p·d, c] · w[p, c]</c> over the steps <c>p</c> of
/// a window, for stride <c>s</c> and dilation <c>d</c>. It gives steps × channels, as many steps as <see cref="Nnfs.Padding"/> says.
/// </summary>
/// <remarks>
/// As in Keras and PyTorch this is a cross-correlation: the window is not flipped. A <c>[Conv1D]</c> with a window of one step after it mixes the channels.
/// </remarks>
public sealed class DepthwiseConv1DAttribute : LayerAttribute
{
    /// <summary>A depthwise convolution of sequences.</summary>
    /// <param name="kernel">The steps that the window takes, at least 1.</param>
    public DepthwiseConv1DAttribute(int kernel)
    {
        Kernel = kernel;
    }

    /// <summary>The steps that the window takes.</summary>
    public int Kernel { get; }

    /// <summary>How many steps the window moves from one place to the next; 1 by default.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>The distance between the steps that the window takes; 1 by default.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>
    /// What it does at both ends; <see cref="Padding.Valid"/> by default. With <see cref="Padding.Causal"/> each output depends only on the steps up to its
    /// own.
    /// </summary>
    public Padding Padding { get; set; } = Padding.Valid;

    /// <summary>Whether a bias is added to each channel, as by default. Before a <c>[BatchNorm]</c> it is of no use.</summary>
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
