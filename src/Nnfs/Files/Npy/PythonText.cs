using System.Collections.Immutable;

namespace Nnfs.Files.Npy;

/// <summary>Reads what the header of an array is written in: dictionaries, strings, tuples and truth values of Python, and nothing else of it.</summary>
internal ref struct PythonText(ReadOnlySpan<char> text)
{
    private const int LongestInMessages = 50;

    private readonly ReadOnlySpan<char> _text = text;
    private int _position;

    /// <summary>A text for a message, cut short if it is long.</summary>
    public static string Cut(string text) => text.Length <= LongestInMessages ? text : text[..LongestInMessages] + "…";

    /// <summary>Takes a character, if it is the next.</summary>
    public bool TryTake(char character)
    {
        SkipSpaces();

        if (_position >= _text.Length || _text[_position] != character)
        {
            return false;
        }

        _position++;

        return true;
    }

    /// <summary>Takes the character that must come.</summary>
    public void Take(char character)
    {
        if (!TryTake(character))
        {
            throw Fault($"has something else than '{character}' at byte {_position}");
        }
    }

    /// <summary>Takes a string without escapes.</summary>
    public string TakeString()
    {
        SkipSpaces();
        int start = _position + 1;
        int length = _position < _text.Length && _text[_position] is '\'' or '"' ? _text[start..].IndexOf(_text[_position]) : -1;

        if (length < 0 || _text.Slice(start, length).Contains('\\'))
        {
            throw Fault($"has no plain string at byte {_position}");
        }

        _position = start + length + 1;

        return _text.Slice(start, length).ToString();
    }

    /// <summary>Takes a truth value.</summary>
    public bool TakeBoolean()
    {
        SkipSpaces();

        foreach (bool value in (ReadOnlySpan<bool>)[true, false])
        {
            string word = value ? "True" : "False";

            if (_text[_position..].StartsWith(word, StringComparison.Ordinal))
            {
                _position += word.Length;

                return value;
            }
        }

        throw Fault($"has neither True nor False at byte {_position}");
    }

    /// <summary>Takes a tuple of lengths.</summary>
    /// <param name="most">The most that it may have.</param>
    public ImmutableArray<long> TakeTuple(int most)
    {
        ImmutableArray<long>.Builder numbers = ImmutableArray.CreateBuilder<long>();
        bool mayEnd = true;
        Take('(');

        while (!(mayEnd && TryTake(')')))
        {
            numbers.Add(TakeLength());

            if (numbers.Count > most)
            {
                throw Fault($"has a shape of more than {most} dimensions");
            }

            mayEnd = TryTake(',');

            // A number in parentheses is no tuple.
            if (!mayEnd)
            {
                Take(')');

                return numbers.Count > 1 ? numbers.DrainToImmutable() : throw Fault("has a shape that is no tuple");
            }
        }

        return numbers.DrainToImmutable();
    }

    /// <summary>Checks that nothing comes after what was taken.</summary>
    public void TakeEnd()
    {
        SkipSpaces();

        if (_position < _text.Length)
        {
            throw Fault($"goes on after its dictionary, at byte {_position}");
        }
    }

    public static NumpyException Fault(string fault) => new($"The header of the array {fault}.");

    private long TakeLength()
    {
        SkipSpaces();
        int start = _position;
        long number = 0;

        while (_position < _text.Length && char.IsAsciiDigit(_text[_position]))
        {
            int digit = _text[_position] - '0';

            if (number > (long.MaxValue - digit) / 10)
            {
                throw Fault("has a length of more than 63 bits");
            }

            number = (number * 10) + digit;
            _position++;
        }

        if (_position == start)
        {
            throw Fault($"has no length at byte {_position}");
        }

        // Python 2 marks large numbers.
        if (_position < _text.Length && _text[_position] == 'L')
        {
            _position++;
        }

        return number;
    }

    private void SkipSpaces()
    {
        while (_position < _text.Length && _text[_position] is ' ' or '\n' or '\t' or '\r')
        {
            _position++;
        }
    }
}
