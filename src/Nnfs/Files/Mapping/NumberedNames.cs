using System.Text.RegularExpressions;

namespace Nnfs.Files.Mapping;

/// <summary>Names that tell an order by the numbers in them: <c>layers.2</c> comes before <c>layers.10</c>.</summary>
internal static partial class NumberedNames
{
    /// <summary>The names in the order of their numbers; <see langword="null"/> where they differ in more.</summary>
    public static IReadOnlyList<T>? InOrder<T>(IReadOnlyList<T> items, Func<T, string> name)
    {
        if (items.Select(item => Number().Replace(name(item), "#")).Distinct(StringComparer.Ordinal).Skip(1).Any())
        {
            return null;
        }

        return [.. items.OrderBy(item => NumbersOf(name(item)), Comparer<string[]>.Create(Compare))];
    }

    private static string[] NumbersOf(string name) => [.. Number().Matches(name).Select(static match => match.Value.TrimStart('0'))];

    private static int Compare(string[] one, string[] other)
    {
        for (int i = 0; i < one.Length; i++)
        {
            int order = one[i].Length != other[i].Length ? one[i].Length.CompareTo(other[i].Length) : string.CompareOrdinal(one[i], other[i]);

            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    [GeneratedRegex(@"[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
