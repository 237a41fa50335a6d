using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>The names of generated files. The compiler takes names that differ only in case for one.</summary>
internal static class HintName
{
    private const string Extension = ".g.cs";

    public static string Of(NetworkSpec network)
    {
        StringBuilder name = new(network.MetadataName.Length);

        foreach (char character in network.MetadataName)
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

        return name.ToString();
    }

    /// <summary>The names that others differ from only in case.</summary>
    public static EquatableArray<string> Collisions(ImmutableArray<string> names) => new(
        names
            .GroupBy(static name => name, StringComparer.OrdinalIgnoreCase)
            .Where(static group => group.Count() > 1)
            .SelectMany(static group => group)
            .OrderBy(static name => name, StringComparer.Ordinal)
            .ToImmutableArray());

    /// <summary>The name of a network's file: with its number among those that differ only in case, where there are such.</summary>
    public static string Distinct(NetworkSpec network, EquatableArray<string> collisions)
    {
        string name = Of(network);
        int number = collisions.TakeWhile(other => other != name).Count(other => string.Equals(other, name, StringComparison.OrdinalIgnoreCase));

        return collisions.Contains(name) && number > 0 ? $"{name}-{number + 1}{Extension}" : name + Extension;
    }
}
