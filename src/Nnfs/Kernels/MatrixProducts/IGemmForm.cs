namespace Nnfs.Kernels.MatrixProducts;

/// <summary>What a matrix product does with the sums before and after it accumulates them.</summary>
internal interface IGemmForm
{
    /// <summary>What the sums start at.</summary>
    static abstract GemmStart Start { get; }

    /// <summary>What becomes of the sums when they are stored.</summary>
    static abstract GemmFinish Finish { get; }
}
