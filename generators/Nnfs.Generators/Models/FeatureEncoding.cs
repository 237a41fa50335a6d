namespace Nnfs.Generators.Models;

/// <summary>How a feature becomes values.</summary>
internal enum FeatureEncoding
{
    /// <summary>A number, each number of an array, 0 or 1 of a bool.</summary>
    Number,

    /// <summary>One value for each name of an enum.</summary>
    OneHot,

    /// <summary>The index of an enum's name, which an embedding reads.</summary>
    Index,

    /// <summary>Sine and cosine of a phase.</summary>
    Cyclic,

    /// <summary>Parts of a date or time.</summary>
    Parts,
}
