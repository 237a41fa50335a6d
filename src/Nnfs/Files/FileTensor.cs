using System.Collections.Immutable;

namespace Nnfs.Files;

/// <summary>A tensor that a file has.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its elements, as the file's format names it.</param>
/// <param name="Shape">Its lengths.</param>
internal sealed record FileTensor(string Name, string Type, ImmutableArray<long> Shape)
{
    public override string ToString() => $"{Type} [{string.Join(", ", Shape)}]";
}
