using System.Collections.Immutable;

namespace Nnfs;

/// <summary>A CSV file has cells that can't be read. The message lists the first ones, each with its line, column and value.</summary>
public sealed class CsvException : FormatException
{
    /// <summary>An exception without a message of its own.</summary>
    public CsvException()
    {
    }

    /// <summary>An exception with a message.</summary>
    /// <param name="message">What is wrong.</param>
    public CsvException(string? message)
        : base(message)
    {
    }

    /// <summary>An exception with a message and a cause.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">The cause.</param>
    public CsvException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal CsvException(string name, ImmutableArray<CsvError> errors, int count)
        : base(Message(name, errors, count))
    {
        Errors = errors;
        ErrorCount = count;
    }

    /// <summary>The first faults, in the order of the file.</summary>
    public ImmutableArray<CsvError> Errors { get; } = [];

    /// <summary>The number of all faults.</summary>
    public int ErrorCount { get; }

    private static new string Message(string name, ImmutableArray<CsvError> errors, int count)
    {
        if (count == 1)
        {
            return $"{name} can't be read: {errors[0]}.";
        }

        string rest = count > errors.Length ? $"\n  and {count - errors.Length} more" : "";

        return $"{name} can't be read; {count} faults:\n{string.Join("\n", errors.Select(static error => $"  {error}"))}{rest}";
    }
}
