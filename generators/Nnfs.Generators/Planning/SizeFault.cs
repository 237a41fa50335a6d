namespace Nnfs.Generators.Planning;

/// <summary>Something of a network that no array could hold.</summary>
/// <param name="Stage">The number of the stage with which it is too long.</param>
/// <param name="Length">The length.</param>
/// <param name="Of">What it is the length of.</param>
internal sealed record SizeFault(int Stage, long Length, string Of);
