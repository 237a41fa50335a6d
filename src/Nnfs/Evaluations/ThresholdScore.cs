using System.Globalization;

namespace Nnfs;

/// <summary>
/// What becomes of yes or no if a network says yes from a probability on: for a class, whether a sample is of it. A share of nothing, 0 / 0, counts as 0.
/// </summary>
/// <param name="Threshold">The probability from which on it is yes.</param>
/// <param name="TruePositives">The samples of the class for which it is.</param>
/// <param name="FalsePositives">The samples of other classes for which it is.</param>
/// <param name="TrueNegatives">The samples of other classes for which it is not.</param>
/// <param name="FalseNegatives">The samples of the class for which it is not.</param>
public readonly record struct ThresholdScore(float Threshold, int TruePositives, int FalsePositives, int TrueNegatives, int FalseNegatives)
{
    /// <summary>Of the samples that were said to be of the class, the share that is.</summary>
    public double Precision => Share(TruePositives, TruePositives + (long)FalsePositives);

    /// <summary>Of the samples of the class, the share that was said to be: the sensitivity, or true positive rate.</summary>
    public double Recall => Share(TruePositives, TruePositives + (long)FalseNegatives);

    /// <summary>Of the samples of other classes, the share that was said not to be of this one: 1 − the false positive rate.</summary>
    public double Specificity => Share(TrueNegatives, TrueNegatives + (long)FalsePositives);

    /// <summary>Of the samples of other classes, the share that was said to be of this one.</summary>
    public double FalsePositiveRate => Share(FalsePositives, TrueNegatives + (long)FalsePositives);

    /// <summary>The harmonic mean of precision and recall.</summary>
    public double F1 => Share(2L * TruePositives, (2L * TruePositives) + FalsePositives + FalseNegatives);

    /// <summary>The share of all samples for which the answer is right.</summary>
    public double Accuracy =>
        Share((long)TruePositives + TrueNegatives, (long)TruePositives + FalsePositives + TrueNegatives + FalseNegatives);

    /// <summary>The threshold, precision, recall and F1, and the four counts.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"threshold {Threshold:0.0000}: precision {Precision:0.0000}, recall {Recall:0.0000}, F1 {F1:0.0000}; " +
        $"{TruePositives} + {FalsePositives} yes (right + wrong), {TrueNegatives} + {FalseNegatives} no");

    private static double Share(long part, long whole) => whole == 0 ? 0 : (double)part / whole;
}
