using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nnfs.Kernels;

/// <summary>
/// Two or three features of 16 samples, from side by side to one after the other and back, by permutations over pairs of vectors of 512 bits.
/// </summary>
internal static class Interleaving
{
    /// <summary>Whether this machine has the permutations, and they serve that many features.</summary>
    public static bool Serves(int features) => Avx512F.IsSupported && features is 2 or 3;

    /// <summary><c>y[j, i] = x[i, j]</c> for whole groups of 16 samples; <paramref name="features"/> is 2 or 3.</summary>
    /// <returns>The number of samples that are done.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Split(ref float x, int features, ref float y, nuint stride, int samples)
    {
        nuint i = 0;
        nuint whole = (nuint)samples & ~(nuint)15;

        if (features == 2)
        {
            // Numbers from 16 on mean the second vector.
            Vector512<int> first = Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
            Vector512<int> second = first + Vector512<int>.One;

            for (; i < whole; i += 16)
            {
                Vector512<float> a = Vector512.LoadUnsafe(ref x, 2 * i);
                Vector512<float> b = Vector512.LoadUnsafe(ref x, (2 * i) + 16);
                Avx512F.PermuteVar16x32x2(a, first, b).StoreUnsafe(ref y, i);
                Avx512F.PermuteVar16x32x2(a, second, b).StoreUnsafe(ref y, i + stride);
            }

            return (int)whole;
        }

        // Of the first 32 numbers, a permutation takes what it finds; a second one adds what is missing.
        Vector512<int> ab0 = Vector512.Create(0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 0, 0, 0, 0, 0);
        Vector512<int> c0 = Vector512.Create(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 17, 20, 23, 26, 29);
        Vector512<int> ab1 = Vector512.Create(1, 4, 7, 10, 13, 16, 19, 22, 25, 28, 31, 0, 0, 0, 0, 0);
        Vector512<int> c1 = Vector512.Create(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 18, 21, 24, 27, 30);
        Vector512<int> ab2 = Vector512.Create(2, 5, 8, 11, 14, 17, 20, 23, 26, 29, 0, 0, 0, 0, 0, 0);
        Vector512<int> c2 = Vector512.Create(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 19, 22, 25, 28, 31);

        for (; i < whole; i += 16)
        {
            Vector512<float> a = Vector512.LoadUnsafe(ref x, 3 * i);
            Vector512<float> b = Vector512.LoadUnsafe(ref x, (3 * i) + 16);
            Vector512<float> c = Vector512.LoadUnsafe(ref x, (3 * i) + 32);
            Avx512F.PermuteVar16x32x2(Avx512F.PermuteVar16x32x2(a, ab0, b), c0, c).StoreUnsafe(ref y, i);
            Avx512F.PermuteVar16x32x2(Avx512F.PermuteVar16x32x2(a, ab1, b), c1, c).StoreUnsafe(ref y, i + stride);
            Avx512F.PermuteVar16x32x2(Avx512F.PermuteVar16x32x2(a, ab2, b), c2, c).StoreUnsafe(ref y, i + (2 * stride));
        }

        return (int)whole;
    }

    /// <summary><c>y[i, j] = x[j, i]</c> for whole groups of 16 samples; <paramref name="features"/> is 2 or 3.</summary>
    /// <returns>The number of samples that are done.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Join(ref float x, nuint stride, ref float y, int features, int samples)
    {
        nuint i = 0;
        nuint whole = (nuint)samples & ~(nuint)15;

        if (features == 2)
        {
            Vector512<int> low = Vector512.Create(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
            Vector512<int> high = low + Vector512.Create(8);

            for (; i < whole; i += 16)
            {
                Vector512<float> a = Vector512.LoadUnsafe(ref x, i);
                Vector512<float> b = Vector512.LoadUnsafe(ref x, i + stride);
                Avx512F.PermuteVar16x32x2(a, low, b).StoreUnsafe(ref y, 2 * i);
                Avx512F.PermuteVar16x32x2(a, high, b).StoreUnsafe(ref y, (2 * i) + 16);
            }

            return (int)whole;
        }

        // The first two features take their places, and leave those of the third free.
        Vector512<int> ab0 = Vector512.Create(0, 16, 0, 1, 17, 0, 2, 18, 0, 3, 19, 0, 4, 20, 0, 5);
        Vector512<int> c0 = Vector512.Create(0, 1, 16, 3, 4, 17, 6, 7, 18, 9, 10, 19, 12, 13, 20, 15);
        Vector512<int> ab1 = Vector512.Create(21, 0, 6, 22, 0, 7, 23, 0, 8, 24, 0, 9, 25, 0, 10, 26);
        Vector512<int> c1 = Vector512.Create(0, 21, 2, 3, 22, 5, 6, 23, 8, 9, 24, 11, 12, 25, 14, 15);
        Vector512<int> ab2 = Vector512.Create(0, 11, 27, 0, 12, 28, 0, 13, 29, 0, 14, 30, 0, 15, 31, 0);
        Vector512<int> c2 = Vector512.Create(26, 1, 2, 27, 4, 5, 28, 7, 8, 29, 10, 11, 30, 13, 14, 31);

        for (; i < whole; i += 16)
        {
            Vector512<float> a = Vector512.LoadUnsafe(ref x, i);
            Vector512<float> b = Vector512.LoadUnsafe(ref x, i + stride);
            Vector512<float> c = Vector512.LoadUnsafe(ref x, i + (2 * stride));
            Avx512F.PermuteVar16x32x2(Avx512F.PermuteVar16x32x2(a, ab0, b), c0, c).StoreUnsafe(ref y, 3 * i);
            Avx512F.PermuteVar16x32x2(Avx512F.PermuteVar16x32x2(a, ab1, b), c1, c).StoreUnsafe(ref y, (3 * i) + 16);
            Avx512F.PermuteVar16x32x2(Avx512F.PermuteVar16x32x2(a, ab2, b), c2, c).StoreUnsafe(ref y, (3 * i) + 32);
        }

        return (int)whole;
    }
}
