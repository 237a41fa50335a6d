using System.Collections.Immutable;
using System.ComponentModel;
using System.Globalization;
using System.Numerics;
using Nnfs.Samples;

namespace Nnfs;

/// <summary>
/// A row of a CSV file that is being read. Generated code asks it for values by the columns of the sample; what is bad is noted, and reported when the whole
/// file has been read.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CsvRow
{
    private const string NotNullable = "is a missing value, but the member is not nullable";
    private const string PartOfArray = "is a missing value, but other numbers of the array are there: all must be, or none";

    private readonly CsvRecords _records;
    private readonly CsvOptions _options;
    private readonly CsvErrors _errors;
    private readonly string[] _columns;
    private readonly ImmutableArray<string>[] _names;
    private readonly int[] _fields;
    private int _nullableArray = -1;

    internal CsvRow(CsvRecords records, CsvOptions options, CsvErrors errors, string[] columns, ImmutableArray<string>[] names, int[] fields)
    {
        _records = records;
        _options = options;
        _errors = errors;
        _columns = columns;
        _names = names;
        _fields = fields;
    }

    /// <summary>Whether a column is missing in this row, or in the whole file.</summary>
    /// <param name="column">The column.</param>
    public bool IsMissing(int column) => _fields[column] < 0 || (_options.IsMissing(Text(column)) && !IsName(column, Text(column)));

    /// <summary>Whether all columns of an array that is nullable are missing.</summary>
    /// <param name="column">The first column.</param>
    /// <param name="count">The number of columns.</param>
    public bool IsMissing(int column, int count)
    {
        _nullableArray = column;

        for (int i = 0; i < count; i++)
        {
            if (!IsMissing(column + i))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Reads a number.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="column">The column.</param>
    /// <returns>The number, or 0 where it is bad.</returns>
    public T ReadNumber<T>(int column)
        where T : struct, INumberBase<T> => ReadNumber<T>(column, NotNullable);

    /// <summary>Reads an array of numbers, one from each column.</summary>
    /// <typeparam name="T">Their type.</typeparam>
    /// <param name="column">The first column.</param>
    /// <param name="count">The number of columns.</param>
    public T[] ReadNumbers<T>(int column, int count)
        where T : struct, INumberBase<T>
    {
        T[] numbers = new T[count];
        string missing = column == _nullableArray ? PartOfArray : NotNullable;

        for (int i = 0; i < count; i++)
        {
            numbers[i] = ReadNumber<T>(column + i, missing);
        }

        return numbers;
    }

    /// <summary>Reads <c>true</c> or <c>false</c>, <c>yes</c> or <c>no</c>, 1 or 0, 1.0 or 0.0, in small letters or capitals.</summary>
    /// <param name="column">The column.</param>
    public bool ReadBoolean(int column)
    {
        ReadOnlySpan<char> text = Text(column);

        if (_options.IsMissing(text))
        {
            Fail(column, text, NotNullable);

            return false;
        }

        foreach (string word in (ReadOnlySpan<string>)["true", "1", "yes", "t", "y", "1.0"])
        {
            if (text.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        foreach (string word in (ReadOnlySpan<string>)["false", "0", "no", "f", "n", "0.0"])
        {
            if (text.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        Fail(column, text, "is neither true nor false, yes nor no, 1 nor 0");

        return false;
    }

    /// <summary>Reads a name of an enum, or the number of one.</summary>
    /// <typeparam name="TEnum">The enum.</typeparam>
    /// <param name="column">The column.</param>
    public TEnum ReadEnum<TEnum>(int column)
        where TEnum : struct, Enum
    {
        ReadOnlySpan<char> text = Text(column);

        if (!EnumNames<TEnum>.TryFind(text, out TEnum value))
        {
            Fail(column, text, Reason(text, $"is none of {EnumNames<TEnum>.List}"));
        }
        else if (_options.IsMissing(text) && !EnumNames<TEnum>.IsName(text))
        {
            Fail(column, text, NotNullable);
        }

        return value;
    }

    /// <summary>Reads a date.</summary>
    /// <param name="column">The column.</param>
    public DateOnly ReadDateOnly(int column)
    {
        ReadOnlySpan<char> text = Text(column);

        if (!CsvDates.TryParse(text, _options, out DateOnly value) || _options.IsMissing(text))
        {
            Fail(column, text, Reason(text, CsvDates.Reason(_options, "date", "2026-01-31")));
        }

        return value;
    }

    /// <summary>Reads a date with a time.</summary>
    /// <param name="column">The column.</param>
    public DateTime ReadDateTime(int column)
    {
        ReadOnlySpan<char> text = Text(column);

        if (!CsvDates.TryParse(text, _options, out DateTime value) || _options.IsMissing(text))
        {
            Fail(column, text, Reason(text, CsvDates.Reason(_options, "date with a time", "2026-01-31T08:30:00")));
        }
        else if (value.Kind == DateTimeKind.Local)
        {
            // It has been converted to the time zone of this machine.
            Fail(column, text, "has an offset, which a DateTime can't keep: make the member a DateTimeOffset");
        }

        return value;
    }

    /// <summary>Reads a date with a time and an offset; without one it is universal time.</summary>
    /// <param name="column">The column.</param>
    public DateTimeOffset ReadDateTimeOffset(int column)
    {
        ReadOnlySpan<char> text = Text(column);

        if (!CsvDates.TryParse(text, _options, out DateTimeOffset value) || _options.IsMissing(text))
        {
            Fail(column, text, Reason(text, CsvDates.Reason(_options, "date with a time", "2026-01-31T08:30:00+01:00")));
        }

        return value;
    }

    /// <summary>Reads a time.</summary>
    /// <param name="column">The column.</param>
    public TimeOnly ReadTimeOnly(int column)
    {
        ReadOnlySpan<char> text = Text(column);

        if (!CsvDates.TryParse(text, out TimeOnly value) || _options.IsMissing(text))
        {
            Fail(column, text, Reason(text, "is not a time such as 08:30:00"));
        }

        return value;
    }

    private static string TypeName(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.SByte => "sbyte",
        TypeCode.Byte => "byte",
        TypeCode.Int16 => "short",
        TypeCode.UInt16 => "ushort",
        TypeCode.Int32 => "int",
        TypeCode.UInt32 => "uint",
        TypeCode.Int64 => "long",
        TypeCode.UInt64 => "ulong",
        TypeCode.Single => "float",
        TypeCode.Double => "double",
        TypeCode.Decimal => "decimal",
        _ => type.Name,
    };

    private ReadOnlySpan<char> Text(int column) => _records[_fields[column]].Trim();

    private T ReadNumber<T>(int column, string missing)
        where T : struct, INumberBase<T>
    {
        ReadOnlySpan<char> text = Text(column);

        if (_options.IsMissing(text))
        {
            Fail(column, text, missing);

            return default;
        }

        // .NET takes numbers with null characters after them.
        bool hasNull = text.Contains('\0');

        if (T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out T value)
            && (T.IsFinite(value) || !text.ContainsAnyInRange('0', '9'))
            && !hasNull)
        {
            return value;
        }

        bool isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && !hasNull;
        string type = TypeName(typeof(T));
        Fail(column, text, !isNumber ? "is not a number"
            : T.IsFinite(value) && number == Math.Floor(number) ? $"is out of the range of {type}"
            : double.IsFinite(number) && number != Math.Floor(number) ? $"is not a whole number, as {type} is"
            : $"is too large for {type}");

        return default;
    }

    /// <summary>Whether a text is the name of a value of the column's enum.</summary>
    private bool IsName(int column, ReadOnlySpan<char> text)
    {
        foreach (string name in _names[column])
        {
            if (text.SequenceEqual(name))
            {
                return true;
            }
        }

        return false;
    }

    private string Reason(ReadOnlySpan<char> text, string reason) => _options.IsMissing(text) ? NotNullable : reason;

    private void Fail(int column, ReadOnlySpan<char> text, string reason) =>
        _errors.Add(_records.LineOf(_fields[column]), _columns[column], text, reason);
}
