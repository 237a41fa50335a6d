using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>
/// Samples in the lanes of a vector: the values of one feature for consecutive samples lie side by side, feature after feature,
/// so that 16 samples pass through a narrow layer at once. Samples come in groups of 16; those that fill up the last group are zeros at the start.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Lanes
{
    /// <summary>The samples in a group, whatever the width of the machine's vectors.</summary>
    public const int Group = KernelLimits.LaneGroup;

    /// <summary>
    /// The distance between the features of a block for <paramref name="samples"/> samples: whole groups, and an odd number of them from 113 samples on.
    /// </summary>
    /// <param name="samples">The number of samples, at least 1.</param>
    public static int Stride(int samples) => MatrixLayout.RowStride(Math.Max(Group, samples));

    /// <summary>Effectively computes <c>y[j, i] = x[i, j]</c>, and zero for the samples that fill up the last group.</summary>
    /// <param name="x">[samples × features], row-major.</param>
    /// <param name="y">[features × stride]; written.</param>
    /// <param name="stride">The distance between the features.</param>
    /// <param name="samples">The number of samples.</param>
    /// <typeparam name="TFeatures">The number of features.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Load<TFeatures>(ReadOnlySpan<float> x, Span<float> y, int stride, int samples)
        where TFeatures : struct, IDimension
    {
        ShapeGuard.AtLeast(x.Length, samples, TFeatures.Value);
        Check(y.Length, TFeatures.Value, stride, samples);

        ref float x0 = ref MemoryMarshal.GetReference(x);
        ref float y0 = ref MemoryMarshal.GetReference(y);

        if (Interleaving.Serves(TFeatures.Value, samples))
        {
            Interleaving.Split(ref x0, TFeatures.Value, ref y0, (nuint)stride, samples);
        }
        else
        {
            LoadBlocks(ref x0, TFeatures.Value, ref y0, (nuint)stride, samples);
        }

        int padded = Padded(samples);

        for (int j = 0; padded > samples && j < TFeatures.Value; j++)
        {
            y.Slice((j * stride) + samples, padded - samples).Clear();
        }
    }

    /// <summary>Effectively computes <c>y[i, j] = x[j, i]</c>.</summary>
    /// <param name="x">[features × stride].</param>
    /// <param name="y">[samples × features], row-major; written.</param>
    /// <param name="stride">The distance between the features.</param>
    /// <param name="samples">The number of samples.</param>
    /// <typeparam name="TFeatures">The number of features.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Store<TFeatures>(ReadOnlySpan<float> x, Span<float> y, int stride, int samples)
        where TFeatures : struct, IDimension
    {
        Check(x.Length, TFeatures.Value, stride, samples);
        ShapeGuard.AtLeast(y.Length, samples, TFeatures.Value);

        ref float x0 = ref MemoryMarshal.GetReference(x);
        ref float y0 = ref MemoryMarshal.GetReference(y);

        if (Interleaving.Serves(TFeatures.Value, samples))
        {
            Interleaving.Join(ref x0, (nuint)stride, ref y0, TFeatures.Value, samples);
        }
        else
        {
            StoreBlocks(ref x0, (nuint)stride, ref y0, TFeatures.Value, samples);
        }
    }

    /// <summary>Effectively computes <c>y[j] = x[j, sample]</c>.</summary>
    /// <param name="x">[features × stride].</param>
    /// <param name="y">[features]; written.</param>
    /// <param name="stride">The distance between the features.</param>
    /// <param name="sample">The sample, from 0.</param>
    /// <typeparam name="TFeatures">The number of features.</typeparam>
    public static void StoreSample<TFeatures>(ReadOnlySpan<float> x, Span<float> y, int stride, int sample)
        where TFeatures : struct, IDimension
    {
        for (int j = 0; j < TFeatures.Value; j++)
        {
            y[j] = x[(j * stride) + sample];
        }
    }

    /// <summary>The samples with those that fill up the last group.</summary>
    internal static int Padded(int samples) => (samples + Group - 1) & -Group;

    /// <summary>Checks that a block, or what is left of it from some group on, holds <paramref name="features"/> features of whole groups.</summary>
    internal static void Check(int length, int features, int stride, int samples, [CallerArgumentExpression(nameof(length))] string name = "")
    {
        long padded = (samples + (Group - 1L)) & -Group;
        ArgumentOutOfRangeException.ThrowIfNegative(features);
        ArgumentOutOfRangeException.ThrowIfNegative(samples);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, padded);

        // There need not be anything after the last feature's groups. If more is needed than any span has, no length is enough.
        long needed = ((features - 1L) * stride) + padded;
        ShapeGuard.AtLeast(length, 1, (int)Math.Min(needed, int.MaxValue), name);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void LoadBlocks(ref float x, int features, ref float y, nuint stride, int samples)
    {
        // Four samples by four features at a time. The last rows are read float by float: there may be nothing after them.
        int whole = samples - (features % 4 == 0 ? 0 : 4 / features + 1);
        int i = 0;

        for (; i + 4 <= whole; i += 4)
        {
            ref float rows = ref Unsafe.Add(ref x, (nuint)i * (nuint)features);
            ref float columns = ref Unsafe.Add(ref y, i);

            for (int j = 0; j < features; j += 4)
            {
                Vector128<float> r0 = Simd128.Load(in rows, (nuint)j);
                Vector128<float> r1 = Simd128.Load(in rows, (nuint)(features + j));
                Vector128<float> r2 = Simd128.Load(in rows, (nuint)((2 * features) + j));
                Vector128<float> r3 = Simd128.Load(in rows, (nuint)((3 * features) + j));
                Simd128.Transpose(ref r0, ref r1, ref r2, ref r3);

                ref float column = ref Unsafe.Add(ref columns, (nuint)j * stride);
                Simd128.Store(r0, ref column, 0);

                if (features - j > 1)
                {
                    Simd128.Store(r1, ref column, stride);
                }

                if (features - j > 2)
                {
                    Simd128.Store(r2, ref column, 2 * stride);
                }

                if (features - j > 3)
                {
                    Simd128.Store(r3, ref column, 3 * stride);
                }
            }
        }

        for (; i < samples; i++)
        {
            for (int j = 0; j < features; j++)
            {
                Unsafe.Add(ref y, ((nuint)j * stride) + (nuint)i) = Unsafe.Add(ref x, ((nuint)i * (nuint)features) + (nuint)j);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StoreBlocks(ref float x, nuint stride, ref float y, int features, int samples)
    {
        int i = 0;

        for (; i + 4 <= samples; i += 4)
        {
            ref float columns = ref Unsafe.Add(ref x, i);
            ref float rows = ref Unsafe.Add(ref y, (nuint)i * (nuint)features);

            for (int j = 0; j < features; j += 4)
            {
                // Features beyond the last are the last once more, and are not stored.
                int left = features - j;
                ref float column = ref Unsafe.Add(ref columns, (nuint)j * stride);
                Vector128<float> r0 = Simd128.Load(in column, 0);
                Vector128<float> r1 = Simd128.Load(in column, left > 1 ? stride : 0);
                Vector128<float> r2 = Simd128.Load(in column, left > 2 ? 2 * stride : 0);
                Vector128<float> r3 = Simd128.Load(in column, left > 3 ? 3 * stride : 0);
                Simd128.Transpose(ref r0, ref r1, ref r2, ref r3);

                // A narrow row may run over into the next, which is written afterwards; the fourth row's end must be within the block.
                if (left >= 4 || (features < 4 && ((i + 3) * features) + 4 <= samples * features))
                {
                    Simd128.Store(r0, ref rows, (nuint)j);
                    Simd128.Store(r1, ref rows, (nuint)(features + j));
                    Simd128.Store(r2, ref rows, (nuint)((2 * features) + j));
                    Simd128.Store(r3, ref rows, (nuint)((3 * features) + j));
                }
                else
                {
                    Simd128.StorePart(r0, ref rows, (nuint)j, left);
                    Simd128.StorePart(r1, ref rows, (nuint)(features + j), left);
                    Simd128.StorePart(r2, ref rows, (nuint)((2 * features) + j), left);
                    Simd128.StorePart(r3, ref rows, (nuint)((3 * features) + j), left);
                }
            }
        }

        for (; i < samples; i++)
        {
            for (int j = 0; j < features; j++)
            {
                Unsafe.Add(ref y, ((nuint)i * (nuint)features) + (nuint)j) = Unsafe.Add(ref x, ((nuint)j * stride) + (nuint)i);
            }
        }
    }
}
