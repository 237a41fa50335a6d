namespace Nnfs.Catalogue.Layers;

/// <summary>The kernels of a layer that changes each value by itself, and how closely they have to compute it.</summary>
/// <param name="Activation">The function as kernels take it that compute it with a product: an <see cref="Nnfs.Kernels.IActivation"/>.</param>
/// <param name="Forward">The kernel.</param>
/// <param name="Backward">The kernel of the gradient.</param>
/// <param name="Gradient">The derivative in float64, computed from what the kernel of the gradient takes: outputs or derivatives.</param>
/// <param name="Tolerance">The greatest error at x, where the result is y: what the kernel's documentation says.</param>
internal sealed record ElementwiseKernels(
    ValueType Activation,
    ElementwiseKernels.ForwardKernel Forward,
    ElementwiseKernels.BackwardKernel Backward,
    Func<double, double> Gradient,
    Func<double, double, double> Tolerance)
{
    public delegate void KeepingKernel(ReadOnlySpan<float> x, Span<float> y, Span<float> derivatives);

    public delegate void ForwardKernel(ReadOnlySpan<float> x, Span<float> y);

    public delegate void BackwardKernel(ReadOnlySpan<float> kept, ReadOnlySpan<float> dy, Span<float> dx);

    /// <summary>The kernel that computes the derivatives too, for the kernel of the gradient; <see langword="null"/> where the outputs tell them.</summary>
    public KeepingKernel? ForwardKeeping { get; init; }

    /// <summary>Whether the kernel of the gradient takes the outputs of the forward pass, not its derivatives.</summary>
    public bool TakesOutputs => ForwardKeeping is null;

    /// <summary>What a forward pass keeps for the kernel of the gradient.</summary>
    public float[] Kept(float[] x)
    {
        float[] y = new float[x.Length];

        if (ForwardKeeping is null)
        {
            Forward(x, y);

            return y;
        }

        float[] derivatives = new float[x.Length];
        ForwardKeeping(x, y, derivatives);

        return derivatives;
    }
}
