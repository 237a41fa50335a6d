namespace Nnfs;

/// <summary>How well a network knows one class. A share of nothing, 0 / 0, counts as 0.</summary>
/// <param name="Class">The class, from 0.</param>
/// <param name="Count">The number of samples of the class.</param>
/// <param name="Precision">Of the samples that were predicted to be of the class, the share that is.</param>
/// <param name="Recall">Of the samples of the class, the share that was predicted to be.</param>
/// <param name="F1">The harmonic mean of both: <c>2 · Precision · Recall / (Precision + Recall)</c>.</param>
public readonly record struct ClassScore(int Class, int Count, float Precision, float Recall, float F1);
