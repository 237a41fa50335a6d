using System.Runtime.Intrinsics;

namespace Nnfs.Simd;

/// <summary>
/// The vector operations that the kernels are written in, so that one source serves every vector width: a kernel is
/// generic over the operations and their vector, and the compiler makes one version of it for each.
/// </summary>
/// <typeparam name="TVector">The vector of floats, or a single float.</typeparam>
internal interface ISimd<TVector>
    where TVector : struct
{
    /// <summary>The number of floats in a vector.</summary>
    static abstract int Count { get; }

    /// <summary>How many vectors wide a tile of a matrix product is, so that six rows of sums fit into the registers.</summary>
    static abstract int TileVectors { get; }

    /// <summary>The numbers of the lanes: 0, 1, 2, …</summary>
    static abstract TVector Sequence { get; }

    /// <summary>A vector with <paramref name="value"/> in every lane.</summary>
    static abstract TVector Create(float value);

    /// <summary>A vector with <paramref name="value"/> in the first lane and zeros in the others.</summary>
    static abstract TVector CreateFirst(float value);

    /// <summary>Reads a vector that starts <paramref name="offset"/> floats after <paramref name="source"/>.</summary>
    static abstract TVector Load(ref readonly float source, nuint offset);

    /// <summary>Writes a vector that starts <paramref name="offset"/> floats after <paramref name="destination"/>.</summary>
    static abstract void Store(TVector value, ref float destination, nuint offset);

    /// <summary>Writes the first <paramref name="count"/> lanes, which are fewer than a vector, and nothing beyond them.</summary>
    static abstract void StorePart(TVector value, ref float destination, nuint offset, int count);

    /// <summary><c>x + y</c>.</summary>
    static abstract TVector Add(TVector x, TVector y);

    /// <summary><c>x − y</c>.</summary>
    static abstract TVector Subtract(TVector x, TVector y);

    /// <summary><c>x · y</c>.</summary>
    static abstract TVector Multiply(TVector x, TVector y);

    /// <summary><c>x / y</c>.</summary>
    static abstract TVector Divide(TVector x, TVector y);

    /// <summary><c>x · y + z</c>, rounded once where the machine has fused multiply-add and twice where it has not.</summary>
    static abstract TVector MultiplyAdd(TVector x, TVector y, TVector z);

    /// <summary><c>√x</c>.</summary>
    static abstract TVector Sqrt(TVector x);

    /// <summary>The greater of each pair of lanes. Where <paramref name="y"/> is NaN the result is NaN.</summary>
    static abstract TVector Max(TVector x, TVector y);

    /// <summary>The less of each pair of lanes. Where <paramref name="y"/> is NaN the result is NaN.</summary>
    static abstract TVector Min(TVector x, TVector y);

    /// <summary><c>|x|</c>.</summary>
    static abstract TVector Abs(TVector x);

    /// <summary><paramref name="magnitude"/> with the sign of <paramref name="sign"/>, that of a zero too.</summary>
    static abstract TVector CopySign(TVector magnitude, TVector sign);

    /// <summary><paramref name="value"/> where <paramref name="x"/> &gt; <paramref name="y"/>, else zero.</summary>
    static abstract TVector WhereGreater(TVector x, TVector y, TVector value);

    /// <summary><paramref name="value"/> where <paramref name="x"/> = <paramref name="y"/>, else zero.</summary>
    static abstract TVector WhereEqual(TVector x, TVector y, TVector value);

    /// <summary><paramref name="value"/> where <paramref name="x"/> &lt; <paramref name="y"/> is false (so too where one is NaN), else zero.</summary>
    static abstract TVector WhereNotLess(TVector x, TVector y, TVector value);

    /// <summary>All bits where <c>x = y</c>, none elsewhere.</summary>
    static abstract TVector Equal(TVector x, TVector y);

    /// <summary>All bits where <c>x &gt; y</c>, none elsewhere.</summary>
    static abstract TVector Greater(TVector x, TVector y);

    /// <summary><paramref name="x"/> where <paramref name="condition"/> has all bits, <paramref name="y"/> where it has none.</summary>
    static abstract TVector Select(TVector condition, TVector x, TVector y);

    /// <summary>
    /// <c>x·2ⁿ</c> for normal <c>x</c>, where that is normal too, and whole numbers n, each given as its sum with <see cref="Elementary.RoundingShift"/>: n is
    /// added to the exponent. NaN gives NaN or a number without meaning.
    /// </summary>
    static abstract TVector Scale(TVector x, TVector shifted);

    /// <summary>The whole number <c>e</c> and the significand <c>m</c>, from √½ to √2, with <c>x = m·2ᵉ</c>, for normal <c>x</c> &gt; 0.</summary>
    static abstract TVector Decompose(TVector x, out TVector exponent);

    /// <summary>Reads whole numbers up to 2²⁴, exactly.</summary>
    static abstract TVector LoadConverted(ref readonly int source, nuint offset);

    /// <summary>The sums of the lanes of four vectors.</summary>
    static abstract Vector128<float> Sum4(TVector x0, TVector x1, TVector x2, TVector x3);

    /// <summary>The sums of the lanes of sixteen vectors, as a matrix of four rows.</summary>
    static abstract void Sum16(
        TVector x00, TVector x01, TVector x02, TVector x03,
        TVector x10, TVector x11, TVector x12, TVector x13,
        TVector x20, TVector x21, TVector x22, TVector x23,
        TVector x30, TVector x31, TVector x32, TVector x33,
        out Vector128<float> row0, out Vector128<float> row1, out Vector128<float> row2, out Vector128<float> row3);

    /// <summary>The sum of the lanes.</summary>
    static abstract float Sum(TVector x);

    /// <summary>Adds each lane to the number at its place, <paramref name="offset"/> and more numbers after <paramref name="sums"/>.</summary>
    static abstract void Accumulate(TVector x, ref double sums, nuint offset);

    /// <summary>The greatest lane.</summary>
    static abstract float MaxOfLanes(TVector x);
}
