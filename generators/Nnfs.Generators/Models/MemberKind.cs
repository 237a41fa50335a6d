namespace Nnfs.Generators.Models;

/// <summary>What the type of a feature or label is.</summary>
internal enum MemberKind
{
    /// <summary>A number of any size.</summary>
    Number,
    Boolean,
    Enum,
    DateOnly,
    DateTime,
    DateTimeOffset,
    TimeOnly,
}
