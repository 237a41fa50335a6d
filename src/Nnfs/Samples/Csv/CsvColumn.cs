namespace Nnfs;

/// <summary>A column of a CSV file of samples.</summary>
/// <param name="Name">The column's name: that of a feature or label, or of a number of an array, such as <c>Readings[3]</c>.</param>
/// <param name="IsOptional">Whether files may be without it: the label of samples that are to be predicted, where it is nullable.</param>
public sealed record CsvColumn(string Name, bool IsOptional = false)
{
    /// <summary>The columns of an array of numbers.</summary>
    /// <param name="name">The array's name.</param>
    /// <param name="length">Its length.</param>
    /// <param name="isOptional">Whether files may be without them.</param>
    public static IEnumerable<CsvColumn> Range(string name, int length, bool isOptional = false) =>
        Enumerable.Range(0, length).Select(index => new CsvColumn($"{name}[{index}]", isOptional));
}
