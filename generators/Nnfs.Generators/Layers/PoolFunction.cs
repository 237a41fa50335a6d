using Nnfs.Generators.Models;

namespace Nnfs.Generators.Layers;

/// <summary>What a pooling makes of the pixels in a window.</summary>
/// <param name="Kernel">The class of its kernels.</param>
/// <param name="Title">What it gives of each channel, in comments.</param>
/// <param name="Gradient">What carries the gradient back.</param>
/// <param name="FlopsPerPixel">The floating-point operations for each pixel in a window; a comparison counts as none.</param>
/// <param name="TakesValues">Whether the values of the forward pass decide where the gradient goes.</param>
internal sealed record PoolFunction(string Kernel, string Title, string Gradient, int FlopsPerPixel, bool TakesValues)
{
    public static readonly PoolFunction Greatest = new(
        "MaxPool2D", "the greatest value", "the gradient goes to the first of the greatest values", FlopsPerPixel: 0, TakesValues: true);

    public static readonly PoolFunction Mean = new(
        "AveragePool2D", "the mean", "the gradient in equal parts to all values of a mean", FlopsPerPixel: 1, TakesValues: false);

    /// <summary>The call that computes it.</summary>
    public KernelStep Forward =>
        KernelStep.Of($"{Kernel}.Forward", Operand.Window, ("x", Operand.Value()), ("y", Operand.Output), Operand.Samples);

    /// <summary>The call that carries the gradient back.</summary>
    /// <param name="isMasked">Whether it goes back through the ReLU before, too.</param>
    public KernelStep Backward(bool isMasked)
    {
        Argument[] values = TakesValues ? [("x", Operand.Value()), ("y", Operand.Output)] : [];

        return KernelStep.Of(
            isMasked ? $"{Kernel}.BackwardReLU" : $"{Kernel}.Backward",
            [Operand.Window, .. values, ("dy", Operand.OutputGradient), ("dx", Operand.ValueGradient()), Operand.Samples]);
    }
}
