using System.Globalization;
using Nnfs;
using Sylvan.Data.Csv;

namespace Iris;

/// <summary>Measured flowers: four numbers, then the kind's name in each row of a CSV file. The first row may be a header.</summary>
/// <param name="Flowers">A sample for each flower.</param>
/// <param name="Kinds">The kinds' names in the order in which they first appear: the first is class 0.</param>
internal sealed record FlowerTable(Dataset Flowers, IReadOnlyList<string> Kinds)
{
    private const int FieldCount = IrisNet.InputSize + 1;

    /// <summary>Reads a table. Blank rows are left out and not counted.</summary>
    /// <exception cref="InvalidDataException">
    /// The text is not CSV, a row does not have five fields, a field is not a number, or there are not three kinds.
    /// </exception>
    public static FlowerTable Read(TextReader text)
    {
        try
        {
            // Whether the first row is a header is decided here: the reader would take a flower for one.
            CsvDataReaderOptions options = new() { HasHeaders = false, Culture = CultureInfo.InvariantCulture };
            using CsvDataReader csv = CsvDataReader.Create(text, options);

            return Read(csv);
        }
        catch (FormatException exception)
        {
            throw new InvalidDataException($"The file is not CSV: {exception.Message}", exception);
        }
    }

    private static FlowerTable Read(CsvDataReader csv)
    {
        List<float> features = [];
        List<int> labels = [];
        List<string> kinds = [];
        string[]? header = null;

        while (csv.Read())
        {
            string[] fields = [.. Enumerable.Range(0, csv.RowFieldCount).Select(csv.GetString)];

            if (fields.All(string.IsNullOrWhiteSpace))
            {
                continue;
            }

            if (labels.Count == 0 && header is null && !fields.Any(static field => TryReadNumber(field, out _)))
            {
                header = fields;
                continue;
            }

            int row = labels.Count + 1;

            if (fields.Length != FieldCount)
            {
                throw new InvalidDataException($"Row {row} has {fields.Length} fields, but {FieldCount} are expected.");
            }

            for (int i = 0; i < IrisNet.InputSize; i++)
            {
                string column = header?.Length == FieldCount ? $"under '{header[i]}'" : $"in column {i + 1}";

                features.Add(
                    TryReadNumber(fields[i], out float number) && float.IsFinite(number)
                        ? number
                        : throw new InvalidDataException($"Row {row} has '{fields[i]}' {column}, which is not a number."));
            }

            string kind = fields[IrisNet.InputSize];

            if (!kinds.Contains(kind, StringComparer.Ordinal))
            {
                kinds.Add(kind);
            }

            labels.Add(kinds.IndexOf(kind));
        }

        return kinds.Count == IrisNet.OutputSize
            ? new FlowerTable(new Dataset([.. features], [.. labels], IrisNet.InputSize, IrisNet.OutputSize), kinds)
            : throw new InvalidDataException($"There are {kinds.Count} kinds of flowers, but {IrisNet.OutputSize} are expected.");
    }

    private static bool TryReadNumber(string field, out float number) =>
        float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
}
