namespace Nnfs;

/// <summary>A row of a CSV file that is being read.</summary>
public sealed class CsvRow
{
    internal CsvRow()
    {
    }
}
