using Nnfs.Generators.Models;

namespace Nnfs.Generators.Losses;

/// <summary>The mean of errors, quadratic where they are small and linear where they are large.</summary>
/// <param name="Delta">The error up to which the loss is quadratic; beyond, it is linear.</param>
internal sealed record Huber(float Delta) : LossSpec(nameof(Huber))
{
    public static Loss Kind => new(nameof(Huber), static loss => new Huber(loss.Positive(loss.Argument("delta", missing: 1f))));

    public override float Setting => Delta;

    private string Text => Wording.Plain(Delta);

    private Argument DeltaArgument => ("delta", Operand.Number(Delta));

    public override string Formula(LossContext context) => $"½e² where |e| ≤ {Text} and {Text}·(|e| − ½·{Text}) elsewhere, for the errors e of the outputs";

    public override string ForwardComment(LossContext context) => $"the mean of errors, quadratic up to {Text} and linear beyond";

    public override string BackwardComment(LossContext context) => $"outputs − targets, limited to ±{Text}, divided by all outputs";

    public override KernelStep Forward(LossContext context) =>
        KernelStep.Of("Huber.Forward", ("y", Operand.Value().Exactly(context.Size)), Operand.Target, DeltaArgument);

    public override KernelStep Backward(LossContext context) =>
        KernelStep.Of("Huber.Backward", ("y", Operand.Value().Exactly(context.Size)), Operand.Target, DeltaArgument, ("dy", Operand.ValueGradient()));
}
