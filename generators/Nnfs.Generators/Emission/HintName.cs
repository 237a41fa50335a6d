using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>The names of generated files. The compiler takes names that differ only in case for one.</summary>
internal static class HintName
{
    private const string Extension = ".g.cs";
    private const char Separator = '|';

    /// <summary>The most bytes of a name: file systems take 255 of them, with its number and extension.</summary>
    private const int MostBytes = 200;

    public static string Of(NetworkSpec network) => Of(network.MetadataName);

    private static string Of(string metadataName)
    {
        StringBuilder name = new(metadataName.Length);

        foreach (char character in metadataName)
        {
            if (char.IsLetterOrDigit(character) || character is '.' or '_' or '+' or '`')
            {
                name.Append(character);
            }
            else
            {
                name.Append('-').Append(((int)character).ToString("X4", CultureInfo.InvariantCulture));
            }
        }

        return Short(name.ToString());
    }

    /// <summary>A name that is not too long for a file, whose end is a number made of all of it where it was.</summary>
    private static string Short(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) <= MostBytes)
        {
            return name;
        }

        // FNV-1a (Fowler, Noll and Vo 1991): the same in every run of the compiler, as the hash of a string is not.
        uint hash = name.Aggregate(2166136261, static (hash, character) => unchecked((hash ^ character) * 16777619));
        int length = name.Length;

        while (Encoding.UTF8.GetByteCount(name.Substring(0, length)) > MostBytes - 9)
        {
            length--;
        }

        return $"{name.Substring(0, char.IsHighSurrogate(name[length - 1]) ? length - 1 : length)}-{hash.ToString("X8", CultureInfo.InvariantCulture)}";
    }

    /// <summary>
    /// What tells a network from all others: its file's name, and the declarations around it. Half-written code can have a class and a
    /// record of one name, each with a network of one name in it.
    /// </summary>
    public static string Identity(NetworkSpec network) => Identity(network.MetadataName, network.ContainingTypes);

    /// <summary>What tells a sample from all others, and from networks.</summary>
    public static string Identity(SampleSpec sample) => Identity(sample.MetadataName, sample.ContainingTypes);

    private static string Identity(string metadataName, EquatableArray<string> containingTypes) =>
        $"{Of(metadataName)}{Separator}{string.Join(" ", containingTypes)}";

    /// <summary>The identities whose files would have the same name, in an order that does not depend on that of the files.</summary>
    public static EquatableArray<string> Collisions(ImmutableArray<string> identities) => new(
        identities
            .GroupBy(NameOf, StringComparer.OrdinalIgnoreCase)
            .Where(static group => group.Count() > 1)
            .SelectMany(static group => group)
            .OrderBy(static identity => identity, StringComparer.Ordinal)
            .ToImmutableArray());

    /// <summary>The name of a file: with its number among those that would have the same, where there are such.</summary>
    public static string Distinct(string identity, EquatableArray<string> collisions)
    {
        string name = NameOf(identity);
        int number = collisions.TakeWhile(other => other != identity).Count(other => string.Equals(NameOf(other), name, StringComparison.OrdinalIgnoreCase));

        return collisions.Contains(identity) && number > 0 ? $"{name}-{number + 1}{Extension}" : name + Extension;
    }

    private static string NameOf(string identity) => identity.Substring(0, identity.IndexOf(Separator));
}
