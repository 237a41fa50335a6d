using System.ComponentModel;
using System.Globalization;
using System.Numerics;
using Nnfs.Samples;

namespace Nnfs;

/// <summary>A row of a CSV file that is being written. Generated code gives it the values in the order of the columns.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CsvRowWriter
{
    private readonly TextWriter _writer;
    private readonly CsvOptions _options;
    private readonly string? _missing;
    private readonly string[] _columns;
    private readonly bool[] _isNullable;
    private int _fields;
    private bool _isEmpty;

    internal CsvRowWriter(TextWriter writer, CsvOptions options, string[] columns, bool[] isNullable)
    {
        _writer = writer;
        _options = options;
        _missing = options.MissingValues.Count > 0 ? options.MissingValues[0] : null;
        _columns = columns;
        _isNullable = isNullable;
    }

    /// <summary>Writes a number, or a gap.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="value">The number.</param>
    /// <exception cref="ArgumentException">It would be read as a missing value, as NaN is, and the member is not nullable.</exception>
    public void WriteNumber<T>(T? value)
        where T : struct, INumberBase<T> => WriteFormatted(value, default, mayBeMissing: value is { } number && T.IsNaN(number) && _isNullable[_fields]);

    /// <summary>Writes an array of numbers, one into each column.</summary>
    /// <typeparam name="T">Their type.</typeparam>
    /// <param name="numbers">The numbers.</param>
    /// <param name="length">How many there must be.</param>
    /// <param name="member">The name of the array.</param>
    /// <exception cref="ArgumentException">There are more or fewer, or one would be read as a missing value, as NaN is.</exception>
    public void WriteNumbers<T>(ReadOnlySpan<T> numbers, int length, string member)
        where T : struct, INumberBase<T>
    {
        if (numbers.Length != length)
        {
            throw Kernels.SampleValues.WrongLength(numbers.Length, length, member);
        }

        foreach (T number in numbers)
        {
            WriteFormatted<T>(number, default);
        }
    }

    /// <summary>Writes <c>true</c> or <c>false</c>, or a gap.</summary>
    /// <param name="value">The value.</param>
    public void WriteBoolean(bool? value)
    {
        if (value is { } present)
        {
            WriteValue(present ? "true" : "false");
        }
        else
        {
            WriteMissing(1);
        }
    }

    /// <summary>Writes a name of an enum, or a gap.</summary>
    /// <typeparam name="TEnum">The enum.</typeparam>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value has no name.</exception>
    /// <exception cref="ArgumentException">The text of a gap is a name of the enum.</exception>
    public void WriteEnum<TEnum>(TEnum? value)
        where TEnum : struct, Enum
    {
        if (value is { } present)
        {
            Write(EnumNames<TEnum>.Of(present));
        }
        else if (_missing is not null && EnumNames<TEnum>.IsName(_missing.AsSpan().Trim()))
        {
            throw new ArgumentException(
                $"A missing value of the column '{_columns[_fields]}' would be read as {typeof(TEnum).Name}.{_missing.Trim()}. "
                + "The first of CsvOptions.MissingValues, which is written, must be no name of an enum.");
        }
        else
        {
            WriteMissing(1);
        }
    }

    /// <summary>Writes a date, or a gap.</summary>
    /// <param name="value">The date.</param>
    public void WriteDateOnly(DateOnly? value) => WriteFormatted(value, _options.DateFormat ?? "yyyy-MM-dd");

    /// <summary>Writes a date with a time, or a gap.</summary>
    /// <param name="value">The date.</param>
    /// <remarks>That of a local time is written without its offset, as the clock shows it, because other machines have other time zones.</remarks>
    public void WriteDateTime(DateTime? value) => WriteFormatted(
        value is { Kind: DateTimeKind.Local } local ? DateTime.SpecifyKind(local, DateTimeKind.Unspecified) : value, _options.DateFormat ?? "O");

    /// <summary>Writes a date with a time and an offset, or a gap.</summary>
    /// <param name="value">The date.</param>
    public void WriteDateTimeOffset(DateTimeOffset? value) => WriteFormatted(value, _options.DateFormat ?? "O");

    /// <summary>Writes a time, or a gap.</summary>
    /// <param name="value">The time.</param>
    public void WriteTimeOnly(TimeOnly? value) => WriteFormatted(value, "O");

    /// <summary>Writes gaps.</summary>
    /// <param name="count">How many.</param>
    /// <exception cref="ArgumentException">The options have no text for them.</exception>
    public void WriteMissing(int count)
    {
        if (_missing is null)
        {
            throw new ArgumentException(
                $"The column '{_columns[_fields]}' has a missing value, but CsvOptions.MissingValues is empty: it must have the text to write.");
        }

        for (int i = 0; i < count; i++)
        {
            Write(_missing);
        }
    }

    /// <summary>Writes a field, in quotation marks where it could be read as something else.</summary>
    internal void Write(ReadOnlySpan<char> text)
    {
        if (_fields++ > 0)
        {
            _writer.Write(_options.Separator);
        }

        _isEmpty = text.IsEmpty;
        bool isPlain = text.IsEmpty
            || (text.IndexOfAny('"', '\r', '\n') < 0 && !text.Contains(_options.Separator) && !char.IsWhiteSpace(text[0]) && !char.IsWhiteSpace(text[^1]));

        if (isPlain)
        {
            _writer.Write(text);

            return;
        }

        _writer.Write('"');

        foreach (char character in text)
        {
            if (character == '"')
            {
                _writer.Write('"');
            }

            _writer.Write(character);
        }

        _writer.Write('"');
    }

    /// <summary>Ends the row.</summary>
    internal void End()
    {
        // A line without anything would not count as a row.
        _writer.Write(_fields == 1 && _isEmpty ? "\"\"\r\n" : "\r\n");
        _fields = 0;
    }

    /// <summary>Writes what must not be read as a missing value.</summary>
    private void WriteValue(ReadOnlySpan<char> text, bool mayBeMissing = false)
    {
        if (!mayBeMissing && _options.IsMissing(text))
        {
            throw new ArgumentException(
                $"'{text}' in the column '{_columns[_fields]}' would be read as a missing value: "
                + "make the member nullable and leave it out, or take the text out of CsvOptions.MissingValues.");
        }

        Write(text);
    }

    private void WriteFormatted<T>(T? value, ReadOnlySpan<char> format, bool mayBeMissing = false)
        where T : struct, ISpanFormattable
    {
        if (value is not { } present)
        {
            WriteMissing(1);

            return;
        }

        Span<char> text = stackalloc char[128];

        if (present.TryFormat(text, out int length, format, CultureInfo.InvariantCulture))
        {
            WriteValue(text[..length], mayBeMissing);
        }
        else
        {
            WriteValue(present.ToString(format.ToString(), CultureInfo.InvariantCulture), mayBeMissing);
        }
    }
}
