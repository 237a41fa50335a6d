using System.ComponentModel;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>Softmax and cross-entropy in one, by log-sum-exp.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SoftmaxCrossEntropy
{
    /// <summary>
    /// Effectively computes <c>p = softmax(z)</c> and returns the mean over samples of <c>log Σₖ exp(z[i, k]) − z[i, label]</c>.
    /// </summary>
    /// <param name="z">Logits [samples × classes].</param>
    /// <param name="labels">The class of each sample, from 0 to classes − 1; one of −1 adds nothing to the sum, which is divided by all samples.</param>
    /// <param name="p">Probabilities [samples × classes]; written.</param>
    /// <param name="samples">The number of samples, at least 1.</param>
    /// <typeparam name="TClasses">The number of classes.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is out of range.</exception>
    public static float Forward<TClasses>(ReadOnlySpan<float> z, ReadOnlySpan<int> labels, Span<float> p, int samples)
        where TClasses : struct, IDimension =>
        Forward<TClasses>(z, labels, 0f, p, samples);

    /// <summary>
    /// Effectively computes <c>p = softmax(z)</c> and returns the mean over samples of
    /// <c>log Σₖ exp(z[i, k]) − (1 − smoothing) · z[i, label] − smoothing · Σⱼ z[i, j] / classes</c>: the loss of the targets
    /// <c>(1 − smoothing) · [j = label] + smoothing / classes</c>.
    /// </summary>
    /// <param name="z">Logits [samples × classes].</param>
    /// <param name="labels">The class of each sample, from 0 to classes − 1; one of −1 adds nothing to the sum, which is divided by all samples.</param>
    /// <param name="smoothing">The part of each target that is spread over all classes, from 0 to less than 1.</param>
    /// <param name="p">Probabilities [samples × classes]; written.</param>
    /// <param name="samples">The number of samples, at least 1.</param>
    /// <typeparam name="TClasses">The number of classes.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label or <paramref name="smoothing"/> is out of range.</exception>
    public static float Forward<TClasses>(ReadOnlySpan<float> z, ReadOnlySpan<int> labels, float smoothing, Span<float> p, int samples)
        where TClasses : struct, IDimension
    {
        ShapeGuard.AtLeast(z.Length, samples, TClasses.Value);
        ShapeGuard.Exactly(labels.Length, samples, 1, nameof(labels));
        ShapeGuard.ClassesOrNone(labels, TClasses.Value);
        ShapeGuard.AtLeast(p.Length, samples, TClasses.Value);
        CheckSmoothing(smoothing);

        ref float z0 = ref MemoryMarshal.GetReference(z);
        ref float p0 = ref MemoryMarshal.GetReference(p);

        if (Vector512.IsHardwareAccelerated && TClasses.Value >= Simd512.Count)
        {
            return Forward<TClasses, Simd512, Vector512<float>>(ref z0, labels, smoothing, ref p0);
        }

        if (Vector256.IsHardwareAccelerated && TClasses.Value >= Simd256.Count)
        {
            return Forward<TClasses, Simd256, Vector256<float>>(ref z0, labels, smoothing, ref p0);
        }

        return Forward<TClasses, Simd128, Vector128<float>>(ref z0, labels, smoothing, ref p0);
    }

    /// <summary>
    /// Effectively computes <c>p = softmax(z)</c> and returns the mean over samples of <c>Σⱼ t[i, j] · (log Σₖ exp(z[i, k]) − z[i, j])</c>.
    /// </summary>
    /// <param name="z">Logits [samples × classes].</param>
    /// <param name="targets">One-hot or soft targets [samples × classes].</param>
    /// <param name="p">Probabilities [samples × classes]; written.</param>
    /// <param name="samples">The number of samples, at least 1.</param>
    /// <typeparam name="TClasses">The number of classes.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static float Forward<TClasses>(ReadOnlySpan<float> z, ReadOnlySpan<float> targets, Span<float> p, int samples)
        where TClasses : struct, IDimension =>
        Forward<TClasses>(z, targets, 0f, p, samples);

    /// <summary>
    /// Effectively computes <c>p = softmax(z)</c> and returns the mean over samples of <c>Σⱼ s[i, j] · (log Σₖ exp(z[i, k]) − z[i, j])</c>
    /// with the smoothed targets <c>s[i, j] = (1 − smoothing) · t[i, j] + smoothing / classes</c>.
    /// </summary>
    /// <param name="z">Logits [samples × classes].</param>
    /// <param name="targets">One-hot or soft targets [samples × classes].</param>
    /// <param name="smoothing">The part of each target that is spread over all classes, from 0 to less than 1.</param>
    /// <param name="p">Probabilities [samples × classes]; written.</param>
    /// <param name="samples">The number of samples, at least 1.</param>
    /// <typeparam name="TClasses">The number of classes.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="smoothing"/> is out of its range.</exception>
    public static float Forward<TClasses>(ReadOnlySpan<float> z, ReadOnlySpan<float> targets, float smoothing, Span<float> p, int samples)
        where TClasses : struct, IDimension
    {
        ShapeGuard.AtLeast(z.Length, samples, TClasses.Value);
        ShapeGuard.AtLeast(targets.Length, samples, TClasses.Value);
        ShapeGuard.AtLeast(p.Length, samples, TClasses.Value);
        CheckSmoothing(smoothing);

        ref float z0 = ref MemoryMarshal.GetReference(z);
        ref float t0 = ref MemoryMarshal.GetReference(targets);
        ref float p0 = ref MemoryMarshal.GetReference(p);

        if (Vector512.IsHardwareAccelerated && TClasses.Value >= Simd512.Count)
        {
            return Forward<TClasses, Simd512, Vector512<float>>(ref z0, ref t0, smoothing, ref p0, samples);
        }

        if (Vector256.IsHardwareAccelerated && TClasses.Value >= Simd256.Count)
        {
            return Forward<TClasses, Simd256, Vector256<float>>(ref z0, ref t0, smoothing, ref p0, samples);
        }

        return Forward<TClasses, Simd128, Vector128<float>>(ref z0, ref t0, smoothing, ref p0, samples);
    }

    /// <summary>Effectively computes <c>dz[i, j] = (p[i, j] − [j = label]) / samples</c>.</summary>
    /// <remarks>Where the label's probability is more than half, <c>1 − p</c> is the sum of the others, which stays exact when it nears 1.</remarks>
    /// <param name="p">The probabilities of the forward pass [samples × classes].</param>
    /// <param name="labels">The class of each sample; where it is −1, the gradients are zero.</param>
    /// <param name="dz">Gradients of the logits [samples × classes]; written.</param>
    /// <param name="samples">The number of samples, at least 1.</param>
    /// <typeparam name="TClasses">The number of classes.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is out of range.</exception>
    public static void Backward<TClasses>(ReadOnlySpan<float> p, ReadOnlySpan<int> labels, Span<float> dz, int samples)
        where TClasses : struct, IDimension =>
        Backward<TClasses>(p, labels, 0f, dz, samples);

    /// <summary>Effectively computes <c>dz[i, j] = (p[i, j] − (1 − smoothing) · [j = label] − smoothing / classes) / samples</c>.</summary>
    /// <remarks>Where the label's probability is more than half, <c>1 − p</c> is the sum of the others, which stays exact when it nears 1.</remarks>
    /// <param name="p">The probabilities of the forward pass [samples × classes].</param>
    /// <param name="labels">The class of each sample; where it is −1, the gradients are zero.</param>
    /// <param name="smoothing">The part of each target that is spread over all classes, from 0 to less than 1.</param>
    /// <param name="dz">Gradients of the logits [samples × classes]; written.</param>
    /// <param name="samples">The number of samples, at least 1.</param>
    /// <typeparam name="TClasses">The number of classes.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label or <paramref name="smoothing"/> is out of range.</exception>
    public static void Backward<TClasses>(ReadOnlySpan<float> p, ReadOnlySpan<int> labels, float smoothing, Span<float> dz, int samples)
        where TClasses : struct, IDimension
    {
        ShapeGuard.AtLeast(p.Length, samples, TClasses.Value);
        ShapeGuard.Exactly(labels.Length, samples, 1, nameof(labels));
        ShapeGuard.ClassesOrNone(labels, TClasses.Value);
        ShapeGuard.AtLeast(dz.Length, samples, TClasses.Value);
        CheckSmoothing(smoothing);

        ReadOnlySpan<float> differences = p[..(samples * TClasses.Value)];

        if (smoothing > 0f)
        {
            TensorPrimitives.Subtract(differences, smoothing / TClasses.Value, dz);
            differences = dz[..differences.Length];
        }

        TensorPrimitives.Divide(differences, samples, dz);

        // What smoothing takes from the label's target.
        float taken = smoothing * (TClasses.Value - 1) / TClasses.Value;

        for (int i = 0; i < samples; i++)
        {
            if (labels[i] == ShapeGuard.LeftOut)
            {
                dz.Slice(i * TClasses.Value, TClasses.Value).Clear();

                continue;
            }

            ReadOnlySpan<float> row = p.Slice(i * TClasses.Value, TClasses.Value);
            dz[(i * TClasses.Value) + labels[i]] = -(Complement(row, labels[i]) - taken) / samples;
        }
    }

    /// <summary>
    /// Effectively computes <c>dz[i, j] = (p[i, j] · Σₖ t[i, k] − t[i, j]) / samples</c>; the sum is 1 for targets that are a distribution.
    /// </summary>
    /// <remarks>
    /// Computed as <c>p·(Σt − t) − t·(1 − p)</c>. Where a probability is more than half, <c>1 − p</c> is the sum of the others,
    /// which stays exact when it nears 1.
    /// </remarks>
    /// <param name="p">The probabilities of the forward pass [samples × classes].</param>
    /// <param name="targets">One-hot or soft targets [samples × classes].</param>
    /// <param name="dz">Gradients of the logits [samples × classes]; written.</param>
    /// <param name="samples">The number of samples, at least 1.</param>
    /// <typeparam name="TClasses">The number of classes.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Backward<TClasses>(ReadOnlySpan<float> p, ReadOnlySpan<float> targets, Span<float> dz, int samples)
        where TClasses : struct, IDimension =>
        Backward<TClasses>(p, targets, 0f, dz, samples);

    /// <summary>
    /// Effectively computes <c>dz[i, j] = (p[i, j] · Σₖ s[i, k] − s[i, j]) / samples</c> with the smoothed targets
    /// <c>s[i, j] = (1 − smoothing) · t[i, j] + smoothing / classes</c>.
    /// </summary>
    /// <remarks>Computed as for targets that are not smoothed.</remarks>
    /// <param name="p">The probabilities of the forward pass [samples × classes].</param>
    /// <param name="targets">One-hot or soft targets [samples × classes].</param>
    /// <param name="smoothing">The part of each target that is spread over all classes, from 0 to less than 1.</param>
    /// <param name="dz">Gradients of the logits [samples × classes]; written.</param>
    /// <param name="samples">The number of samples, at least 1.</param>
    /// <typeparam name="TClasses">The number of classes.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="smoothing"/> is out of its range.</exception>
    public static void Backward<TClasses>(ReadOnlySpan<float> p, ReadOnlySpan<float> targets, float smoothing, Span<float> dz, int samples)
        where TClasses : struct, IDimension
    {
        ShapeGuard.AtLeast(p.Length, samples, TClasses.Value);
        ShapeGuard.AtLeast(targets.Length, samples, TClasses.Value);
        ShapeGuard.AtLeast(dz.Length, samples, TClasses.Value);
        CheckSmoothing(smoothing);

        for (int i = 0; i < samples; i++)
        {
            BackwardRow(
                p.Slice(i * TClasses.Value, TClasses.Value),
                targets.Slice(i * TClasses.Value, TClasses.Value),
                smoothing,
                dz.Slice(i * TClasses.Value, TClasses.Value),
                samples);
        }
    }

    /// <summary>Checks the part of a target that is spread.</summary>
    internal static void CheckSmoothing(float smoothing)
    {
        if (!(smoothing >= 0f && smoothing < 1f))
        {
            throw new ArgumentOutOfRangeException(nameof(smoothing), smoothing, $"Expected a number from 0 to less than 1, but it is {smoothing}.");
        }
    }

    private static void BackwardRow(ReadOnlySpan<float> p, ReadOnlySpan<float> t, float smoothing, Span<float> dz, int samples)
    {
        float kept = 1f - smoothing;
        float share = smoothing / p.Length;
        float total = (kept * TensorPrimitives.Sum(t)) + smoothing;

        for (int j = 0; j < p.Length; j++)
        {
            float target = (kept * t[j]) + share;
            dz[j] = ((p[j] * (total - target)) - (target * Complement(p, j))) / samples;
        }
    }

    /// <summary><c>1 − p[j]</c>, to the precision of the other probabilities where it is small.</summary>
    private static float Complement(ReadOnlySpan<float> p, int j)
    {
        return p[j] <= 0.5f ? 1f - p[j] : TensorPrimitives.Sum(p[..j]) + TensorPrimitives.Sum(p[(j + 1)..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Forward<TClasses, TSimd, TVector>(ref float z, ReadOnlySpan<int> labels, float smoothing, ref float p)
        where TClasses : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        double total = 0;

        foreach (int label in labels)
        {
            // Checked before, and once more here: another thread may have written into the labels since.
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)(label + 1), (uint)TClasses.Value, nameof(labels));

            Softmax.ForwardRow<TClasses, TSimd, TVector>(ref z, ref p, out float max, out float sum);

            if (label >= 0)
            {
                float difference = max - Unsafe.Add(ref z, label);

                if (smoothing > 0f)
                {
                    float mean = RowMath.SumOfDifferences<TSimd, TVector>(max, ref z, (nuint)TClasses.Value) / TClasses.Value;
                    difference = ((1f - smoothing) * difference) + (smoothing * mean);
                }

                total += difference + MathF.Log(sum);
            }

            z = ref Unsafe.Add(ref z, TClasses.Value);
            p = ref Unsafe.Add(ref p, TClasses.Value);
        }

        return (float)(total / labels.Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Forward<TClasses, TSimd, TVector>(ref float z, ref float t, float smoothing, ref float p, int samples)
        where TClasses : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        double total = 0;
        float kept = 1f - smoothing;
        float share = smoothing / TClasses.Value;

        for (int i = 0; i < samples; i++)
        {
            Softmax.ForwardRow<TClasses, TSimd, TVector>(ref z, ref p, out float max, out float sum);
            float logSum = MathF.Log(sum);

            for (int j = 0; j < TClasses.Value; j++)
            {
                // A class that is not a target adds nothing, even where its logit is so low that the difference is infinite.
                float target = (kept * Unsafe.Add(ref t, j)) + share;
                total += target == 0f ? 0f : target * ((max - Unsafe.Add(ref z, j)) + logSum);
            }

            z = ref Unsafe.Add(ref z, TClasses.Value);
            t = ref Unsafe.Add(ref t, TClasses.Value);
            p = ref Unsafe.Add(ref p, TClasses.Value);
        }

        return (float)(total / samples);
    }
}
