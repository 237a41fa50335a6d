using Nnfs.Generators.Models;

namespace Nnfs.Generators.Losses;

/// <summary>The cross-entropy of values that are 0 or 1, of logits.</summary>
internal sealed record SigmoidBinaryCrossEntropy() : LossSpec(nameof(SigmoidBinaryCrossEntropy))
{
    public static Loss Kind => new(nameof(SigmoidBinaryCrossEntropy), static _ => new SigmoidBinaryCrossEntropy())
    {
        Applies = Sigmoid,
        Limits = static (logits, _) => LimitsOf(logits),
    };

    /// <summary>How near to 0 and 1 a probability must be able to come.</summary>
    private const float Near = 0.01f;

    private const string Sigmoid = "Sigmoid";

    private static ValueRange? LimitsOf(ValueRange logits)
    {
        ValueRange limits = new((float)(1 / (1 + Math.Exp(-logits.Low))), (float)(1 / (1 + Math.Exp(-logits.High))));

        // A sigmoid of infinity is exactly 1.
        return limits.Low < Near && limits.High > 1 - Near ? null : limits with { High = limits.High == 1 ? float.PositiveInfinity : limits.High };
    }

    public override string? OutputKernel => Sigmoid;

    public override string OutputMeaning => "probabilities";

    public override bool IsBinary => true;

    public override long FlopsPerValue => 5;

    public override string Formula(LossContext context) => "max(z, 0) − z·t + log(1 + exp(−|z|)), for logits z";

    public override string ForwardComment(LossContext context) => "probabilities, and the mean of max(z, 0) − z·t + log(1 + exp(−|z|))";

    public override string BackwardComment(LossContext context) => $"(probabilities − {(context.TakesLabels ? "labels" : "targets")}), divided by all outputs";

    public override KernelStep Forward(LossContext context) => KernelStep.Of(
        "SigmoidBinaryCrossEntropy.Forward", ("z", Operand.Value().Exactly(context.Size)), Operand.Target, ("p", Operand.Output.Exactly(context.Size)));

    public override KernelStep Backward(LossContext context) => KernelStep.Of(
        "SigmoidBinaryCrossEntropy.Backward", ("p", Operand.Output.Exactly(context.Size)), Operand.Target, ("dz", Operand.ValueGradient()));

    public override KernelStep? MakeOutput(Shape shape, bool isInLanes, bool isPadded) =>
        KernelStep.Of("Sigmoid.Forward", ("x", Operand.Value().Exactly(shape.Size)), ("y", Operand.Output));
}
