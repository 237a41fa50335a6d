using Spectre.Console;

namespace Digits;

/// <summary>The confusion matrix as a table.</summary>
internal static class ConfusionTable
{
    public static void Show(int[,] counts)
    {
        int classes = counts.GetLength(0);
        Table table = new Table().RoundedBorder().Title("What is (rows), and what the network says (columns)");
        table.AddColumn("");

        for (int column = 0; column < classes; column++)
        {
            table.AddColumn(new TableColumn($"{column}").RightAligned());
        }

        for (int row = 0; row < classes; row++)
        {
            table.AddRow([new Text($"{row}"), .. Enumerable.Range(0, classes).Select(column => Cell(counts[row, column], row == column))]);
        }

        AnsiConsole.Write(table);
    }

    private static Text Cell(int count, bool isRight) =>
        new(count == 0 ? "·" : $"{count}", new Style(isRight ? Color.Green : count == 0 ? Color.Grey : Color.Red));
}
