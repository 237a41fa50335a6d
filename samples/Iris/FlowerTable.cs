using System.Globalization;
using Nnfs;
using Sylvan.Data.Csv;

namespace Iris;

/// <summary>Measured flowers, as a CSV file with a header has them: four numbers, then the kind's name.</summary>
/// <param name="Flowers">A sample for each flower.</param>
/// <param name="Kinds">The kinds' names in the order in which they first appear: the first is class 0.</param>
internal sealed record FlowerTable(Dataset Flowers, IReadOnlyList<string> Kinds)
{
    /// <summary>Reads a table.</summary>
    /// <exception cref="InvalidDataException">A row does not have five fields, a field is not a number, or there are not three kinds.</exception>
    public static FlowerTable Read(TextReader text)
    {
        using CsvDataReader csv = CsvDataReader.Create(text, new CsvDataReaderOptions { Culture = CultureInfo.InvariantCulture });
        List<float> features = [];
        List<int> labels = [];
        List<string> kinds = [];

        while (csv.Read())
        {
            if (csv.RowFieldCount != IrisNet.InputSize + 1)
            {
                throw new InvalidDataException($"Row {csv.RowNumber} has {csv.RowFieldCount} fields, but {IrisNet.InputSize + 1} are expected.");
            }

            for (int i = 0; i < IrisNet.InputSize; i++)
            {
                features.Add(ReadNumber(csv, i));
            }

            string kind = csv.GetString(IrisNet.InputSize);
            int label = kinds.IndexOf(kind);

            if (label < 0)
            {
                label = kinds.Count;
                kinds.Add(kind);
            }

            labels.Add(label);
        }

        if (kinds.Count != IrisNet.OutputSize)
        {
            throw new InvalidDataException($"There are {kinds.Count} kinds of flowers, but {IrisNet.OutputSize} are expected.");
        }

        return new FlowerTable(new Dataset([.. features], [.. labels], IrisNet.InputSize, IrisNet.OutputSize), kinds);
    }

    private static float ReadNumber(CsvDataReader csv, int column)
    {
        string field = csv.GetString(column);

        return float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out float number) && float.IsFinite(number)
            ? number
            : throw new InvalidDataException($"Row {csv.RowNumber} has '{field}' under '{csv.GetName(column)}', which is not a number.");
    }
}
