using System.ComponentModel;

namespace Nnfs.Kernels;

/// <summary>Cross-entropy of probabilities, which are clipped to [1e-7, 1 − 1e-7] so that the logarithm stays finite.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CategoricalCrossEntropy
{
    private const double Smallest = 1e-7;
    private const double Greatest = 1 - 1e-7;

    /// <summary>Effectively computes the mean over samples of <c>−log clip(p[i, label])</c>.</summary>
    /// <param name="p">Probabilities [samples × classes].</param>
    /// <param name="labels">The class of each sample, from 0 to classes − 1; one of −1 adds nothing to the sum, which is divided by all samples.</param>
    /// <param name="samples">The number of samples, at least 1.</param>
    /// <typeparam name="TClasses">The number of classes.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is out of range.</exception>
    public static float Forward<TClasses>(ReadOnlySpan<float> p, ReadOnlySpan<int> labels, int samples)
        where TClasses : struct, IDimension
    {
        ShapeGuard.AtLeast(p.Length, samples, TClasses.Value);
        ShapeGuard.Exactly(labels.Length, samples, 1, nameof(labels));
        ShapeGuard.ClassesOrNone(labels, TClasses.Value);

        double total = 0;

        for (int i = 0; i < samples; i++)
        {
            if (labels[i] != ShapeGuard.LeftOut)
            {
                total -= Math.Log(Clip(p[(i * TClasses.Value) + labels[i]]));
            }
        }

        return (float)(total / samples);
    }

    /// <summary>Effectively computes the mean over samples of <c>−Σⱼ t[i, j] · log clip(p[i, j])</c>.</summary>
    /// <param name="p">Probabilities [samples × classes].</param>
    /// <param name="targets">One-hot or soft targets [samples × classes].</param>
    /// <param name="samples">The number of samples, at least 1.</param>
    /// <typeparam name="TClasses">The number of classes.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static float Forward<TClasses>(ReadOnlySpan<float> p, ReadOnlySpan<float> targets, int samples)
        where TClasses : struct, IDimension
    {
        ShapeGuard.AtLeast(p.Length, samples, TClasses.Value);
        ShapeGuard.AtLeast(targets.Length, samples, TClasses.Value);

        double total = 0;

        for (int i = 0; i < samples * TClasses.Value; i++)
        {
            total -= targets[i] * Math.Log(Clip(p[i]));
        }

        return (float)(total / samples);
    }

    /// <summary>Effectively computes <c>dp[i, j] = −[j = label] / clip(p[i, j]) / samples</c>.</summary>
    /// <param name="p">The probabilities of the forward pass [samples × classes].</param>
    /// <param name="labels">The class of each sample; where it is −1, the gradients are zero.</param>
    /// <param name="dp">Gradients of the probabilities [samples × classes]; written.</param>
    /// <param name="samples">The number of samples, at least 1.</param>
    /// <typeparam name="TClasses">The number of classes.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is out of range.</exception>
    public static void Backward<TClasses>(ReadOnlySpan<float> p, ReadOnlySpan<int> labels, Span<float> dp, int samples)
        where TClasses : struct, IDimension
    {
        ShapeGuard.AtLeast(p.Length, samples, TClasses.Value);
        ShapeGuard.Exactly(labels.Length, samples, 1, nameof(labels));
        ShapeGuard.ClassesOrNone(labels, TClasses.Value);
        ShapeGuard.AtLeast(dp.Length, samples, TClasses.Value);

        dp[..(samples * TClasses.Value)].Clear();

        for (int i = 0; i < samples; i++)
        {
            if (labels[i] != ShapeGuard.LeftOut)
            {
                int target = (i * TClasses.Value) + labels[i];
                dp[target] = (float)(-1 / Clip(p[target]) / samples);
            }
        }
    }

    /// <summary>Effectively computes <c>dp[i, j] = −t[i, j] / clip(p[i, j]) / samples</c>.</summary>
    /// <param name="p">The probabilities of the forward pass [samples × classes].</param>
    /// <param name="targets">One-hot or soft targets [samples × classes].</param>
    /// <param name="dp">Gradients of the probabilities [samples × classes]; written.</param>
    /// <param name="samples">The number of samples, at least 1.</param>
    /// <typeparam name="TClasses">The number of classes.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Backward<TClasses>(ReadOnlySpan<float> p, ReadOnlySpan<float> targets, Span<float> dp, int samples)
        where TClasses : struct, IDimension
    {
        ShapeGuard.AtLeast(p.Length, samples, TClasses.Value);
        ShapeGuard.AtLeast(targets.Length, samples, TClasses.Value);
        ShapeGuard.AtLeast(dp.Length, samples, TClasses.Value);

        for (int i = 0; i < samples * TClasses.Value; i++)
        {
            dp[i] = (float)(-targets[i] / Clip(p[i]) / samples);
        }
    }

    private static double Clip(float probability) => Math.Clamp(probability, Smallest, Greatest);
}
