namespace Nnfs.Generators.Models;

/// <summary>A feature of a sample.</summary>
/// <param name="Member">The member that it is.</param>
/// <param name="Start">The first of its values among those of the sample.</param>
/// <param name="Encoding">How it becomes values.</param>
/// <param name="Scaling">How its numbers are scaled.</param>
/// <param name="Embedding">The dimensions of its embedding; 0 for none.</param>
/// <param name="Period">The period of a number that comes round again; 0 for none.</param>
/// <param name="Parts">The parts of a date or time; of a cyclic one, the only part.</param>
internal sealed record FeatureSpec(
    SampleMember Member,
    int Start,
    FeatureEncoding Encoding,
    FeatureScaling Scaling,
    int Embedding,
    double Period,
    DateParts Parts)
{
    private static readonly DateParts[] s_parts =
        [DateParts.Hour, DateParts.DayOfWeek, DateParts.DayOfMonth, DateParts.Month, DateParts.DayOfYear, DateParts.Year];

    /// <summary>Its name in files and tables.</summary>
    public string Name => Member.Name;

    /// <summary>The names of an enum in the order of their values.</summary>
    public EquatableArray<string> Categories => Member.Kind == MemberKind.Enum ? Member.Categories : default;

    /// <summary>Whether it may be missing.</summary>
    public bool IsNullable => Member.IsNullable;

    /// <summary>The parts that it is written as, in their order.</summary>
    public IEnumerable<DateParts> WrittenParts => s_parts.Where(part => (Parts & part) != 0);

    /// <summary>The number of its values, without that which says whether it is missing.</summary>
    public int OwnValues => Encoding switch
    {
        FeatureEncoding.OneHot => Member.Categories.Count,
        FeatureEncoding.Cyclic => 2,
        FeatureEncoding.Parts => WrittenParts.Sum(static part => part == DateParts.Year ? 1 : 2),
        _ => Member.Length ?? 1,
    };

    /// <summary>The number of its values.</summary>
    public int Values => OwnValues + (Member.IsNullable && Encoding != FeatureEncoding.Index ? 1 : 0);
}
