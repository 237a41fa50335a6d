namespace Nnfs.Generators.Models;

/// <summary>A member of a sample that is a feature or a label.</summary>
/// <param name="Name">Its name in files and tables.</param>
/// <param name="Identifier">The member, as it is written in code.</param>
/// <param name="Kind">What its type is.</param>
/// <param name="Type">The type without <c>?</c> and <c>[]</c>, as it is written in code; a keyword where there is one.</param>
/// <param name="IsNullable">Whether it may be missing.</param>
/// <param name="Length">The length of an array of numbers; <see langword="null"/> for anything else.</param>
/// <param name="IsImmutableArray">Whether the array is an immutable one.</param>
/// <param name="Categories">The names of an enum in the order of their values, <c>False</c> and <c>True</c> of a bool; none of anything else.</param>
/// <param name="Column">The first of its columns in a table.</param>
/// <param name="Parameter">The parameter of the constructor that takes it, as it is written in code; <see langword="null"/> for none.</param>
/// <param name="IsInitialized">Whether it is set when the constructor has run.</param>
internal sealed record SampleMember(
    string Name,
    string Identifier,
    MemberKind Kind,
    string Type,
    bool IsNullable,
    int? Length,
    bool IsImmutableArray,
    EquatableArray<string> Categories,
    int Column,
    string? Parameter = null,
    bool IsInitialized = false)
{
    /// <summary>How many columns of a table it has.</summary>
    public int Columns => Length ?? 1;

    /// <summary>The type as a person would write it.</summary>
    public string FullType => Length is null ? Nullable(Type) : Nullable(IsImmutableArray ? $"ImmutableArray<{Type}>" : $"{Type}[]");

    private string Nullable(string type) => IsNullable ? type + "?" : type;
}
