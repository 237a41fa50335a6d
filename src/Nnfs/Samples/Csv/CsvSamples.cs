using System.Collections.Immutable;

namespace Nnfs.Samples;

/// <summary>Reads and writes samples as CSV text.</summary>
internal static class CsvSamples
{
    /// <summary>Reads all samples of a text.</summary>
    /// <typeparam name="TSample">The type of the samples.</typeparam>
    /// <param name="reader">The text.</param>
    /// <param name="options">How it is written.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="CsvException">Something in it can't be read.</exception>
    public static List<TSample> Read<TSample>(TextReader reader, CsvOptions options, string name)
        where TSample : ISample<TSample>
    {
        options.Check();
        ImmutableArray<CsvColumn> columns = TSample.Columns;
        CsvRecords records = new(reader, options.Separator);
        CsvErrors errors = new(options.MaxErrors);
        int[] fields = [.. Enumerable.Range(0, columns.Length)];
        int count = columns.Length;

        if (options.HasHeader)
        {
            fields = ReadHeader(records, columns, errors, out count);
            errors.Throw(name);
        }

        CsvRow row = new(
            records, options, errors, Names(columns), [.. columns.Select(static column => EnumNamesOf(TSample.Schema, column.Name))], fields);
        List<TSample> samples = [];

        while (records.Read())
        {
            if (records.Fault is { } fault)
            {
                errors.Add(records.Line, fault);
            }
            else if (records.Count != count && !records.IsBlank)
            {
                string expected = options.HasHeader ? $"the header has {count}" : $"there are {count} columns";
                errors.Add(records.Line, $"has {records.Count} field{(records.Count == 1 ? "" : "s")}, but {expected}");
            }
            else if (!records.IsBlank)
            {
                Parse(row, records.Line, errors, samples);
            }
        }

        errors.Throw(name);

        return samples;
    }

    /// <summary>Writes samples, a line each.</summary>
    /// <typeparam name="TSample">The type of the samples.</typeparam>
    /// <param name="writer">Takes the text.</param>
    /// <param name="samples">The samples.</param>
    /// <param name="options">How they are written.</param>
    public static void Write<TSample>(TextWriter writer, IEnumerable<TSample> samples, CsvOptions options)
        where TSample : ISample<TSample>
    {
        options.Check();
        ImmutableArray<CsvColumn> columns = TSample.Columns;
        string[] names = Names(columns);
        bool[] isNullable = [.. columns.Select(static column =>
            column.IsOptional || TSample.Schema.Features.Any(feature => feature.IsNullable && feature.Name == column.Name))];

        if (options.MissingValues.Count == 0)
        {
            // A missing value can't be written: nothing is, if there is one.
            samples = [.. samples];
            WriteRows(new CsvRowWriter(TextWriter.Null, options, names, isNullable), samples);
        }

        CsvRowWriter row = new(writer, options, names, isNullable);

        if (options.HasHeader)
        {
            foreach (string name in names)
            {
                row.Write(name);
            }

            row.End();
        }

        WriteRows(row, samples);
    }

    private static void WriteRows<TSample>(CsvRowWriter row, IEnumerable<TSample> samples)
        where TSample : ISample<TSample>
    {
        foreach (TSample sample in samples)
        {
            sample.WriteFields(row);
            row.End();
        }
    }

    private static string[] Names(ImmutableArray<CsvColumn> columns) => [.. columns.Select(static column => column.Name)];

    /// <summary>The names of the enum that a column is of; none where it is of no enum.</summary>
    private static ImmutableArray<string> EnumNamesOf(SampleSchema schema, string column) =>
        schema.Features.FirstOrDefault(feature => feature.Name == column)?.Categories
        ?? (schema.Label is { } label && label.Name == column ? label.Classes : []);

    private static void Parse<TSample>(CsvRow row, int line, CsvErrors errors, List<TSample> samples)
        where TSample : ISample<TSample>
    {
        int before = errors.Count;

        try
        {
            TSample sample = TSample.Parse(row);

            if (errors.Count == 0)
            {
                samples.Add(sample);
            }
        }
        catch (ArgumentException exception)
        {
            // The user's constructor refuses the values, unless it got those that bad cells were replaced by.
            if (errors.Count == before)
            {
                errors.Add(line, $"makes no {TSample.Schema.Name}: {exception.Message}");
            }
        }
    }

    /// <summary>The field of each column; −1 for one that may be missing and is.</summary>
    private static int[] ReadHeader(CsvRecords records, ImmutableArray<CsvColumn> columns, CsvErrors errors, out int count)
    {
        bool isAny;

        do
        {
            isAny = records.Read();
        }
        while (isAny && records.IsBlank);

        count = records.Count;

        if (!isAny)
        {
            errors.Add(1, "is empty, but the first line must name the columns");

            return [];
        }

        if (records.Fault is { } fault)
        {
            errors.Add(records.Line, fault);

            return [];
        }

        string[] names = [.. Enumerable.Range(0, count).Select(field => records[field].Trim().ToString())];
        int[] fields = [.. columns.Select(column => Array.IndexOf(names, column.Name))];
        bool[] isTaken = new bool[count];

        foreach (int field in fields)
        {
            if (field >= 0)
            {
                isTaken[field] = true;
            }
        }

        for (int i = 0; i < fields.Length; i++)
        {
            string column = columns[i].Name;
            int[] candidates = fields[i] >= 0
                ? [.. Enumerable.Range(0, count).Where(field => names[field] == column)]
                : [.. Enumerable.Range(0, count).Where(field => !isTaken[field] && LooseNames.Equal(names[field], column))];

            if (candidates.Length > 1)
            {
                string found = string.Join(", ", candidates.Select(field => names[field]));
                errors.Add(records.Line, $"has {candidates.Length} columns that can be '{column}': {found}");
            }
            else if (candidates.Length == 1)
            {
                fields[i] = candidates[0];
            }
            else if (!columns[i].IsOptional)
            {
                errors.Add(records.Line, $"has no column '{column}', but {Listed(names)}");
            }
        }

        for (int i = 0; i < fields.Length; i++)
        {
            CheckField(i, columns, fields, names, records.Line, errors);
        }

        return fields;
    }

    /// <summary>Notes a field that is already another column's, and one that only a part of an array has none of.</summary>
    private static void CheckField(int index, ImmutableArray<CsvColumn> columns, int[] fields, string[] names, int line, CsvErrors errors)
    {
        string column = columns[index].Name;

        if (fields[index] >= 0)
        {
            int first = Array.IndexOf(fields, fields[index]);

            if (first < index)
            {
                errors.Add(line, $"has one column '{names[fields[index]]}' that can be both '{columns[first].Name}' and '{column}'");
            }
        }
        else if (columns[index].IsOptional && column.EndsWith(']'))
        {
            string array = column[..(column.LastIndexOf('[') + 1)];
            int other = Enumerable.Range(0, fields.Length).FirstOrDefault(
                i => fields[i] >= 0 && columns[i].Name.EndsWith(']') && columns[i].Name.StartsWith(array, StringComparison.Ordinal), -1);

            if (other >= 0)
            {
                errors.Add(line, $"has no column '{column}', but has '{columns[other].Name}': all columns of an array must be there, or none");
            }
        }
    }

    private static string Listed(string[] names)
    {
        const int Most = 20;

        return names.Length > Most ? $"{string.Join(", ", names.Take(Most))} and {names.Length - Most} more" : string.Join(", ", names);
    }
}
