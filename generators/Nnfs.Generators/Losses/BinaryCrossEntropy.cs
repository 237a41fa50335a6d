using Nnfs.Generators.Models;

namespace Nnfs.Generators.Losses;

/// <summary>The cross-entropy of values that are 0 or 1, of probabilities.</summary>
internal sealed record BinaryCrossEntropy() : LossSpec(nameof(BinaryCrossEntropy))
{
    public static Loss Kind => new(nameof(BinaryCrossEntropy), static _ => new BinaryCrossEntropy()) { Expects = "Sigmoid" };

    public override bool IsBinary => true;

    public override string Formula(LossContext context) => "−t·log p − (1 − t)·log(1 − p), for probabilities p clipped to [1e-7, 1 − 1e-7]";

    public override string ForwardComment(LossContext context) => $"the mean of −log of the {(context.TakesLabels ? "labels'" : "targets'")} probabilities";

    public override string BackwardComment(LossContext context) => "(1 − t) / (1 − p) − t / p, divided by all outputs";

    public override KernelStep Forward(LossContext context) =>
        KernelStep.Of("BinaryCrossEntropy.Forward", ("p", Operand.Value().Exactly(context.Size)), Operand.Target);

    public override KernelStep Backward(LossContext context) =>
        KernelStep.Of("BinaryCrossEntropy.Backward", ("p", Operand.Value().Exactly(context.Size)), Operand.Target, ("dp", Operand.ValueGradient()));
}
