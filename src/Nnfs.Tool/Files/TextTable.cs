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

    private static string Printable(string text)
    {
        StringBuilder printable = new(text);

        for (int i = 0; i < printable.Length; i++)
        {
            printable[i] = char.IsControl(printable[i]) ? '\uFFFD' : printable[i];
        }

        return printable.ToString();
    }
}
