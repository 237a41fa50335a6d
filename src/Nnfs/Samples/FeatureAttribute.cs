namespace Nnfs;

/// <summary>
/// Declares a member of a <see cref="SampleAttribute">[Sample]</see> as a feature: a number, a <see langword="bool"/>, an enum, a date or a time, any of
/// them nullable, or an array of numbers of a fixed length.
/// </summary>
/// <remarks>
/// A number is one value, a <see langword="bool"/> 0 or 1, an enum one value for each of its names, of which one is 1. A nullable member has one more value,
/// which is 1 where it is missing. Numbers that are missing get the mean of the training samples.
/// </remarks>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter, AllowMultiple = false, Inherited = false)]
public sealed class FeatureAttribute : Attribute
{
    /// <summary>A feature that is one number, <see langword="bool"/>, enum, date or time.</summary>
    public FeatureAttribute()
    {
    }

    /// <summary>A feature that is an array of numbers.</summary>
    /// <param name="length">The length that the array of every sample has, at least 1.</param>
    public FeatureAttribute(int length)
    {
        Length = length;
    }

    /// <summary>The length of the array; <see langword="null"/> for a feature that is none.</summary>
    public int? Length { get; }

    /// <summary>The column of a CSV file, and the name in files and tables; by default the member's name.</summary>
    public string? Name { get; set; }

    /// <summary>How numbers are scaled before the network reads them.</summary>
    public FeatureScaling Scaling { get; set; }

    /// <summary>
    /// The number of dimensions of an embedding for an enum: the network learns so many numbers for each of its names, instead of reading one value for each.
    /// </summary>
    public int Embedding { get; set; }

    /// <summary>
    /// The period of a number that comes round again, such as 360 for degrees: the network reads sine and cosine of its phase. Of a date or time, 24 is the
    /// hour of the day, 7 the day of the week, and 12 the month.
    /// </summary>
    public double Cyclic { get; set; }

    /// <summary>The parts of a date or time that the network reads; without any it reads the days since 2000-01-01.</summary>
    public DateParts Parts { get; set; }
}
