namespace Nnfs.WebAssembly;

/// <summary>Numbers that a network gave.</summary>
/// <param name="Name">What they are; no two results have the same name.</param>
/// <param name="Values">The numbers.</param>
/// <param name="IsExact">Whether every machine gives the same bits: nothing in them was rounded.</param>
internal sealed record Result(string Name, float[] Values, bool IsExact = false);
