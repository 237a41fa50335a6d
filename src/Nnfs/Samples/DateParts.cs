namespace Nnfs;

/// <summary>Parts of a date or time. Each but the year is read as sine and cosine of its phase, so that the end comes next to the beginning.</summary>
[Flags]
public enum DateParts
{
    /// <summary>No parts: the days since 2000-01-01, a number.</summary>
    None = 0,

    /// <summary>The hour of the day with its fraction, of 24.</summary>
    Hour = 1,

    /// <summary>The day of the week, of 7.</summary>
    DayOfWeek = 2,

    /// <summary>The day of the month, of the number of days of that month.</summary>
    DayOfMonth = 4,

    /// <summary>The month, of 12.</summary>
    Month = 8,

    /// <summary>The day of the year, of the number of days of that year.</summary>
    DayOfYear = 16,

    /// <summary>The year, a number.</summary>
    Year = 32,
}
