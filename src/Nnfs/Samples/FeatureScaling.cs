namespace Nnfs;

/// <summary>How the numbers of a feature are scaled, by what was measured on the training samples.</summary>
public enum FeatureScaling
{
    /// <summary>To a mean of 0 and a standard deviation of 1.</summary>
    Standardize,

    /// <summary>From the least and the greatest value to 0 and 1.</summary>
    MinMax,

    /// <summary>Not at all.</summary>
    None,

    /// <summary>The logarithm of 1 + x, to a mean of 0 and a standard deviation of 1: for sums of money and other skewed numbers of at least 0.</summary>
    Log,
}
