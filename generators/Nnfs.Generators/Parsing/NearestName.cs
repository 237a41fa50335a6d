namespace Nnfs.Generators.Parsing;

/// <summary>Guesses which name was meant.</summary>
internal static class NearestName
{
    /// <summary>
    /// The name with the fewest edits (Levenshtein 1966), of small letters and capitals alike: no more than a third of its letters, but one where it has at
    /// least three; <see langword="null"/> where none is so near.
    /// </summary>
    public static string? Of(string written, IEnumerable<string> names)
    {
        string? nearest = null;
        int fewest = (written.Length < 3 ? 0 : Math.Max(1, written.Length / 3)) + 1;

        foreach (string name in names)
        {
            int edits = Edits(written.ToUpperInvariant(), name.ToUpperInvariant());

            if (edits < fewest)
            {
                nearest = name;
                fewest = edits;
            }
        }

        return nearest;
    }

    /// <summary>The number of letters that must be inserted, removed or replaced.</summary>
    private static int Edits(string from, string to)
    {
        int[] row = new int[to.Length + 1];

        for (int column = 0; column <= to.Length; column++)
        {
            row[column] = column;
        }

        for (int line = 1; line <= from.Length; line++)
        {
            int diagonal = row[0];
            row[0] = line;

            for (int column = 1; column <= to.Length; column++)
            {
                int replaced = diagonal + (from[line - 1] == to[column - 1] ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.Min(replaced, Math.Min(row[column], row[column - 1]) + 1);
            }
        }

        return row[to.Length];
    }
}
