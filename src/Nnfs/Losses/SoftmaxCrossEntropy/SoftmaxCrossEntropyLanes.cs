using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>
/// Softmax and cross-entropy in one, with samples in the lanes, see <see cref="Lanes"/>. The formulas are those of <see cref="SoftmaxCrossEntropy"/>.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SoftmaxCrossEntropyLanes
{
    /// <summary>
    /// Effectively computes <c>p = softmax(z)</c> and returns the mean over samples of <c>log Σₖ exp(z[k, i]) − z[label, i]</c>.
    /// </summary>
    /// <param name="z">Logits [classes × stride].</param>
    /// <param name="labels">The class of each sample, from 0 to classes − 1.</param>
    /// <param name="p">Probabilities [classes × stride]; written.</param>
    /// <param name="stride">The distance between the classes.</param>
    /// <param name="samples">The number of samples, at least 1.</param>
    /// <typeparam name="TClasses">The number of classes, at most 2²⁴.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static float Forward<TClasses>(ReadOnlySpan<float> z, ReadOnlySpan<int> labels, Span<float> p, int stride, int samples)
        where TClasses : struct, IDimension =>
        Forward<TClasses>(z, labels, 0f, p, stride, samples);

    /// <summary>
    /// Effectively computes <c>p = softmax(z)</c> and returns the mean over samples of <c>Σⱼ s[j, i] · (log Σₖ exp(z[k, i]) − z[j, i])</c> with the smoothed
    /// one-hot labels <c>s[j, i] = (1 − smoothing) · [j = label] + smoothing / classes</c>.
    /// </summary>
    /// <param name="z">Logits [classes × stride].</param>
    /// <param name="labels">The class of each sample, from 0 to classes − 1.</param>
    /// <param name="smoothing">The part of each target that is spread over all classes, from 0 to less than 1.</param>
    /// <param name="p">Probabilities [classes × stride]; written.</param>
    /// <param name="stride">The distance between the classes.</param>
    /// <param name="samples">The number of samples, at least 1.</param>
    /// <typeparam name="TClasses">The number of classes, at most 2²⁴.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="smoothing"/> is out of its range.</exception>
    public static float Forward<TClasses>(ReadOnlySpan<float> z, ReadOnlySpan<int> labels, float smoothing, Span<float> p, int stride, int samples)
        where TClasses : struct, IDimension
    {
        SoftmaxCrossEntropy.CheckSmoothing(smoothing);
        Lanes.Check(z.Length, TClasses.Value, stride, samples);
        ShapeGuard.AtLeast(labels.Length, 1, samples);
        Lanes.Check(p.Length, TClasses.Value, stride, samples);

        ref float z0 = ref MemoryMarshal.GetReference(z);
        ref float p0 = ref MemoryMarshal.GetReference(p);
        double total;

        if (Vector512.IsHardwareAccelerated)
        {
            total = Forward<TClasses, Simd512, Vector512<float>>(ref z0, labels, smoothing, ref p0, (nuint)stride, samples);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            total = Forward<TClasses, Simd256, Vector256<float>>(ref z0, labels, smoothing, ref p0, (nuint)stride, samples);
        }
        else
        {
            total = Forward<TClasses, Simd128, Vector128<float>>(ref z0, labels, smoothing, ref p0, (nuint)stride, samples);
        }

        return (float)(total / samples);
    }

    /// <summary>
    /// Effectively computes <c>p = softmax(z)</c> and returns the mean over samples of <c>Σⱼ t[j, i] · (log Σₖ exp(z[k, i]) − z[j, i])</c>.
    /// </summary>
    /// <param name="z">Logits [classes × stride].</param>
    /// <param name="targets">One-hot or soft targets [classes × stride].</param>
    /// <param name="p">Probabilities [classes × stride]; written.</param>
    /// <param name="stride">The distance between the classes.</param>
    /// <param name="samples">The number of samples, at least 1.</param>
    /// <typeparam name="TClasses">The number of classes.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static float Forward<TClasses>(ReadOnlySpan<float> z, ReadOnlySpan<float> targets, Span<float> p, int stride, int samples)
        where TClasses : struct, IDimension =>
        Forward<TClasses>(z, targets, 0f, p, stride, samples);

    /// <summary>
    /// Effectively computes <c>p = softmax(z)</c> and returns the mean over samples of <c>Σⱼ s[j, i] · (log Σₖ exp(z[k, i]) − z[j, i])</c> with the smoothed
    /// targets <c>s[j, i] = (1 − smoothing) · t[j, i] + smoothing / classes</c>.
    /// </summary>
    /// <param name="z">Logits [classes × stride].</param>
    /// <param name="targets">One-hot or soft targets [classes × stride].</param>
    /// <param name="smoothing">The part of each target that is spread over all classes, from 0 to less than 1.</param>
    /// <param name="p">Probabilities [classes × stride]; written.</param>
    /// <param name="stride">The distance between the classes.</param>
    /// <param name="samples">The number of samples, at least 1.</param>
    /// <typeparam name="TClasses">The number of classes.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="smoothing"/> is out of its range.</exception>
    public static float Forward<TClasses>(ReadOnlySpan<float> z, ReadOnlySpan<float> targets, float smoothing, Span<float> p, int stride, int samples)
        where TClasses : struct, IDimension
    {
        SoftmaxCrossEntropy.CheckSmoothing(smoothing);
        Lanes.Check(z.Length, TClasses.Value, stride, samples);
        Lanes.Check(targets.Length, TClasses.Value, stride, samples);
        Lanes.Check(p.Length, TClasses.Value, stride, samples);

        ref float z0 = ref MemoryMarshal.GetReference(z);
        ref float t0 = ref MemoryMarshal.GetReference(targets);
        ref float p0 = ref MemoryMarshal.GetReference(p);
        double total;

        if (Vector512.IsHardwareAccelerated)
        {
            total = Forward<TClasses, Simd512, Vector512<float>>(ref z0, ref t0, smoothing, ref p0, (nuint)stride, samples);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            total = Forward<TClasses, Simd256, Vector256<float>>(ref z0, ref t0, smoothing, ref p0, (nuint)stride, samples);
        }
        else
        {
            total = Forward<TClasses, Simd128, Vector128<float>>(ref z0, ref t0, smoothing, ref p0, (nuint)stride, samples);
        }

        return (float)(total / samples);
    }

    /// <summary>Effectively computes <c>dz[j, i] = (p[j, i] − [j = label]) / samples</c>, and zero for the samples that fill up the last group.</summary>
    /// <param name="p">The probabilities of the forward pass [classes × stride].</param>
    /// <param name="labels">The class of each sample.</param>
    /// <param name="dz">Gradients of the logits [classes × stride]; written.</param>
    /// <param name="stride">The distance between the classes.</param>
    /// <param name="samples">The number of samples, at least 1.</param>
    /// <typeparam name="TClasses">The number of classes, at most 2²⁴.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Backward<TClasses>(ReadOnlySpan<float> p, ReadOnlySpan<int> labels, Span<float> dz, int stride, int samples)
        where TClasses : struct, IDimension =>
        Backward<TClasses>(p, labels, 0f, dz, stride, samples);

    /// <summary>
    /// Effectively computes <c>dz[j, i] = (p[j, i] − (1 − smoothing) · [j = label] − smoothing / classes) / samples</c>, and zero for the samples that fill up
    /// the last group.
    /// </summary>
    /// <param name="p">The probabilities of the forward pass [classes × stride].</param>
    /// <param name="labels">The class of each sample.</param>
    /// <param name="smoothing">The part of each target that is spread over all classes, from 0 to less than 1.</param>
    /// <param name="dz">Gradients of the logits [classes × stride]; written.</param>
    /// <param name="stride">The distance between the classes.</param>
    /// <param name="samples">The number of samples, at least 1.</param>
    /// <typeparam name="TClasses">The number of classes, at most 2²⁴.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="smoothing"/> is out of its range.</exception>
    public static void Backward<TClasses>(ReadOnlySpan<float> p, ReadOnlySpan<int> labels, float smoothing, Span<float> dz, int stride, int samples)
        where TClasses : struct, IDimension
    {
        SoftmaxCrossEntropy.CheckSmoothing(smoothing);
        Lanes.Check(p.Length, TClasses.Value, stride, samples);
        ShapeGuard.AtLeast(labels.Length, 1, samples);
        Lanes.Check(dz.Length, TClasses.Value, stride, samples);

        ref float p0 = ref MemoryMarshal.GetReference(p);
        ref float dz0 = ref MemoryMarshal.GetReference(dz);

        if (Vector512.IsHardwareAccelerated)
        {
            Backward<TClasses, Simd512, Vector512<float>>(ref p0, labels, smoothing, ref dz0, (nuint)stride, samples);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Backward<TClasses, Simd256, Vector256<float>>(ref p0, labels, smoothing, ref dz0, (nuint)stride, samples);
        }
        else
        {
            Backward<TClasses, Simd128, Vector128<float>>(ref p0, labels, smoothing, ref dz0, (nuint)stride, samples);
        }
    }

    /// <summary>
    /// Effectively computes <c>dz[j, i] = (p[j, i] · Σₖ t[k, i] − t[j, i]) / samples</c>, and zero for the samples that fill up the last group.
    /// </summary>
    /// <param name="p">The probabilities of the forward pass [classes × stride].</param>
    /// <param name="targets">One-hot or soft targets [classes × stride], zero for the samples that fill up the last group.</param>
    /// <param name="dz">Gradients of the logits [classes × stride]; written. May be <paramref name="targets"/> itself.</param>
    /// <param name="stride">The distance between the classes.</param>
    /// <param name="samples">The number of samples, at least 1.</param>
    /// <typeparam name="TClasses">The number of classes.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Backward<TClasses>(ReadOnlySpan<float> p, ReadOnlySpan<float> targets, Span<float> dz, int stride, int samples)
        where TClasses : struct, IDimension =>
        Backward<TClasses>(p, targets, 0f, dz, stride, samples);

    /// <summary>
    /// Effectively computes <c>dz[j, i] = (p[j, i] · Σₖ s[k, i] − s[j, i]) / samples</c> with the smoothed targets
    /// <c>s[j, i] = (1 − smoothing) · t[j, i] + smoothing / classes</c>, and zero for the samples that fill up the last group.
    /// </summary>
    /// <param name="p">The probabilities of the forward pass [classes × stride].</param>
    /// <param name="targets">One-hot or soft targets [classes × stride], zero for the samples that fill up the last group.</param>
    /// <param name="smoothing">The part of each target that is spread over all classes, from 0 to less than 1.</param>
    /// <param name="dz">Gradients of the logits [classes × stride]; written. May be <paramref name="targets"/> itself.</param>
    /// <param name="stride">The distance between the classes.</param>
    /// <param name="samples">The number of samples, at least 1.</param>
    /// <typeparam name="TClasses">The number of classes.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="smoothing"/> is out of its range.</exception>
    public static void Backward<TClasses>(ReadOnlySpan<float> p, ReadOnlySpan<float> targets, float smoothing, Span<float> dz, int stride, int samples)
        where TClasses : struct, IDimension
    {
        SoftmaxCrossEntropy.CheckSmoothing(smoothing);
        Lanes.Check(p.Length, TClasses.Value, stride, samples);
        Lanes.Check(targets.Length, TClasses.Value, stride, samples);
        Lanes.Check(dz.Length, TClasses.Value, stride, samples);

        ref float p0 = ref MemoryMarshal.GetReference(p);
        ref float t0 = ref MemoryMarshal.GetReference(targets);
        ref float dz0 = ref MemoryMarshal.GetReference(dz);

        if (Vector512.IsHardwareAccelerated)
        {
            Backward<TClasses, Simd512, Vector512<float>>(ref p0, ref t0, smoothing, ref dz0, (nuint)stride, samples);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Backward<TClasses, Simd256, Vector256<float>>(ref p0, ref t0, smoothing, ref dz0, (nuint)stride, samples);
        }
        else
        {
            Backward<TClasses, Simd128, Vector128<float>>(ref p0, ref t0, smoothing, ref dz0, (nuint)stride, samples);
        }
    }

    /// <returns>The sum of the losses. Those of the last group's fillers are left out.</returns>
    private static double Forward<TClasses, TSimd, TVector>(ref float z, ReadOnlySpan<int> labels, float smoothing, ref float p, nuint stride, int samples)
        where TClasses : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct =>
        smoothing > 0f
            ? ForwardSmoothed<TClasses, TSimd, TVector>(ref z, labels, smoothing, ref p, stride, samples)
            : ForwardPlain<TClasses, TSimd, TVector>(ref z, labels, ref p, stride, samples);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double ForwardPlain<TClasses, TSimd, TVector>(ref float z, ReadOnlySpan<int> labels, ref float p, nuint stride, int samples)
        where TClasses : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        Span<double> sums = stackalloc double[Lanes.Group];
        Span<int> last = stackalloc int[Lanes.Group];
        Forward<TClasses, TSimd, TVector>(ref z, labels, smoothing: 0f, ref p, stride, samples, sums, last, isSmoothed: false);

        return Total(sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double ForwardSmoothed<TClasses, TSimd, TVector>(
        ref float z, ReadOnlySpan<int> labels, float smoothing, ref float p, nuint stride, int samples)
        where TClasses : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        Span<double> sums = stackalloc double[Lanes.Group];
        Span<int> last = stackalloc int[Lanes.Group];
        Forward<TClasses, TSimd, TVector>(ref z, labels, smoothing, ref p, stride, samples, sums, last, isSmoothed: true);

        return Total(sums);
    }

    /// <summary>Whether there is smoothing is known where this is inlined, so that the compiler does not read what is only for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Forward<TClasses, TSimd, TVector>(
        ref float z, ReadOnlySpan<int> labels, float smoothing, ref float p, nuint stride, int samples, Span<double> sums, Span<int> last, bool isSmoothed)
        where TClasses : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint end = (nuint)TClasses.Value * stride;
        int padded = Lanes.Padded(samples);
        ref double sums0 = ref MemoryMarshal.GetReference(sums);

        for (int i = 0; i < padded; i += TSimd.Count)
        {
            ReadOnlySpan<int> classes = LabelsAt(labels, i, samples, TSimd.Count, last);
            TVector label = TSimd.LoadConverted(in MemoryMarshal.GetReference(classes), 0);
            ref float zs = ref Unsafe.Add(ref z, i);
            SoftmaxLanes.ForwardVector<TClasses, TSimd, TVector>(ref zs, ref Unsafe.Add(ref p, i), stride, out TVector max, out TVector sum);

            // max − z of the label. A sum of one number and zeros is that number.
            TVector difference = TSimd.Create(0f);
            TVector j = difference;

            for (nuint offset = 0; offset < end; offset += stride)
            {
                difference = TSimd.Add(difference, TSimd.WhereEqual(label, j, TSimd.Subtract(max, TSimd.Load(in zs, offset))));
                j = TSimd.Add(j, TSimd.Create(1f));
            }

            if (isSmoothed)
            {
                TVector mean = Scaled<TSimd, TVector>(1f / TClasses.Value, SumOfDifferences<TSimd, TVector>(max, ref zs, end, stride));
                difference = TSimd.Add(Scaled<TSimd, TVector>(1f - smoothing, difference), Scaled<TSimd, TVector>(smoothing, mean));
            }

            TVector losses = TSimd.Add(difference, LogOfSum<TSimd, TVector>(sum));

            // A sum for each place in a group of 16, whatever the width of a vector.
            TSimd.Accumulate(i + TSimd.Count <= samples ? losses : First<TSimd, TVector>(losses, samples - i), ref sums0, (nuint)(i % Lanes.Group));
        }
    }

    /// <returns>The sum of the losses. Those of the last group's fillers are left out.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Forward<TClasses, TSimd, TVector>(ref float z, ref float t, float smoothing, ref float p, nuint stride, int samples)
        where TClasses : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint end = (nuint)TClasses.Value * stride;
        int padded = Lanes.Padded(samples);
        Span<double> sums = stackalloc double[Lanes.Group];
        ref double sums0 = ref MemoryMarshal.GetReference(sums);

        for (int i = 0; i < padded; i += TSimd.Count)
        {
            ref float zs = ref Unsafe.Add(ref z, i);
            ref float ts = ref Unsafe.Add(ref t, i);
            SoftmaxLanes.ForwardVector<TClasses, TSimd, TVector>(ref zs, ref Unsafe.Add(ref p, i), stride, out TVector max, out TVector sum);
            TVector log = LogOfSum<TSimd, TVector>(sum);
            TVector zero = TSimd.Create(0f);
            TVector losses = zero;

            for (nuint offset = 0; offset < end; offset += stride)
            {
                // A class that is not a target adds nothing, even where its logit is so low that the difference is infinite.
                TVector target = Smoothed<TClasses, TSimd, TVector>(TSimd.Load(in ts, offset), smoothing);
                TVector loss = TSimd.Multiply(target, TSimd.Add(TSimd.Subtract(max, TSimd.Load(in zs, offset)), log));
                losses = TSimd.Add(losses, TSimd.Select(TSimd.Equal(target, zero), zero, loss));
            }

            // A sum for each place in a group of 16, whatever the width of a vector.
            TSimd.Accumulate(i + TSimd.Count <= samples ? losses : First<TSimd, TVector>(losses, samples - i), ref sums0, (nuint)(i % Lanes.Group));
        }

        return Total(sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Backward<TClasses, TSimd, TVector>(ref float p, ReadOnlySpan<int> labels, float smoothing, ref float dz, nuint stride, int samples)
        where TClasses : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint end = (nuint)TClasses.Value * stride;
        int padded = Lanes.Padded(samples);
        TVector count = TSimd.Create(samples);
        TVector reciprocal = TSimd.Create(1f / samples);
        TVector share = TSimd.Create(smoothing / TClasses.Value);

        // What smoothing takes from the label's target.
        TVector taken = TSimd.Create(smoothing * (TClasses.Value - 1) / TClasses.Value);
        Span<int> last = stackalloc int[Lanes.Group];

        for (int i = 0; i < padded; i += TSimd.Count)
        {
            ReadOnlySpan<int> classes = LabelsAt(labels, i, samples, TSimd.Count, last);
            TVector label = TSimd.LoadConverted(in MemoryMarshal.GetReference(classes), 0);
            ref float ps = ref Unsafe.Add(ref p, i);
            ref float dzs = ref Unsafe.Add(ref dz, i);
            TVector others = SumOfUnlikely<TSimd, TVector>(ref ps, end, stride);
            TVector j = TSimd.Create(0f);

            for (nuint offset = 0; offset < end; offset += stride)
            {
                TVector probability = TSimd.Load(in ps, offset);
                TVector gradient = TSimd.Select(
                    TSimd.Equal(label, j),
                    TSimd.Subtract(taken, Complement<TSimd, TVector>(probability, others)),
                    TSimd.Subtract(probability, share));
                TSimd.Store(SoftmaxLanes.Quotient<TSimd, TVector>(gradient, count, reciprocal), ref dzs, offset);
                j = TSimd.Add(j, TSimd.Create(1f));
            }
        }

        ClearFillers<TClasses>(ref dz, stride, samples, padded);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Backward<TClasses, TSimd, TVector>(ref float p, ref float t, float smoothing, ref float dz, nuint stride, int samples)
        where TClasses : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint end = (nuint)TClasses.Value * stride;
        int padded = Lanes.Padded(samples);
        TVector count = TSimd.Create(samples);
        TVector reciprocal = TSimd.Create(1f / samples);

        for (int i = 0; i < padded; i += TSimd.Count)
        {
            ref float ps = ref Unsafe.Add(ref p, i);
            ref float ts = ref Unsafe.Add(ref t, i);
            ref float dzs = ref Unsafe.Add(ref dz, i);
            TVector others = SumOfUnlikely<TSimd, TVector>(ref ps, end, stride);
            TVector total = TSimd.Create(0f);

            for (nuint offset = 0; offset < end; offset += stride)
            {
                total = TSimd.Add(total, Smoothed<TClasses, TSimd, TVector>(TSimd.Load(in ts, offset), smoothing));
            }

            for (nuint offset = 0; offset < end; offset += stride)
            {
                TVector probability = TSimd.Load(in ps, offset);
                TVector target = Smoothed<TClasses, TSimd, TVector>(TSimd.Load(in ts, offset), smoothing);
                TVector gradient = TSimd.Subtract(
                    TSimd.Multiply(probability, TSimd.Subtract(total, target)),
                    TSimd.Multiply(target, Complement<TSimd, TVector>(probability, others)));
                TSimd.Store(SoftmaxLanes.Quotient<TSimd, TVector>(gradient, count, reciprocal), ref dzs, offset);
            }
        }

        ClearFillers<TClasses>(ref dz, stride, samples, padded);
    }

    /// <summary>A target, of which a part is spread over all classes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Smoothed<TClasses, TSimd, TVector>(TVector target, float smoothing)
        where TClasses : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct =>
        TSimd.Add(Scaled<TSimd, TVector>(1f - smoothing, target), TSimd.Create(smoothing / TClasses.Value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Scaled<TSimd, TVector>(float factor, TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct =>
        TSimd.Multiply(TSimd.Create(factor), x);

    /// <summary><c>Σⱼ max − z[j]</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector SumOfDifferences<TSimd, TVector>(TVector max, ref float z, nuint end, nuint stride)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector sum = TSimd.Create(0f);

        for (nuint offset = 0; offset < end; offset += stride)
        {
            sum = TSimd.Add(sum, TSimd.Subtract(max, TSimd.Load(in z, offset)));
        }

        return sum;
    }

    /// <summary>The logarithm of a sum of exponentials. NaN stays NaN, which the logarithm alone takes for a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector LogOfSum<TSimd, TVector>(TVector sum)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct =>
        TSimd.Select(TSimd.Greater(sum, TSimd.Create(0f)), Elementary.Log<TSimd, TVector>(sum), sum);

    /// <summary>The labels of a vector of samples; after the last sample's there are zeros.</summary>
    private static ReadOnlySpan<int> LabelsAt(ReadOnlySpan<int> labels, int start, int samples, int count, Span<int> last)
    {
        if (start + count <= samples)
        {
            return labels.Slice(start, count);
        }

        last.Clear();

        if (start < samples)
        {
            labels[start..samples].CopyTo(last);
        }

        return last;
    }

    /// <summary>The sum of the probabilities that are at most one half. Only one can be more: for it, this is the sum of the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector SumOfUnlikely<TSimd, TVector>(ref float p, nuint end, nuint stride)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector sum = TSimd.Create(0f);

        for (nuint offset = 0; offset < end; offset += stride)
        {
            TVector probability = TSimd.Load(in p, offset);
            sum = TSimd.Add(sum, TSimd.WhereNotLess(TSimd.Create(0.5f), probability, probability));
        }

        return sum;
    }

    /// <summary><c>1 − p</c>, to the precision of the other probabilities where it is small.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Complement<TSimd, TVector>(TVector probability, TVector others)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct =>
        TSimd.Select(TSimd.Greater(probability, TSimd.Create(0.5f)), others, TSimd.Subtract(TSimd.Create(1f), probability));

    private static double Total(ReadOnlySpan<double> sums)
    {
        double total = 0;

        foreach (double sum in sums)
        {
            total += sum;
        }

        return total;
    }

    /// <summary>The first <paramref name="count"/> lanes; zero in the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector First<TSimd, TVector>(TVector losses, int count)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct =>
        TSimd.WhereGreater(TSimd.Create(count), TSimd.Sequence, losses);

    private static void ClearFillers<TClasses>(ref float dz, nuint stride, int samples, int padded)
        where TClasses : struct, IDimension
    {
        for (int j = 0; j < TClasses.Value; j++)
        {
            for (int i = samples; i < padded; i++)
            {
                Unsafe.Add(ref dz, ((nuint)j * stride) + (nuint)i) = 0f;
            }
        }
    }
}
