namespace Nnfs.Catalogue.Losses;

/// <summary>The kernels of a loss that is the mean over single outputs.</summary>
/// <param name="Forward">The kernel of the loss.</param>
/// <param name="Backward">The kernel of the gradient.</param>
internal sealed record LossKernels(LossKernels.ForwardKernel Forward, LossKernels.BackwardKernel Backward)
{
    public delegate float ForwardKernel(ReadOnlySpan<float> y, ReadOnlySpan<float> targets);

    public delegate void BackwardKernel(ReadOnlySpan<float> y, ReadOnlySpan<float> targets, Span<float> dy);
}
