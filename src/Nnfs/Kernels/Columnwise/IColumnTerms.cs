namespace Nnfs.Kernels.Columnwise;

/// <summary>What <see cref="ColumnSums"/> adds up over the rows of a matrix, for as many columns as a vector has lanes.</summary>
/// <typeparam name="TVector">The vector of floats, or a single float.</typeparam>
internal interface IColumnTerms<TVector>
    where TVector : struct
{
    /// <summary>Adds the terms of a row to as many of the three sums as are wanted.</summary>
    void Add(nuint row, ref TVector sum0, ref TVector sum1, ref TVector sum2);
}
