using Nnfs.Generators.Models;

namespace Nnfs.Generators.Losses;

/// <summary>The mean of the magnitudes of errors.</summary>
internal sealed record MeanAbsoluteError() : LossSpec(nameof(MeanAbsoluteError))
{
    public static Loss Kind => new(nameof(MeanAbsoluteError), static _ => new MeanAbsoluteError());

    public override string Formula(LossContext context) => "|y − t|, for outputs y and targets t";

    public override string ForwardComment(LossContext context) => "the mean of |outputs − targets|";

    public override string BackwardComment(LossContext context) => "the sign of outputs − targets, divided by all outputs";

    public override KernelStep Forward(LossContext context) =>
        KernelStep.Of("MeanAbsoluteError.Forward", ("y", Operand.Value().Exactly(context.Size)), Operand.Target);

    public override KernelStep Backward(LossContext context) =>
        KernelStep.Of("MeanAbsoluteError.Backward", ("y", Operand.Value().Exactly(context.Size)), Operand.Target, ("dy", Operand.ValueGradient()));
}
