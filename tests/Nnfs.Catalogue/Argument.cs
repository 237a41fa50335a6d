using System.Globalization;

namespace Nnfs.Catalogue;

/// <summary>An argument of an attribute, as a user writes it.</summary>
/// <param name="Name">The property that it sets; <see langword="null"/> for an argument of the constructor.</param>
/// <param name="Value">The C# of its value.</param>
internal sealed record Argument(string? Name, string Value)
{
    public static Argument Of(int value) => new(null, value.ToString(CultureInfo.InvariantCulture));

    public static Argument Of(string? name, float value) => new(name, value.ToString("R", CultureInfo.InvariantCulture) + "f");

    /// <summary>An argument where there is a value, and none where there is not.</summary>
    public static IEnumerable<Argument> Optional(string? name, float? value) => value is { } given ? [Of(name, given)] : [];

    /// <summary>The attribute of a kind with its arguments, without brackets.</summary>
    public static string Attribute(string kind, IEnumerable<Argument> arguments) =>
        string.Join(", ", arguments) is { Length: > 0 } list ? $"{kind}({list})" : kind;

    public override string ToString() => Name is null ? Value : $"{Name} = {Value}";
}
