namespace Nnfs.Catalogue.Layers;

/// <summary>The kernels of a layer that changes each value by itself, and how closely they have to compute it.</summary>
/// <param name="Activation">The function as kernels take it that compute it with a product: an <see cref="Nnfs.Kernels.IActivation"/>.</param>
/// <param name="Forward">The kernel.</param>
/// <param name="Backward">The kernel of the gradient.</param>
/// <param name="Gradient">The derivative in float64, computed from what the kernel of the gradient takes: outputs or inputs.</param>
/// <param name="TakesOutputs">Whether the kernel of the gradient takes the outputs of the forward pass, not its inputs.</param>
/// <param name="Tolerance">The greatest error at x, where the result is y: what the kernel's documentation says.</param>
internal sealed record ElementwiseKernels(
    ValueType Activation,
    ElementwiseKernels.ForwardKernel Forward,
    ElementwiseKernels.BackwardKernel Backward,
    Func<double, double> Gradient,
    bool TakesOutputs,
    Func<double, double, double> Tolerance)
{
    public delegate void ForwardKernel(ReadOnlySpan<float> x, Span<float> y);

    public delegate void BackwardKernel(ReadOnlySpan<float> kept, ReadOnlySpan<float> dy, Span<float> dx);
}
