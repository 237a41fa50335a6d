using Nnfs.Simd;

namespace Nnfs.Kernels.Columnwise;

/// <summary>What is done to the columns of a matrix, each alike and by itself, so that as many as a vector has lanes are done side by side.</summary>
internal interface IColumnOperation
{
    /// <summary>Does the columns from <paramref name="column"/> on that fill one vector.</summary>
    void Run<TSimd, TVector>(nuint column)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct;
}
