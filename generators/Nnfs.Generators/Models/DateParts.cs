namespace Nnfs.Generators.Models;

/// <summary>Parts of a date or time, as the library's own enumeration of that name has them.</summary>
[Flags]
internal enum DateParts
{
    None = 0,
    Hour = 1,
    DayOfWeek = 2,
    DayOfMonth = 4,
    Month = 8,
    DayOfYear = 16,
    Year = 32,
}
