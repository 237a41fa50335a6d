using System.Numerics.Tensors;
using Spectre.Console;

namespace Digits;

/// <summary>The confusion matrix as a table.</summary>
internal static class ConfusionTable
{
    public static void Show(ReadOnlyTensorSpan<int> counts, Func<int, string> nameOf)
    {
        int classes = (int)counts.Lengths[0];
        Table table = new Table().RoundedBorder().Title("What is (rows), and what the network says (columns)");
        table.AddColumn("");

        for (int column = 0; column < classes; column++)
        {
            table.AddColumn(new TableColumn(new Text(nameOf(column))).RightAligned());
        }

        for (int row = 0; row < classes; row++)
        {
            Text[] cells = new Text[classes + 1];
            cells[0] = new Text(nameOf(row));

            for (int column = 0; column < classes; column++)
            {
                cells[column + 1] = Cell(counts[row, column], row == column);
            }

            table.AddRow(cells);
        }

        AnsiConsole.Write(table);
    }

    private static Text Cell(int count, bool isRight) =>
        new(count == 0 ? "·" : $"{count}", new Style(isRight ? Color.Green : count == 0 ? Color.Grey : Color.Red));
}
