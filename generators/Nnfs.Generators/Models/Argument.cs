namespace Nnfs.Generators.Models;

/// <summary>An argument of a kernel.</summary>
/// <param name="Name">The kernel's name for it, which is that of the mathematics; <see langword="null"/> where its place alone says what it is.</param>
/// <param name="Operand">What it is.</param>
internal sealed record Argument(string? Name, Operand Operand)
{
    public static implicit operator Argument(Operand operand) => new(Name: null, operand);

    public static implicit operator Argument((string Name, Operand Operand) argument) => new(argument.Name, argument.Operand);
}
