namespace Nnfs.Generators.Models;

/// <summary>A generated member that cannot be written as usual, because the user's class or its base has one that it meets.</summary>
/// <param name="Name">The name of the generated member.</param>
/// <param name="Parameters">The types of its parameters, joined by commas; <see langword="null"/> where all members of the name are meant.</param>
/// <param name="NewName">The name that it gets instead, which nothing else has; <see langword="null"/> where it keeps its own.</param>
/// <param name="Modifier">The modifier that it gets, such as <c>new</c>; <see langword="null"/> for none.</param>
internal sealed record MemberConflict(string Name, string? Parameters, string? NewName, string? Modifier);
