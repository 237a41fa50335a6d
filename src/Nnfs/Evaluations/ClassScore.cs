namespace Nnfs;

/// <summary>How well a network knows one class. A share of nothing, 0 / 0, counts as 0.</summary>
/// <param name="Class">The class, from 0; of several binary outputs the output, from 0, whose class is 1.</param>
/// <param name="Count">The number of samples of the class.</param>
/// <param name="Precision">Of the samples that were predicted to be of the class, the share that is.</param>
/// <param name="Recall">Of the samples of the class, the share that was predicted to be.</param>
/// <param name="F1">The harmonic mean of both: <c>2 · Precision · Recall / (Precision + Recall)</c>.</param>
public readonly record struct ClassScore(int Class, int Count, float Precision, float Recall, float F1)
{
    /// <summary>The score of a class from the number of its samples, of predictions of it, and of correct predictions.</summary>
    internal static ClassScore Of(int label, int count, int predicted, int right) =>

        // F1 in whole numbers: 2·P·R / (P + R) = 2·right / (count + predicted).
        new(label, count, Share(right, predicted), Share(right, count), Share(2L * right, (long)count + predicted));

    private static float Share(long part, long whole) => whole == 0 ? 0f : (float)((double)part / whole);
}
