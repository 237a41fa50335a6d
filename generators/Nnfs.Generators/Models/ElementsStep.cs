namespace Nnfs.Generators.Models;

/// <summary>An operation of the library on each element.</summary>
/// <param name="Operation">Its name.</param>
/// <param name="Size">The values per sample.</param>
/// <param name="Terms">What it takes, and last where the result goes.</param>
internal sealed record ElementsStep(string Operation, int Size, EquatableArray<Operand> Terms) : Step
{
    public override IEnumerable<Operand> Operands => Terms;

    public static ElementsStep Sum(int size, params Operand[] terms) => new("Add", size, new([.. terms]));

    public static ElementsStep Product(int size, params Operand[] terms) => new("Multiply", size, new([.. terms]));

    public static ElementsStep ProductAndSum(int size, params Operand[] terms) => new("MultiplyAdd", size, new([.. terms]));
}
