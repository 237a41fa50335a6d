namespace Nnfs.Kernels.MatrixProducts;

/// <summary>What the sums of a matrix product start at.</summary>
internal enum GemmStart
{
    Zero,

    /// <summary>The bias of the element's column.</summary>
    ColumnBiases,

    /// <summary>The bias of the element's row.</summary>
    RowBiases,

    /// <summary>What C holds: the chains of multiply-adds of an earlier product go on.</summary>
    Sums,
}
