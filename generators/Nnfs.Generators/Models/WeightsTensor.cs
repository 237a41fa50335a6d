namespace Nnfs.Generators.Models;

/// <summary>A tensor as files have it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its values, as files name it.</param>
/// <param name="Lengths">Its lengths, with commas between them.</param>
internal sealed record WeightsTensor(string Name, string Type, string Lengths)
{
    /// <summary>The type of the values of parameters.</summary>
    public const string Float = "F32";

    public override string ToString() => $"{Type} [{Lengths.Replace(",", ", ")}]";
}
