using Nnfs.Generators.Models;

namespace Nnfs.Generators.Layers;

/// <summary>Steps on the way back that several kinds of layers share.</summary>
internal static class GradientSteps
{
    /// <summary>The gradient as it is.</summary>
    /// <param name="title">What passes it on.</param>
    /// <param name="size">The values per sample.</param>
    /// <param name="slot">The source that it goes to.</param>
    /// <param name="isFirst">Whether it is written, rather than added.</param>
    public static IEnumerable<Step> PassOn(string title, int size, int slot, bool isFirst) =>
    [
        new NoteStep($"{title}: the gradient, unchanged."),
        isFirst
            ? new CopyStep(size, Operand.OutputGradient, Operand.ValueGradient(slot))
            : ElementsStep.Sum(size, Operand.ValueGradient(slot), Operand.OutputGradient, Operand.ValueGradient(slot)),
    ];
}
