namespace Nnfs.Generators.Models;

/// <summary>An operation of the library on each element.</summary>
/// <param name="Operation">Its name.</param>
/// <param name="Terms">What it takes, and last where the result goes.</param>
internal sealed record ElementsStep(string Operation, EquatableArray<Operand> Terms) : Step
{
    public override IEnumerable<Operand> Operands => Terms;

    public static ElementsStep Sum(params Operand[] terms) => new("Add", new([.. terms]));

    public static ElementsStep Product(params Operand[] terms) => new("Multiply", new([.. terms]));

    public static ElementsStep ProductAndSum(params Operand[] terms) => new("MultiplyAdd", new([.. terms]));
}
