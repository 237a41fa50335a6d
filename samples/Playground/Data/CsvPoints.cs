using System.Globalization;

namespace Playground.Data;

/// <summary>Reads points from comma-separated values: two columns of numbers and one of classes.</summary>
internal static class CsvPoints
{
    private const int Columns = 3;
    private const int MostClasses = 8;

    private static readonly string[] s_columnNames = ["x", "y", "class"];

    /// <summary>
    /// Reads a text. Cells are parted by commas, semicolons or tabs, as in its first line; a first line without numbers names the columns. Each number is
    /// scaled so that the column goes from −1 to 1.
    /// </summary>
    /// <exception cref="PlaygroundException">The text is no such table; the message names line, column and value.</exception>
    public static PointSet Read(string text)
    {
        string[] lines = text.Split('\n');
        int first = Array.FindIndex(lines, static line => !string.IsNullOrWhiteSpace(line));

        if (first < 0)
        {
            throw new PlaygroundException("There is no line in these data. Expected are lines such as 5.1, 3.5, setosa.");
        }

        char separator = SeparatorOf(lines[first]);
        string[] cells = CellsOf(lines[first], first, separator);
        bool hasHeader = !IsNumber(cells[0], out _) && !IsNumber(cells[1], out _);
        string[] names = hasHeader ? cells : s_columnNames;

        List<double> xs = [];
        List<double> ys = [];
        List<int> labels = [];
        List<string> classes = [];

        for (int i = hasHeader ? first + 1 : first; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i]))
            {
                continue;
            }

            cells = CellsOf(lines[i], i, separator);
            xs.Add(NumberOf(cells, 0, i, names));
            ys.Add(NumberOf(cells, 1, i, names));
            labels.Add(ClassOf(cells[2], i, names, classes));
        }

        if (classes.Count < 2)
        {
            throw new PlaygroundException(classes.Count == 0
                ? "There are no lines of points below the names of the columns."
                : $"All lines have the class '{classes[0]}', but a network needs at least two classes to tell apart.");
        }

        if (labels.Count > PointSet.MostPoints)
        {
            throw new PlaygroundException($"There are {labels.Count} lines, but the page takes at most {PointSet.MostPoints}.");
        }

        Axis x = AxisOf(names[0], xs);
        Axis y = AxisOf(names[1], ys);
        float[] features = new float[2 * labels.Count];

        for (int i = 0; i < labels.Count; i++)
        {
            features[2 * i] = Scaled(xs[i], x);
            features[(2 * i) + 1] = Scaled(ys[i], y);
        }

        return PointSet.OfPlane(features, [.. labels]) with { ClassNames = classes, Axes = (x, y) };
    }

    private static char SeparatorOf(string line) => line.Contains('\t') ? '\t' : line.Contains(';') ? ';' : ',';

    private static string[] CellsOf(string line, int index, char separator)
    {
        string[] cells = [.. line.Split(separator).Select(static cell => cell.Trim().Trim('"'))];

        return cells.Length == Columns
            ? cells
            : throw new PlaygroundException(
                $"Line {index + 1} has {(cells.Length == 1 ? "1 column" : $"{cells.Length} columns")}, but {Columns} are needed: two numbers and a class.");
    }

    private static double NumberOf(string[] cells, int column, int line, string[] names) =>
        IsNumber(cells[column], out double value)
            ? value
            : throw new PlaygroundException($"Line {line + 1}, column {column + 1} ({names[column]}): '{cells[column]}' is not a number.");

    private static int ClassOf(string cell, int line, string[] names, List<string> classes)
    {
        if (cell.Length == 0)
        {
            throw new PlaygroundException($"Line {line + 1}, column {Columns} ({names[2]}): the class is missing.");
        }

        int label = classes.IndexOf(cell);

        if (label >= 0)
        {
            return label;
        }

        if (classes.Count == MostClasses)
        {
            throw new PlaygroundException(
                $"Line {line + 1}, column {Columns} ({names[2]}): '{cell}' is one class too many: the page shows at most {MostClasses}.");
        }

        classes.Add(cell);

        return classes.Count - 1;
    }

    private static bool IsNumber(string cell, out double value) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    private static Axis AxisOf(string name, List<double> values) => new(name, values.Min(), values.Max());

    /// <summary>Half the numbers are subtracted, so that no difference is too large.</summary>
    private static float Scaled(double value, Axis axis) =>
        axis.High > axis.Low ? (float)((2 * (((value / 2) - (axis.Low / 2)) / ((axis.High / 2) - (axis.Low / 2)))) - 1) : 0;
}
