namespace Nnfs;

/// <summary>
/// A convolution of each channel by itself of images of height × width × channels:
/// <c>y[i, j, c] = b[c] + Σ x[i·s + p·d, j·s + q·d, c] · w[p, q, c]</c> over the rows <c>p</c> and pixels <c>q</c> of a window, for stride <c>s</c> and
/// dilation <c>d</c>. It gives rows × pixels × channels, as many places as <see cref="Nnfs.Padding"/> says.
/// </summary>
/// <remarks>As in Keras and PyTorch this is a cross-correlation: the window is not flipped. A 1 × 1 <c>[Conv2D]</c> after it mixes the channels.</remarks>
public sealed class DepthwiseConv2DAttribute : LayerAttribute
{
    /// <summary>A depthwise convolution with a square window.</summary>
    /// <param name="kernel">The rows of the window and the pixels of each, at least 1.</param>
    public DepthwiseConv2DAttribute(int kernel)
        : this(kernel, kernel)
    {
    }

    /// <summary>A depthwise convolution.</summary>
    /// <param name="kernelHeight">The rows of the window, at least 1.</param>
    /// <param name="kernelWidth">The pixels of each, at least 1.</param>
    public DepthwiseConv2DAttribute(int kernelHeight, int kernelWidth)
    {
        KernelHeight = kernelHeight;
        KernelWidth = kernelWidth;
    }

    /// <summary>The rows of the window.</summary>
    public int KernelHeight { get; }

    /// <summary>The pixels of each of its rows.</summary>
    public int KernelWidth { get; }

    /// <summary>How many rows and pixels the window moves from one place to the next; 1 by default.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>The distance between the rows, and between the pixels, that the window takes; 1 by default.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>What it does at the edges of the image; <see cref="Padding.Valid"/> by default.</summary>
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
