using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nnfs.RandomNumbers;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>
/// Inverted dropout (Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov 2014, "Dropout: a simple way to prevent neural networks from overfitting"):
/// elements are dropped at random, and those that are kept grow by as much as keeps the expected sum.
/// </summary>
/// <remarks>
/// Whether an element is kept is a function of the seed and of the element's number alone, so the backward pass has the mask of the forward pass without
/// it being stored, whichever thread computes which part of it, and the mask is the same on every machine.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Dropout
{
    /// <summary>The seed of a layer's own masks: layers that share a seed drop other elements.</summary>
    /// <param name="seed">The seed of the network, or of a training step.</param>
    /// <param name="layer">The number of the layer, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="layer"/> is negative.</exception>
    public static ulong Seed(ulong seed, int layer)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(layer);

        return SplitMix64.ForStream(seed, (ulong)layer).Next();
    }

    /// <summary>
    /// Effectively computes <c>y[i] = x[i] / (1 − rate)</c> where the random number from 0 to 1 of <c>first + i</c> is at least <paramref name="rate"/>,
    /// and exactly zero elsewhere, even where <c>x[i]</c> is NaN.
    /// </summary>
    /// <param name="x">Inputs.</param>
    /// <param name="rate">The share that is dropped, from 0 to less than 1; rounded to a multiple of 2⁻³². At 0 every element is kept as it is.</param>
    /// <param name="seed">The seed of the mask, see <see cref="Seed"/>.</param>
    /// <param name="first">The number of the first element, at least 0: parts of a batch that are computed apart fit together.</param>
    /// <param name="y">Outputs, at least as long as <paramref name="x"/>; written. May be <paramref name="x"/> itself.</param>
    /// <exception cref="ArgumentException"><paramref name="y"/> is shorter than <paramref name="x"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rate"/> or <paramref name="first"/> is out of its range.</exception>
    public static void Forward(ReadOnlySpan<float> x, float rate, ulong seed, long first, Span<float> y)
    {
        ShapeGuard.AtLeast(y.Length, 1, x.Length);
        Check(rate, first);

        Apply<Given>(x, rate, seed, (ulong)first, distance: 1, y, rows: 1, stride: x.Length, x.Length);
    }

    /// <summary>
    /// Effectively computes <c>dx[i] = dy[i] / (1 − rate)</c> where the forward pass with the same seed and numbers kept the element, and exactly zero
    /// elsewhere.
    /// </summary>
    /// <param name="dy">Gradients of the outputs.</param>
    /// <param name="rate">The share that is dropped, from 0 to less than 1.</param>
    /// <param name="seed">The seed of the forward pass.</param>
    /// <param name="first">The number of the first element, at least 0.</param>
    /// <param name="dx">Gradients of the inputs, at least as long as <paramref name="dy"/>; written. May be <paramref name="dy"/> itself.</param>
    /// <exception cref="ArgumentException"><paramref name="dx"/> is shorter than <paramref name="dy"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rate"/> or <paramref name="first"/> is out of its range.</exception>
    public static void Backward(ReadOnlySpan<float> dy, float rate, ulong seed, long first, Span<float> dx)
    {
        ShapeGuard.AtLeast(dx.Length, 1, dy.Length);
        Check(rate, first);

        Apply<Given>(dy, rate, seed, (ulong)first, distance: 1, dx, rows: 1, stride: dy.Length, dy.Length);
    }

    /// <summary>Checks what a mask is made of.</summary>
    internal static void Check(float rate, long first)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);

        if (!(rate is >= 0f and < 1f))
        {
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "Expected a rate from 0 to less than 1.");
        }
    }

    /// <summary>
    /// Elements that lie in rows: the upper half of an element's number goes into the keys, the lower into the hash, so that elements are taken apart where the
    /// lower half starts again.
    /// </summary>
    /// <param name="x">Inputs [rows × stride], where they are read.</param>
    /// <param name="rate">The share that is dropped.</param>
    /// <param name="seed">The seed of the mask.</param>
    /// <param name="first">The number of the first element of the first row; that of each further row is 1 more.</param>
    /// <param name="distance">How far apart the numbers of consecutive elements of a row are, at least 1.</param>
    /// <param name="y">Outputs [rows × stride]; written.</param>
    /// <param name="rows">The number of rows, at least 1.</param>
    /// <param name="stride">The distance between the rows.</param>
    /// <param name="length">The number of elements of a row.</param>
    /// <typeparam name="TValues">Whether the inputs are given or all 1.</typeparam>
    internal static void Apply<TValues>(
        ReadOnlySpan<float> x, float rate, ulong seed, ulong first, int distance, Span<float> y, int rows, int stride, int length)
        where TValues : struct, IValues
    {
        ref float x0 = ref MemoryMarshal.GetReference(x);
        ref float y0 = ref MemoryMarshal.GetReference(y);

        for (int done = 0; done < length;)
        {
            // As many columns as have numbers with the same upper half in all rows; where a column has not, its elements one by one.
            ulong number = first + ((ulong)done * (uint)distance);
            ulong left = (1UL << 32) - (uint)number;
            int columns = left < (uint)rows ? 0 : (int)Math.Min((ulong)(length - done), ((left - (uint)rows) / (uint)distance) + 1);

            for (int row = 0; row < (columns > 0 ? 1 : rows); row++)
            {
                ulong keys = SplitMix64.ForStream(seed, (number + (uint)row) >> 32).Next();
                Mask mask = new(rate, (uint)keys, (uint)(keys >> 32));
                nuint place = ((nuint)row * (nuint)stride) + (nuint)done;
                Apply<TValues>(
                    in mask,
                    ref TValues.AreGiven ? ref Unsafe.Add(ref x0, place) : ref x0,
                    (uint)(number + (uint)row),
                    (uint)distance,
                    ref Unsafe.Add(ref y0, place),
                    columns > 0 ? rows : 1,
                    (nuint)stride,
                    (nuint)Math.Max(1, columns));
            }

            done += Math.Max(1, columns);
        }
    }

    private static void Apply<TValues>(in Mask mask, ref float x, uint first, uint distance, ref float y, int rows, nuint stride, nuint length)
        where TValues : struct, IValues
    {
        nuint done = 0;

        if (Vector512.IsHardwareAccelerated)
        {
            done = Apply<TValues, Simd512, SimdInteger512, Vector512<float>, Vector512<uint>>(
                in mask, ref x, first, distance, ref y, rows, stride, done, length);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            done = Apply<TValues, Simd256, SimdInteger256, Vector256<float>, Vector256<uint>>(
                in mask, ref x, first, distance, ref y, rows, stride, done, length);
        }
        else
        {
            done = Apply<TValues, Simd128, SimdInteger128, Vector128<float>, Vector128<uint>>(
                in mask, ref x, first, distance, ref y, rows, stride, done, length);
        }

        Apply<TValues, SimdScalar, SimdIntegerScalar, float, uint>(in mask, ref x, first, distance, ref y, rows, stride, done, length);
    }

    /// <returns>The index of the first element of a row that a whole vector did not reach.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static nuint Apply<TValues, TSimd, TIntegers, TVector, TInteger>(
        in Mask mask, ref float x, uint first, uint distance, ref float y, int rows, nuint stride, nuint start, nuint length)
        where TValues : struct, IValues
        where TSimd : struct, ISimd<TVector>
        where TIntegers : struct, ISimdInteger<TVector, TInteger>
        where TVector : struct
        where TInteger : struct
    {
        // Copies, because what is behind a reference might be overwritten by a store as far as the compiler knows.
        (uint key0, uint key1, uint threshold, float scale) = (mask.Key0, mask.Key1, mask.Threshold, mask.Scale);
        TInteger numbers = TIntegers.Multiply(TIntegers.Sequence, TIntegers.Create(distance));
        nuint end = start + ((length - start) / (nuint)TSimd.Count * (nuint)TSimd.Count);

        for (; rows != 0; rows--, first++)
        {
            for (nuint i = start; i < end; i += (nuint)TSimd.Count)
            {
                TInteger index = TIntegers.Add(TIntegers.Create(first + ((uint)i * distance)), numbers);
                TInteger bits = KeyedHash.Bits<TIntegers, TVector, TInteger>(index, key0, key1);
                TVector scaled = TValues.AreGiven ? TSimd.Multiply(TSimd.Load(in x, i), TSimd.Create(scale)) : TSimd.Create(scale);

                TSimd.Store(TIntegers.WhereNotLess(bits, TIntegers.Create(threshold), scaled), ref y, i);
            }

            x = ref TValues.AreGiven ? ref Unsafe.Add(ref x, stride) : ref x;
            y = ref Unsafe.Add(ref y, stride);
        }

        return end;
    }

    /// <summary>What a mask is applied to.</summary>
    internal interface IValues
    {
        /// <summary>Whether they are read from memory; otherwise all are 1.</summary>
        static abstract bool AreGiven { get; }
    }

    /// <summary>Values that are read from memory.</summary>
    internal readonly struct Given : IValues
    {
        public static bool AreGiven => true;
    }

    /// <summary>A 1 for each element.</summary>
    internal readonly struct Ones : IValues
    {
        public static bool AreGiven => false;
    }

    /// <summary>What decides over an element, and what those that are kept are multiplied by.</summary>
    private readonly struct Mask(float rate, uint key0, uint key1)
    {
        public uint Key0 { get; } = key0;

        public uint Key1 { get; } = key1;

        /// <summary>
        /// The least hash that is kept. The hash is compared as a number with a sign, which every machine has an instruction for: it is as uniform from −2³¹ on
        /// as without its sign from 0 on.
        /// </summary>
        public uint Threshold { get; } = (uint)Math.Round(rate * 4294967296.0) ^ 0x80000000;

        public float Scale { get; } = (float)(1 / (1 - (double)rate));
    }
}
