namespace Nnfs.Kernels.MatrixProducts;

/// <summary>What becomes of the sums of a matrix product when they are stored.</summary>
internal enum GemmFinish
{
    Nothing,

    /// <summary>Negative sums become zero.</summary>
    Rectify,

    /// <summary>A sum becomes zero where the mask, laid out as the result is, is not positive.</summary>
    Mask,
}
