namespace Nnfs;

/// <summary>
/// Declares a member of a <see cref="SampleAttribute">[Sample]</see> as what the network predicts: an enum or a <see langword="bool"/>, whose values are
/// classes, or numbers, which are the targets of a regression. Where it is nullable, a sample without it can be predicted, but not trained on.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter, AllowMultiple = false, Inherited = false)]
public sealed class LabelAttribute : Attribute
{
    /// <summary>A label that is an enum, a <see langword="bool"/> or a number.</summary>
    public LabelAttribute()
    {
    }

    /// <summary>A label that is an array of numbers.</summary>
    /// <param name="length">The length that the array of every sample has, at least 1.</param>
    public LabelAttribute(int length)
    {
        Length = length;
    }

    /// <summary>The length of the array; <see langword="null"/> for a label that is none.</summary>
    public int? Length { get; }

    /// <summary>The column of a CSV file, and the name in files and tables; by default the member's name.</summary>
    public string? Name { get; set; }

    /// <summary>
    /// How numbers are scaled before the network learns them: <see cref="FeatureScaling.Standardize"/>, with which prices of thousands are learnt as quickly as
    /// shares of one, or <see cref="FeatureScaling.None"/>. Predictions and evaluations are in the label's own units, losses in scaled ones.
    /// </summary>
    public FeatureScaling Scaling { get; set; }
}
