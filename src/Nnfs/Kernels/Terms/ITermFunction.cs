using Nnfs.Simd;

namespace Nnfs.Kernels.Terms;

/// <summary>A function of one number, for a vector of them.</summary>
internal interface ITermFunction
{
    /// <summary>The function's values.</summary>
    TVector Of<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct;
}
