using Nnfs.Generators.Models;

namespace Nnfs.Generators.Layers;

/// <summary>A function that works element by element.</summary>
/// <param name="Name">The name of its kernels.</param>
/// <param name="Formula">What it computes of x.</param>
/// <param name="Derivative">What carries the gradient back.</param>
internal sealed record ActivationFunction(string Name, string Formula, string Derivative)
{
    /// <summary>The block that holds its derivatives.</summary>
    public const string Derivatives = "Derivatives";

    /// <summary>The floating-point operations for each value; an exponential counts as one, and so does a division.</summary>
    public long? Flops { get; init; } = 0;

    /// <summary>Whether its outputs do not tell its gradient, so that the forward pass keeps the derivatives.</summary>
    public bool KeepsDerivative { get; init; }

    /// <summary>Whether it gives its inputs as they are.</summary>
    public bool IsIdentity { get; init; }

    /// <summary>Whether the kernels of products compute it along with them, and take its gradient along.</summary>
    public bool JoinsProduct { get; init; }

    /// <summary>Where what it gives lies.</summary>
    public ValueRange Range { get; init; } = ValueRange.Any;

    /// <summary>Whether it flattens about half of what it takes, which the first weights before it make up for.</summary>
    public bool IsRectifier { get; init; }

    /// <summary>The name of its slope or alpha; <see langword="null"/> where it has none.</summary>
    public string? SettingName { get; init; }

    /// <summary>Its slope or alpha.</summary>
    public float Setting { get; init; }

    /// <summary>Its slope or alpha as an argument, where it has one.</summary>
    public Argument[] SettingArgument => SettingName is null ? [] : [(SettingName, Operand.Number(Setting))];

    /// <summary>The type that computes it within other kernels.</summary>
    public string Type => $"global::Nnfs.Kernels.{Name}";

    /// <summary>A value of that type, for a parameter of that type.</summary>
    public Operand Instance => Operand.Text(SettingName is null ? "default" : $"new({SettingName}: {Wording.Number(Setting)})");

    /// <summary>The call that computes it.</summary>
    /// <param name="context">The pass.</param>
    /// <param name="size">The values per sample.</param>
    /// <param name="x">What it takes.</param>
    /// <param name="y">Where its outputs go.</param>
    public KernelStep Forward(StageContext context, int size, Operand x, Operand y)
    {
        Argument[] kept = context.IsTraining && KeepsDerivative ? [("derivatives", Operand.Kept(Derivatives))] : [];

        return context.IsInLanes
            ? InLanes("Forward", [("activation", Instance), ("x", x), ("y", y), .. kept, .. Lanes(size)])
            : KernelStep.Of($"{Name}.Forward", [("x", x), .. SettingArgument, ("y", y), .. kept]);
    }

    /// <summary>The call that carries the gradient back.</summary>
    /// <param name="context">The pass.</param>
    /// <param name="size">The values per sample.</param>
    /// <param name="y">Its outputs.</param>
    /// <param name="dy">The gradients of its outputs.</param>
    /// <param name="dx">Where those of its inputs go.</param>
    public KernelStep Backward(StageContext context, int size, Operand y, Operand dy, Operand dx)
    {
        Operand kept = KeepsDerivative ? Operand.Kept(Derivatives) : y;

        return context.IsInLanes
            ? InLanes("Backward", [("activation", Instance), ("kept", kept), ("dy", dy), ("dx", dx), .. Lanes(size)])
            : KernelStep.Of($"{Name}.Backward", [(KeepsDerivative ? "derivatives" : "y", kept), .. SettingArgument, ("dy", dy), ("dx", dx)]);
    }

    /// <summary>What the forward pass keeps of it, besides its outputs.</summary>
    /// <param name="title">The layer's name.</param>
    /// <param name="size">The values per sample.</param>
    public BlockSpec[] Kept(string title, int size) =>
        KeepsDerivative ? [new BlockSpec(Derivatives, $"The derivatives of {title}.", PerSample: size, Length: 0)] : [];

    private KernelStep InLanes(string direction, Argument[] arguments) => KernelStep.Of($"ActivationLanes.{direction}", arguments) with { Types = new([Type]) };

    private static Argument[] Lanes(int size) => [("features", Operand.Number((long)size)), Operand.Stride, Operand.Samples];
}
