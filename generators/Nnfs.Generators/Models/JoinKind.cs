namespace Nnfs.Generators.Models;

/// <summary>How several values become one.</summary>
internal enum JoinKind
{
    Add,
    Multiply,
    Concat,
}
