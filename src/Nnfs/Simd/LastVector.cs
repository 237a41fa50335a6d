using System.Runtime.CompilerServices;

namespace Nnfs.Simd;

/// <summary>
/// The last vector of a row whose size is known at compile time. Where the size is not a multiple of a vector's, it overlaps the vector before it, so that
/// a row needs neither single floats nor padding.
/// </summary>
internal static class LastVector
{
    /// <summary>The lanes that no whole vector before it holds; zero in the others, so that a sum counts each element once.</summary>
    /// <param name="last">Something computed from the last vector.</param>
    /// <typeparam name="TSize">The size of the row, at least a vector and not a multiple of it.</typeparam>
    /// <typeparam name="TSimd">The operations of the vector.</typeparam>
    /// <typeparam name="TVector">The vector.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector WhereLeftOver<TSize, TSimd, TVector>(TVector last)
        where TSize : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct =>
        TSimd.WhereGreater(TSimd.Sequence, TSimd.Create(TSimd.Count - (TSize.Value % TSimd.Count) - 1), last);
}
