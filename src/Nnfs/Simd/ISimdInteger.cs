namespace Nnfs.Simd;

/// <summary>
/// The operations on whole numbers of 32 bits beside those of <see cref="ISimd{TVector}"/>, in vectors of as many lanes: arithmetic is modulo 2³²,
/// so that its results are the same on every machine.
/// </summary>
/// <typeparam name="TVector">The vector of floats, or a single float.</typeparam>
/// <typeparam name="TInteger">The vector of as many whole numbers, or a single one.</typeparam>
internal interface ISimdInteger<TVector, TInteger>
    where TVector : struct
    where TInteger : struct
{
    /// <summary>The numbers of the lanes: 0, 1, 2, …</summary>
    static abstract TInteger Sequence { get; }

    /// <summary>A vector with <paramref name="value"/> in every lane.</summary>
    static abstract TInteger Create(uint value);

    /// <summary><c>x + y</c>.</summary>
    static abstract TInteger Add(TInteger x, TInteger y);

    /// <summary><c>x · y</c>.</summary>
    static abstract TInteger Multiply(TInteger x, TInteger y);

    /// <summary><c>x ^ y</c>, bit by bit.</summary>
    static abstract TInteger Xor(TInteger x, TInteger y);

    /// <summary><c>x &gt;&gt;&gt; bits</c>: zeros come from above.</summary>
    static abstract TInteger ShiftRight(TInteger x, int bits);

    /// <summary><paramref name="value"/> where <paramref name="x"/> ≥ <paramref name="y"/> as numbers with a sign, else zero.</summary>
    static abstract TVector WhereNotLess(TInteger x, TInteger y, TVector value);
}
