using Microsoft.CodeAnalysis.CSharp;

namespace Nnfs.Generators.Models;

/// <summary>Names as generated code has them.</summary>
internal static class Identifiers
{
    /// <summary>A name as it is written in code: with <c>@</c> where it is a keyword.</summary>
    public static string EscapeIdentifier(this string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    /// <summary>
    /// The name of a type where it is declared: with <c>@</c> where it is a keyword, or consists of small letters, since it may become one. The compiler
    /// warns of such a name, and the user may have answered that already.
    /// </summary>
    public static string EscapeType(this string name) => name.All(static letter => letter is >= 'a' and <= 'z') ? "@" + name : name.EscapeIdentifier();

    /// <summary>A name with a small letter first, as fields and parameters have it.</summary>
    public static string ToCamelCase(this string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);

    /// <summary>A name with small letters first, as fields have it: <c>ReLU1</c> becomes <c>reLU1</c>, <c>RMSNorm1</c> becomes <c>rmsNorm1</c>.</summary>
    public static string ToFieldName(this string name)
    {
        int capitals = name.TakeWhile(char.IsUpper).Count();
        int small = capitals > 1 && capitals < name.Length && char.IsLower(name[capitals]) ? capitals - 1 : capitals;

        return name.Substring(0, small).ToLowerInvariant() + name.Substring(small);
    }

    /// <summary>A name as files have it: <c>RecurrentWeights</c> becomes <c>recurrent_weights</c>.</summary>
    public static string ToSnakeCase(this string name) =>
        string.Concat(name.Select(static (letter, i) => char.IsUpper(letter) ? (i == 0 ? "" : "_") + char.ToLowerInvariant(letter) : letter.ToString()));

    /// <summary>A name with a capital first, as members have it.</summary>
    public static string ToPascalCase(this string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);
}
