using System.Runtime.CompilerServices;

namespace Nnfs.Simd;

/// <summary>Random bits by number: the bits of any number can be had without those before it.</summary>
internal static class KeyedHash
{
    /// <summary>Effectively computes <c>mix(mix(index ^ key0) + key1)</c>; for any pair of keys the 2³² indices give each of the 2³² results once.</summary>
    /// <remarks>
    /// One round of <c>mix</c> is a permutation of the 32-bit numbers; the key between two rounds makes another sequence of it for each pair of keys, where a
    /// key before a single round would only exchange its elements.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TInteger Bits<TIntegers, TVector, TInteger>(TInteger index, uint key0, uint key1)
        where TIntegers : struct, ISimdInteger<TVector, TInteger>
        where TVector : struct
        where TInteger : struct
    {
        TInteger first = Mix<TIntegers, TVector, TInteger>(TIntegers.Xor(index, TIntegers.Create(key0)));

        return Mix<TIntegers, TVector, TInteger>(TIntegers.Add(first, TIntegers.Create(key1)));
    }

    /// <summary>Chris Wellons' <c>lowbias32</c> (https://nullprogram.com/blog/2018/07/31/), its constants found by a search for the least bias.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TInteger Mix<TIntegers, TVector, TInteger>(TInteger x)
        where TIntegers : struct, ISimdInteger<TVector, TInteger>
        where TVector : struct
        where TInteger : struct
    {
        x = TIntegers.Xor(x, TIntegers.ShiftRight(x, 16));
        x = TIntegers.Multiply(x, TIntegers.Create(0x7FEB352D));
        x = TIntegers.Xor(x, TIntegers.ShiftRight(x, 15));
        x = TIntegers.Multiply(x, TIntegers.Create(0x846CA68B));

        return TIntegers.Xor(x, TIntegers.ShiftRight(x, 16));
    }
}
