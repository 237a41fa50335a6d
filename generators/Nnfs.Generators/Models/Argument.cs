namespace Nnfs.Generators.Models;

/// <summary>An argument of a kernel.</summary>
/// <param name="Name">The kernel's name for it, which is that of the mathematics; <see langword="null"/> where its place alone says what it is.</param>
/// <param name="Operand">What it is.</param>
internal sealed record Argument(string? Name, Operand Operand)
{
    /// <summary>Where a part starts or how long it is, which says so itself unless it is a number.</summary>
    public static Argument Part(string name, Operand operand) => operand.Kind == OperandKind.Text ? (name, operand) : operand;

    public static implicit operator Argument(Operand operand) => new(Name: null, operand);

    public static implicit operator Argument((string Name, Operand Operand) argument) => new(argument.Name, argument.Operand);
}
