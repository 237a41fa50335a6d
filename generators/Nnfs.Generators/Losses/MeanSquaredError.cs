using Nnfs.Generators.Models;

namespace Nnfs.Generators.Losses;

/// <summary>The mean of squared errors.</summary>
internal sealed record MeanSquaredError() : LossSpec(nameof(MeanSquaredError))
{
    public static Loss Kind => new(nameof(MeanSquaredError), static _ => new MeanSquaredError());

    public override string Formula(LossContext context) => "(y − t)², for outputs y and targets t";

    public override string ForwardComment(LossContext context) => "the mean of (outputs − targets)²";

    public override string BackwardComment(LossContext context) => "2 · (outputs − targets), divided by all outputs";

    public override KernelStep Forward(LossContext context) =>
        KernelStep.Of("MeanSquaredError.Forward", ("y", Operand.Value().Exactly(context.Size)), Operand.Target);

    public override KernelStep Backward(LossContext context) =>
        KernelStep.Of("MeanSquaredError.Backward", ("y", Operand.Value().Exactly(context.Size)), Operand.Target, ("dy", Operand.ValueGradient()));
}
