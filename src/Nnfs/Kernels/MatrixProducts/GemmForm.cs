namespace Nnfs.Kernels.MatrixProducts;

/// <summary>The forms of a matrix product: what its sums start at, and what is done to them at the end.</summary>
internal static class GemmForm
{
    /// <summary><c>C = A·B</c>.</summary>
    internal readonly struct Product : IGemmForm
    {
        public static GemmStart Start => GemmStart.Zero;

        public static GemmFinish Finish => GemmFinish.Nothing;
    }

    /// <summary><c>C = A·B</c> where the mask is positive, else zero.</summary>
    internal readonly struct MaskedProduct : IGemmForm
    {
        public static GemmStart Start => GemmStart.Zero;

        public static GemmFinish Finish => GemmFinish.Mask;
    }

    /// <summary><c>C = C + A·B</c>.</summary>
    internal readonly struct Sum : IGemmForm
    {
        public static GemmStart Start => GemmStart.Sums;

        public static GemmFinish Finish => GemmFinish.Nothing;
    }

    /// <summary><c>C = max(0, C + A·B)</c>.</summary>
    internal readonly struct SumReLU : IGemmForm
    {
        public static GemmStart Start => GemmStart.Sums;

        public static GemmFinish Finish => GemmFinish.Rectify;
    }

    /// <summary><c>C = C + A·B</c> where the mask is positive, else zero.</summary>
    internal readonly struct MaskedSum : IGemmForm
    {
        public static GemmStart Start => GemmStart.Sums;

        public static GemmFinish Finish => GemmFinish.Mask;
    }

    /// <summary><c>C = A·B + b</c>, a bias for each column.</summary>
    internal readonly struct Affine : IGemmForm
    {
        public static GemmStart Start => GemmStart.ColumnBiases;

        public static GemmFinish Finish => GemmFinish.Nothing;
    }

    /// <summary><c>C = max(0, A·B + b)</c>, a bias for each column.</summary>
    internal readonly struct AffineReLU : IGemmForm
    {
        public static GemmStart Start => GemmStart.ColumnBiases;

        public static GemmFinish Finish => GemmFinish.Rectify;
    }

    /// <summary><c>C = A·B + b</c>, a bias for each row.</summary>
    internal readonly struct RowAffine : IGemmForm
    {
        public static GemmStart Start => GemmStart.RowBiases;

        public static GemmFinish Finish => GemmFinish.Nothing;
    }

    /// <summary><c>C = max(0, A·B + b)</c>, a bias for each row.</summary>
    internal readonly struct RowAffineReLU : IGemmForm
    {
        public static GemmStart Start => GemmStart.RowBiases;

        public static GemmFinish Finish => GemmFinish.Rectify;
    }
}
