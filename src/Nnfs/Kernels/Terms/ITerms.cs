using Nnfs.Simd;

namespace Nnfs.Kernels.Terms;

/// <summary>Numbers that are computed where they are asked for, a vector at a time, see <see cref="TermSweep"/>.</summary>
internal interface ITerms
{
    /// <summary>The terms from <paramref name="i"/> on, as many as a vector has lanes.</summary>
    TVector At<TSimd, TVector>(nuint i)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct;
}
