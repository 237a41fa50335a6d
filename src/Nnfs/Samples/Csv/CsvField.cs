namespace Nnfs.Samples;

/// <summary>A field of a record.</summary>
/// <param name="Start">Its first character, from the start of the record.</param>
/// <param name="Length">The number of its characters.</param>
/// <param name="Line">The line of the file that it begins on.</param>
internal readonly record struct CsvField(int Start, int Length, int Line);
