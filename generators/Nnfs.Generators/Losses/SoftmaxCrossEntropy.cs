using Nnfs.Generators.Layers;
using Nnfs.Generators.Models;

namespace Nnfs.Generators.Losses;

/// <summary>The cross-entropy of classes, of logits.</summary>
/// <param name="Smoothing">The part of each target that is spread over all classes.</param>
internal sealed record SoftmaxCrossEntropy(float Smoothing) : LossSpec(nameof(SoftmaxCrossEntropy))
{
    public static Loss Kind => new(
        nameof(SoftmaxCrossEntropy), static loss => new SoftmaxCrossEntropy(loss.BelowOne(loss.Property(LabelSmoothing, "label smoothing", missing: 0f))))
    {
        Applies = nameof(Softmax),
        TakesInput = true,
        OfOneClass = "[SigmoidBinaryCrossEntropy] for yes or no",
        Limits = LimitsOf,
    };

    /// <summary>What the probability of a class can be where logits lie in a range: the least and the most where all others are at its other end.</summary>
    private static ValueRange? LimitsOf(ValueRange logits, int classes)
    {
        double ratio = Math.Exp((double)logits.High - logits.Low);

        return double.IsInfinity(ratio) ? null : new((float)(1 / (1 + ((classes - 1) * ratio))), (float)(ratio / (ratio + classes - 1)));
    }

    private const string LabelSmoothing = "LabelSmoothing";

    public override float Setting => Smoothing;

    public override string? OutputKernel => nameof(Softmax);

    public override string OutputMeaning => "the probabilities of the classes";

    public override bool GivesProbabilities => true;

    public override bool IsCategorical => true;

    public override bool TakesLanes => true;

    public override long FlopsPerValue => Softmax.FlopsPerClass;

    private string Smoothed => Smoothing == 0 ? "" : $" of which {Wording.Plain(Smoothing)} is spread over all classes";

    private Argument[] SmoothingArgument => Smoothing == 0 ? [] : [("smoothing", Operand.Number(Smoothing))];

    public override string Formula(LossContext context) => (context.TakesLabels, Smoothing) switch
    {
        (true, 0f) => "log Σⱼ exp(zⱼ) − z of the label, for logits z",
        (true, _) => $"Σⱼ tⱼ · (log Σₖ exp(zₖ) − zⱼ), for logits z and one-hot labels t{Smoothed}",
        _ => $"Σⱼ tⱼ · (log Σₖ exp(zₖ) − zⱼ), for logits z and targets t{Smoothed}",
    };

    public override string ForwardComment(LossContext context) => context.TakesLabels && Smoothing == 0
        ? "probabilities, and the mean of log Σ exp(logits) − logit of the label"
        : "probabilities, and the mean of Σ target · (log Σ exp(logits) − logit)";

    public override string BackwardComment(LossContext context) =>
        $"(probabilities − {(context.TakesLabels ? "one-hot labels" : "targets")}) / {context.RowCount}";

    public override KernelStep Forward(LossContext context) => context.IsInLanes
        ? KernelStep.Of(
            "SoftmaxCrossEntropyLanes.Forward",
            [context.Classes],
            [("z", Operand.Value()), Operand.Target, .. SmoothingArgument, ("p", Operand.Output), Operand.Stride, Operand.Samples])
        : KernelStep.Of(
            "SoftmaxCrossEntropy.Forward",
            [context.Classes],
            [("z", Operand.Value()), Operand.Target, .. SmoothingArgument, ("p", Operand.Output), context.Rows]);

    public override KernelStep Backward(LossContext context) => context.IsInLanes
        ? KernelStep.Of(
            "SoftmaxCrossEntropyLanes.Backward",
            [context.Classes],
            [("p", Operand.Output), Operand.Target, .. SmoothingArgument, ("dz", Operand.ValueGradient()), Operand.Stride, Operand.Samples])
        : KernelStep.Of(
            "SoftmaxCrossEntropy.Backward",
            [context.Classes],
            [("p", Operand.Output), Operand.Target, .. SmoothingArgument, ("dz", Operand.ValueGradient()), context.Rows]);

    public override KernelStep? MakeOutput(Shape shape, bool isInLanes, bool isPadded)
    {
        Argument x = ("x", Operand.Value());
        Argument y = ("y", Operand.Output);

        return isInLanes ? KernelStep.Of("SoftmaxLanes.Forward", [shape.Last], x, y, Operand.Stride, Operand.Samples)
            : isPadded && shape.Positions == 1 ? KernelStep.Of("Softmax.ForwardSample", [shape.Last], x, y)
            : KernelStep.Of("Softmax.Forward", [shape.Last], x, y, Operand.Rows(shape.Positions));
    }
}
