namespace Nnfs.Generators.Models;

/// <summary>A feature of samples that a network reads as an index, for which it learns numbers.</summary>
/// <param name="Name">Its name in files and tables.</param>
/// <param name="Identifier">The member, as it is written in code.</param>
/// <param name="Vocabulary">How many indices there are: the names of the enum, and one more where it may be missing.</param>
/// <param name="Dimensions">How many numbers are learnt for each.</param>
internal sealed record EmbeddedFeature(string Name, string Identifier, int Vocabulary, int Dimensions);
