using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nnfs.Kernels;

/// <summary>
/// Two or three features of 16 samples, from side by side to one after the other and back, by permutations over pairs of vectors of 512 bits.
/// </summary>
internal static class Interleaving
{
    private const int Group = Lanes.Group;

    /// <summary>Whether this machine has the permutations, and they serve that many features of that many samples.</summary>
    public static bool Serves(int features, int samples) => Avx512F.IsSupported && features is 2 or 3 && samples >= Group;

    /// <summary><c>y[j, i] = x[i, j]</c>; <paramref name="features"/> is 2 or 3, and there are at least 16 samples.</summary>
    public static void Split(ref float x, int features, ref float y, nuint stride, int samples)
    {
        if (features == 2)
        {
            SplitTwo(ref x, ref y, stride, (nuint)samples);
        }
        else
        {
            SplitThree(ref x, ref y, stride, (nuint)samples);
        }
    }

    /// <summary><c>y[i, j] = x[j, i]</c>; <paramref name="features"/> is 2 or 3, and there are at least 16 samples.</summary>
    public static void Join(ref float x, nuint stride, ref float y, int features, int samples)
    {
        if (features == 2)
        {
            JoinTwo(ref x, stride, ref y, (nuint)samples);
        }
        else
        {
            JoinThree(ref x, stride, ref y, (nuint)samples);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SplitTwo(ref float x, ref float y, nuint stride, nuint samples)
    {
        // Numbers from 16 on mean the second vector.
        Vector512<int> first = Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
        Vector512<int> second = first + Vector512<int>.One;

        for (nuint start = 0; start < samples; start += Group)
        {
            nuint i = GroupAt(start, samples);
            Vector512<float> a = Vector512.LoadUnsafe(ref x, 2 * i);
            Vector512<float> b = Vector512.LoadUnsafe(ref x, (2 * i) + 16);
            Avx512F.PermuteVar16x32x2(a, first, b).StoreUnsafe(ref y, i);
            Avx512F.PermuteVar16x32x2(a, second, b).StoreUnsafe(ref y, i + stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SplitThree(ref float x, ref float y, nuint stride, nuint samples)
    {
        // Of the first 32 numbers, a permutation takes what it finds; a second one adds what is missing.
        Vector512<int> ab0 = Vector512.Create(0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 0, 0, 0, 0, 0);
        Vector512<int> c0 = Vector512.Create(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 17, 20, 23, 26, 29);
        Vector512<int> ab1 = Vector512.Create(1, 4, 7, 10, 13, 16, 19, 22, 25, 28, 31, 0, 0, 0, 0, 0);
        Vector512<int> c1 = Vector512.Create(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 18, 21, 24, 27, 30);
        Vector512<int> ab2 = Vector512.Create(2, 5, 8, 11, 14, 17, 20, 23, 26, 29, 0, 0, 0, 0, 0, 0);
        Vector512<int> c2 = Vector512.Create(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 19, 22, 25, 28, 31);

        for (nuint start = 0; start < samples; start += Group)
        {
            nuint i = GroupAt(start, samples);
            Vector512<float> a = Vector512.LoadUnsafe(ref x, 3 * i);
            Vector512<float> b = Vector512.LoadUnsafe(ref x, (3 * i) + 16);
            Vector512<float> c = Vector512.LoadUnsafe(ref x, (3 * i) + 32);
            Avx512F.PermuteVar16x32x2(Avx512F.PermuteVar16x32x2(a, ab0, b), c0, c).StoreUnsafe(ref y, i);
            Avx512F.PermuteVar16x32x2(Avx512F.PermuteVar16x32x2(a, ab1, b), c1, c).StoreUnsafe(ref y, i + stride);
            Avx512F.PermuteVar16x32x2(Avx512F.PermuteVar16x32x2(a, ab2, b), c2, c).StoreUnsafe(ref y, i + (2 * stride));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void JoinTwo(ref float x, nuint stride, ref float y, nuint samples)
    {
        Vector512<int> low = Vector512.Create(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
        Vector512<int> high = low + Vector512.Create(8);

        for (nuint start = 0; start < samples; start += Group)
        {
            nuint i = GroupAt(start, samples);
            Vector512<float> a = Vector512.LoadUnsafe(ref x, i);
            Vector512<float> b = Vector512.LoadUnsafe(ref x, i + stride);
            Avx512F.PermuteVar16x32x2(a, low, b).StoreUnsafe(ref y, 2 * i);
            Avx512F.PermuteVar16x32x2(a, high, b).StoreUnsafe(ref y, (2 * i) + 16);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void JoinThree(ref float x, nuint stride, ref float y, nuint samples)
    {
        // The first two features take their places, and leave those of the third free.
        Vector512<int> ab0 = Vector512.Create(0, 16, 0, 1, 17, 0, 2, 18, 0, 3, 19, 0, 4, 20, 0, 5);
        Vector512<int> c0 = Vector512.Create(0, 1, 16, 3, 4, 17, 6, 7, 18, 9, 10, 19, 12, 13, 20, 15);
        Vector512<int> ab1 = Vector512.Create(21, 0, 6, 22, 0, 7, 23, 0, 8, 24, 0, 9, 25, 0, 10, 26);
        Vector512<int> c1 = Vector512.Create(0, 21, 2, 3, 22, 5, 6, 23, 8, 9, 24, 11, 12, 25, 14, 15);
        Vector512<int> ab2 = Vector512.Create(0, 11, 27, 0, 12, 28, 0, 13, 29, 0, 14, 30, 0, 15, 31, 0);
        Vector512<int> c2 = Vector512.Create(26, 1, 2, 27, 4, 5, 28, 7, 8, 29, 10, 11, 30, 13, 14, 31);

        for (nuint start = 0; start < samples; start += Group)
        {
            nuint i = GroupAt(start, samples);
            Vector512<float> a = Vector512.LoadUnsafe(ref x, i);
            Vector512<float> b = Vector512.LoadUnsafe(ref x, i + stride);
            Vector512<float> c = Vector512.LoadUnsafe(ref x, i + (2 * stride));
            Avx512F.PermuteVar16x32x2(Avx512F.PermuteVar16x32x2(a, ab0, b), c0, c).StoreUnsafe(ref y, 3 * i);
            Avx512F.PermuteVar16x32x2(Avx512F.PermuteVar16x32x2(a, ab1, b), c1, c).StoreUnsafe(ref y, (3 * i) + 16);
            Avx512F.PermuteVar16x32x2(Avx512F.PermuteVar16x32x2(a, ab2, b), c2, c).StoreUnsafe(ref y, (3 * i) + 32);
        }
    }

    /// <summary>Where a group starts; the last one ends with the last sample, so that some samples may be in two groups.</summary>
    private static nuint GroupAt(nuint start, nuint samples) => Math.Min(start, samples - Group);
}
