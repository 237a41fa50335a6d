namespace Nnfs;

/// <summary>
/// A transposed convolution, which makes images of height × width × channels larger: a window moves over what it gives, with a place for each pixel that it
/// takes, and at each <c>y[i·s + p·d, j·s + q·d, f]</c> gets <c>Σ x[i, j, c] · w[p, q, c, f]</c> over the channels <c>c</c>, for the rows <c>p</c> and pixels
/// <c>q</c> of the window, stride <c>s</c> and dilation <c>d</c>; each <c>y</c> starts at <c>b[f]</c>.
/// </summary>
/// <remarks>
/// It is what a <see cref="Conv2DAttribute"/> with the same window does to gradients on its way back. The window is not flipped, as in Keras, PyTorch and ONNX.
/// </remarks>
public sealed class ConvTranspose2DAttribute : LayerAttribute
{
    /// <summary>A transposed convolution with a square window.</summary>
    /// <param name="filters">The channels that it gives, at least 1.</param>
    /// <param name="kernel">The rows of the window and the pixels of each, at least 1.</param>
    public ConvTranspose2DAttribute(int filters, int kernel)
        : this(filters, kernel, kernel)
    {
    }

    /// <summary>A transposed convolution.</summary>
    /// <param name="filters">The channels that it gives, at least 1.</param>
    /// <param name="kernelHeight">The rows of the window, at least 1.</param>
    /// <param name="kernelWidth">The pixels of each, at least 1.</param>
    public ConvTranspose2DAttribute(int filters, int kernelHeight, int kernelWidth)
    {
        Filters = filters;
        KernelHeight = kernelHeight;
        KernelWidth = kernelWidth;
    }

    /// <summary>The channels that it gives.</summary>
    public int Filters { get; }

    /// <summary>The rows of the window.</summary>
    public int KernelHeight { get; }

    /// <summary>The pixels of each of its rows.</summary>
    public int KernelWidth { get; }

    /// <summary>How many rows and pixels the window moves from one place to the next; 1 by default.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>The distance between the rows, and between the pixels, that the window takes; 1 by default.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>
    /// How large the image is that it gives. Of n pixels, <see cref="Padding.Valid"/>, the default, makes
    /// <c>(n − 1) · stride + (kernel − 1) · dilation + 1</c>, and <see cref="Padding.Same"/> <c>n · stride</c>: what the window would
    /// reach beyond them is left out, half of it before the image and the larger half after.
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
