namespace Nnfs;

/// <summary>What a feature is.</summary>
public enum FeatureKind
{
    /// <summary>A number, or an array of numbers.</summary>
    Number,

    /// <summary>A <see langword="bool"/>: 0 or 1.</summary>
    Boolean,

    /// <summary>An enum: one value for each of its names, or its index where it is embedded.</summary>
    Category,

    /// <summary>A number, date or time that comes round again: sine and cosine of its phase.</summary>
    Cyclic,

    /// <summary>Parts of a date or time.</summary>
    Date,
}
