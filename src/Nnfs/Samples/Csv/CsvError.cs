namespace Nnfs;

/// <summary>What is wrong with a cell or a line of a CSV file.</summary>
/// <param name="Line">The line of the file, from 1.</param>
/// <param name="Column">The name of the column; <see langword="null"/> where it is about the whole line.</param>
/// <param name="Value">What the cell holds, cut off where it is long; <see langword="null"/> where it is about the whole line.</param>
/// <param name="Reason">What is wrong, as the rest of a sentence that begins with the value or with "the line".</param>
public sealed record CsvError(int Line, string? Column, string? Value, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() =>
        Column is null ? $"line {Line} {Reason}" : $"line {Line}, column '{Column}': '{Value}' {Reason}";
}
