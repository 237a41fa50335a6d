namespace Nnfs.Generators.Parsing;

/// <summary>A number that a layer or a loss is set with, before it is checked.</summary>
/// <param name="Argument">The parameter or property that states it.</param>
/// <param name="Title">What messages call it.</param>
/// <param name="Value">The stated number, or else the default.</param>
/// <param name="Missing">The default, which also takes the place of a number out of range.</param>
internal readonly record struct Setting(string Argument, string Title, float Value, float Missing);
