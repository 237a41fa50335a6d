using System.Text;

namespace Nnfs.Tool.Files;

/// <summary>Writes rows whose columns are as wide as their longest text.</summary>
internal static class TextTable
{
    private const int MostWidth = 60;
    private const string Between = "  ";

    /// <summary>Writes a header and rows. Names come from files of others: signs that a terminal would obey are not written.</summary>
    public static void Write(string[] header, IReadOnlyList<string[]> rows, TextWriter output)
    {
        string[][] lines = [header, .. rows.Select(static row => Array.ConvertAll(row, Printable))];
        int[] widths = [.. header.Select((_, column) => Math.Min(MostWidth, lines.Max(line => line[column].Length)))];

        foreach (string[] line in lines)
        {
            output.WriteLine(string.Join(Between, line.Select((text, column) => text.PadRight(widths[column]))).TrimEnd());
        }
    }

    /// <summary>A text without signs that a terminal would obey.</summary>
    /// <param name="text">The text.</param>
    /// <param name="hasLines">Whether it may have several lines.</param>
    public static string Printable(string text, bool hasLines)
    {
        StringBuilder printable = new(text);

        for (int i = 0; i < printable.Length; i++)
        {
            printable[i] = char.IsControl(printable[i]) && !(hasLines && printable[i] == '\n') ? '\uFFFD' : printable[i];
        }

        return printable.ToString();
    }

    private static string Printable(string text) => Printable(text, hasLines: false);
}
