namespace Nnfs.Generators.Models;

/// <summary>What an output is trained on.</summary>
/// <param name="Name">The name of its kind, which is that of its kernels.</param>
internal abstract record LossSpec(string Name)
{
    /// <summary>What makes the outputs of a loss that takes logits, as a comment.</summary>
    public const string OutputsComment = "probabilities from logits";

    /// <summary>Its delta or label smoothing; 0 where it has none.</summary>
    public virtual float Setting => 0f;

    /// <summary>The kernel that makes the output of what arrives; <see langword="null"/> where that is the output.</summary>
    public virtual string? OutputKernel => null;

    /// <summary>What the output is, other than numbers; empty where that is all.</summary>
    public virtual string OutputMeaning => "";

    /// <summary>Whether it makes probabilities of classes.</summary>
    public virtual bool GivesProbabilities => false;

    /// <summary>Whether a sample may have one class, whose label it takes.</summary>
    public virtual bool IsCategorical => false;

    /// <summary>
    /// Whether its kernels take samples in lanes, as is worth it where a few values of a sample depend on each other. Other losses take rows there too.
    /// </summary>
    public virtual bool TakesLanes => false;

    /// <summary>Whether each value may have a label of 0 or 1, which it takes.</summary>
    public virtual bool IsBinary => false;

    /// <summary>Whether it takes labels as well as targets.</summary>
    public bool TakesLabels => IsCategorical || IsBinary;

    /// <summary>What it measures, as a noun.</summary>
    public virtual string Measure => TakesLabels ? "cross-entropy" : "error";

    /// <summary>The floating-point operations for each value of the output in a prediction.</summary>
    public virtual long FlopsPerValue => 0;

    /// <summary>The sizes that its kernels are compiled for.</summary>
    /// <param name="shape">The shape of the output for a sample.</param>
    public virtual IReadOnlyList<int> KernelSizes(Shape shape) => IsCategorical ? [shape.Last] : [];

    /// <summary>What it is the mean of, in formulas.</summary>
    public abstract string Formula(LossContext context);

    /// <summary>What it computes, as a comment.</summary>
    public abstract string ForwardComment(LossContext context);

    /// <summary>The gradient that it starts from, as a comment.</summary>
    public abstract string BackwardComment(LossContext context);

    /// <summary>The call that gives the loss.</summary>
    public abstract KernelStep Forward(LossContext context);

    /// <summary>The call that gives the gradient of what arrives.</summary>
    public abstract KernelStep Backward(LossContext context);

    /// <summary>The step that makes the output of what arrives, where that is something else.</summary>
    /// <param name="shape">The shape of the output for a sample.</param>
    /// <param name="isInLanes">Whether a vector holds one value of several samples.</param>
    /// <param name="isPadded">Whether what arrives is one sample that is followed by padding.</param>
    public virtual KernelStep? MakeOutput(Shape shape, bool isInLanes, bool isPadded) => null;
}
