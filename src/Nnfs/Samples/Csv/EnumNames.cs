namespace Nnfs.Samples;

/// <summary>The names of an enum as files have them.</summary>
/// <typeparam name="TEnum">The enum.</typeparam>
internal static class EnumNames<TEnum>
    where TEnum : struct, Enum
{
    private const int MostShown = 20;

    // In the order of the values with their signs, as the values of a sample have it.
    private static readonly (string Name, TEnum Value)[] s_pairs =
        [.. Enum.GetNames<TEnum>().Zip(Enum.GetValues<TEnum>()).OrderBy(static pair => pair.Second, Comparer<TEnum>.Default)];

    private static readonly string[] s_names = Array.ConvertAll(s_pairs, static pair => pair.Name);
    private static readonly TEnum[] s_values = Array.ConvertAll(s_pairs, static pair => pair.Value);

    /// <summary>The names as a list for people, cut off where it is long.</summary>
    public static string List => s_names.Length > MostShown
        ? $"{string.Join(", ", s_names.Take(MostShown))} and {s_names.Length - MostShown} more"
        : string.Join(", ", s_names);

    /// <summary>The name of a value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It has none.</exception>
    public static string Of(TEnum value) => Array.IndexOf(s_values, value) is >= 0 and int index
        ? s_names[index]
        : throw new ArgumentOutOfRangeException(nameof(value), value, $"{value} is none of the names of {typeof(TEnum).Name}, which are {List}.");

    /// <summary>Whether a text is exactly one of the names.</summary>
    public static bool IsName(ReadOnlySpan<char> text)
    {
        foreach (string name in s_names)
        {
            if (text.SequenceEqual(name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Finds a value by its name, or else by one that has the same letters and digits apart from case, if only one has; or by its number, as files with codes
    /// have it.
    /// </summary>
    public static bool TryFind(ReadOnlySpan<char> text, out TEnum value)
    {
        value = default;

        for (int i = 0; i < s_names.Length; i++)
        {
            if (text.SequenceEqual(s_names[i]))
            {
                value = s_values[i];

                return true;
            }
        }

        if (text.Length > 0 && (char.IsAsciiDigit(text[0]) || text[0] is '-' or '+'))
        {
            // Several numbers with commas would be one of a combination.
            return !text[1..].ContainsAnyExceptInRange('0', '9') && Enum.TryParse(text, out value) && Enum.IsDefined(value);
        }

        bool isFound = false;

        for (int i = 0; i < s_names.Length; i++)
        {
            if (LooseNames.Equal(text, s_names[i]))
            {
                if (isFound && !value.Equals(s_values[i]))
                {
                    return false;
                }

                value = s_values[i];
                isFound = true;
            }
        }

        return isFound;
    }
}
