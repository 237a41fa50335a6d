namespace Nnfs.Samples;

/// <summary>
/// Reads the records of a CSV text (RFC 4180) one by one. The fields are parts of one buffer, in which quoted ones have lost their quotation marks, so that
/// nothing is allocated for a record.
/// </summary>
/// <param name="reader">The text.</param>
/// <param name="separator">What is between two fields.</param>
internal sealed class CsvRecords(TextReader reader, char separator)
{
    /// <summary>A longer record is one quoted field that has no end.</summary>
    private const int LongestRecord = 1 << 26;

    private char[] _buffer = new char[1 << 14];
    private CsvField[] _fields = new CsvField[16];
    private int _record;
    private int _next;
    private int _end;
    private int _nextLine = 1;
    private bool _isAtEnd;
    private bool _hasBegun;

    /// <summary>The line on which the record begins, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>The number of fields of the record.</summary>
    public int Count { get; private set; }

    /// <summary>Whether the record is an empty line, or one of white space.</summary>
    public bool IsBlank { get; private set; }

    /// <summary>What is wrong with the record itself, as the rest of a sentence; <see langword="null"/> for nothing.</summary>
    public string? Fault { get; private set; }

    /// <summary>The text of a field.</summary>
    public ReadOnlySpan<char> this[int field] => _buffer.AsSpan(_record + _fields[field].Start, _fields[field].Length);

    /// <summary>The line on which a field begins, from 1.</summary>
    public int LineOf(int field) => _fields[field].Line;

    /// <summary>Goes on to the next record.</summary>
    /// <returns>Whether there is one.</returns>
    public bool Read()
    {
        _record = _next;
        Line = _nextLine;
        Count = 0;
        Fault = null;
        IsBlank = false;

        if (!_hasBegun)
        {
            _hasBegun = true;

            // A reader of a stream takes the byte order mark away, one of a string does not.
            if (HasMore() && _buffer[_next] == '\uFEFF')
            {
                _next++;
                _record++;
            }
        }

        if (!HasMore())
        {
            return false;
        }

        bool isFirst = true;

        do
        {
            if (HasMore() && _buffer[_next] == '"')
            {
                ReadQuoted();
            }
            else
            {
                int start = _next - _record;
                SkipText();
                Add(start, _next - _record - start, _nextLine);
                IsBlank = isFirst && _buffer.AsSpan(_record + start, _next - _record - start).IsWhiteSpace();
            }

            isFirst = false;
        }
        while (TakeSeparator());

        IsBlank &= Count == 1;

        return true;
    }

    /// <summary>Reads a field in quotation marks, of which two stand for one.</summary>
    private void ReadQuoted()
    {
        int line = _nextLine;
        int start = ++_next - _record;
        int length = 0;

        while (true)
        {
            if (_next - _record > LongestRecord || !HasMore())
            {
                Fault ??= $"has a quotation mark that is never closed, in field {Count + 1}";
                _next = _end;
                _isAtEnd = true;

                break;
            }

            char character = _buffer[_next++];

            if (character == '"')
            {
                if (!HasMore() || _buffer[_next] != '"')
                {
                    break;
                }

                _next++;
            }
            else if (character == '\n' || (character == '\r' && !(HasMore() && _buffer[_next] == '\n')))
            {
                _nextLine++;
            }

            _buffer[_record + start + length++] = character;
        }

        int after = _next - _record;
        SkipText();

        if (_next - _record > after)
        {
            Fault ??= $"has text after the closing quotation mark of field {Count + 1}";
        }

        Add(start, length, line);
    }

    /// <summary>Goes on to the end of a field without quotation marks.</summary>
    private void SkipText()
    {
        while (HasMore())
        {
            int length = _buffer.AsSpan(_next, _end - _next).IndexOfAny(separator, '\r', '\n');

            if (length >= 0)
            {
                _next += length;

                return;
            }

            _next = _end;

            if (_next - _record > LongestRecord)
            {
                Fault ??= $"is longer than {LongestRecord} characters";
                _isAtEnd = true;
            }
        }
    }

    /// <summary>Takes what ends a field.</summary>
    /// <returns>Whether another field of the record follows.</returns>
    private bool TakeSeparator()
    {
        if (!HasMore())
        {
            return false;
        }

        char character = _buffer[_next++];

        if (character == separator)
        {
            return true;
        }

        if (character == '\r' && HasMore() && _buffer[_next] == '\n')
        {
            _next++;
        }

        _nextLine++;

        return false;
    }

    private void Add(int start, int length, int line)
    {
        if (Count == _fields.Length)
        {
            Array.Resize(ref _fields, 2 * Count);
        }

        _fields[Count++] = new CsvField(start, length, line);
    }

    /// <summary>Whether there is another character; it is then in the buffer. The record moves to the front of the buffer where that is full.</summary>
    private bool HasMore()
    {
        if (_next < _end)
        {
            return true;
        }

        if (_isAtEnd)
        {
            return false;
        }

        if (_record > 0)
        {
            _buffer.AsSpan(_record.._end).CopyTo(_buffer);
            _next -= _record;
            _end -= _record;
            _record = 0;
        }
        else if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, 2 * _end);
        }

        int read = reader.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _isAtEnd = read == 0;

        return read > 0;
    }
}
