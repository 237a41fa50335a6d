using Nnfs.Generators.Layers;
using Nnfs.Generators.Models;

namespace Nnfs.Generators.Losses;

/// <summary>The cross-entropy of classes, of probabilities.</summary>
internal sealed record CategoricalCrossEntropy() : LossSpec(nameof(CategoricalCrossEntropy))
{
    public static Loss Kind => new(nameof(CategoricalCrossEntropy), static _ => new CategoricalCrossEntropy())
    {
        Expects = nameof(Softmax),
        OfOneClass = "[Sigmoid] and [BinaryCrossEntropy] for yes or no",
    };

    public override bool IsCategorical => true;

    public override string Formula(LossContext context) => context.TakesLabels
        ? "−log p of the label, for probabilities p clipped to [1e-7, 1 − 1e-7]"
        : "−Σⱼ tⱼ · log pⱼ, for targets t and probabilities p clipped to [1e-7, 1 − 1e-7]";

    public override string ForwardComment(LossContext context) =>
        context.TakesLabels ? "the mean of −log of the label's probability" : "the mean of −log of the targets' probabilities";

    public override string BackwardComment(LossContext context) =>
        $"−{(context.TakesLabels ? "one-hot labels" : "targets")} / probabilities / {context.RowCount}";

    public override KernelStep Forward(LossContext context) =>
        KernelStep.Of("CategoricalCrossEntropy.Forward", [context.Classes], ("p", Operand.Value()), Operand.Target, context.Rows);

    public override KernelStep Backward(LossContext context) => KernelStep.Of(
        "CategoricalCrossEntropy.Backward", [context.Classes], ("p", Operand.Value()), Operand.Target, ("dp", Operand.ValueGradient()), context.Rows);
}
