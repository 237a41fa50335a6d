namespace Nnfs;

/// <summary>A row of a CSV file that is being written.</summary>
public sealed class CsvRowWriter
{
    internal CsvRowWriter()
    {
    }
}
