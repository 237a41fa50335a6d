namespace Nnfs.Generators.Models;

/// <summary>The call of a kernel.</summary>
/// <param name="Kernel">The kernel: its class and its method.</param>
/// <param name="Sizes">The sizes that it is compiled for.</param>
/// <param name="Arguments">What it takes.</param>
internal sealed record KernelStep(string Kernel, EquatableArray<int> Sizes, EquatableArray<Argument> Arguments) : Step
{
    /// <summary>The types of the runtime that it is compiled for after the sizes: how a matrix lies, and activations.</summary>
    public EquatableArray<string> Types { get; init; }

    public override IEnumerable<Operand> Operands => Arguments.Select(static argument => argument.Operand);

    /// <summary>A call without sizes.</summary>
    public static KernelStep Of(string kernel, params Argument[] arguments) => new(kernel, default, new([.. arguments]));

    /// <summary>A call that is compiled for some sizes.</summary>
    public static KernelStep Of(string kernel, int[] sizes, params Argument[] arguments) => new(kernel, new([.. sizes]), new([.. arguments]));
}
