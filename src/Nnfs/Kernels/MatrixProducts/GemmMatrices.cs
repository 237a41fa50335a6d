using System.Runtime.CompilerServices;

namespace Nnfs.Kernels.MatrixProducts;

/// <summary>
/// The matrices of a product <c>C = A·B</c>. A is read element by element and may have any strides. A row of B is read in whole
/// vectors: up to a vector's length after its last element must be readable, and what is there is ignored. C is
/// written exactly; a mask may be C itself, A and B may not.
/// </summary>
internal ref struct GemmMatrices
{
    private static readonly float s_one = 1f;

    /// <summary>A row of ones as A: one number, whose strides are 0.</summary>
    public static ref readonly float One => ref s_one;

    /// <summary>A[0, 0]; A[i, p] is at <c>i·ARow + p·ATerm</c>.</summary>
    public ref readonly float A;

    /// <summary>B[0, 0]; B[p, j] is at <c>p·BRow + j</c>.</summary>
    public ref readonly float B;

    /// <summary>C[0, 0]; C[i, j] is at <c>i·CRow + j</c>.</summary>
    public ref float C;

    /// <summary>What the sums start at, where the form has biases.</summary>
    public ref readonly float Biases;

    /// <summary>Mask[0, 0], where the form has one; Mask[i, j] is at <c>i·MaskRow + j</c> and is read in whole vectors, as B is.</summary>
    public ref readonly float Mask;

    public nuint ARow;
    public nuint ATerm;
    public nuint BRow;
    public nuint CRow;
    public nuint MaskRow;

    /// <summary>The columns of A and rows of B.</summary>
    public nuint Terms;

    /// <summary>Whether the rows of B lie as they come, neither aligned nor spread over the cache as those of parameters are.</summary>
    public bool IsBUnpadded;

    /// <summary>The product without the rows of C before <paramref name="row"/>.</summary>
    public readonly GemmMatrices FromRow(nuint row, GemmStart start, GemmFinish finish)
    {
        GemmMatrices rest = this;
        rest.A = ref Unsafe.Add(ref Unsafe.AsRef(in A), row * ARow);
        rest.C = ref Unsafe.Add(ref C, row * CRow);

        if (start == GemmStart.RowBiases)
        {
            rest.Biases = ref Unsafe.Add(ref Unsafe.AsRef(in Biases), row);
        }

        if (finish == GemmFinish.Mask)
        {
            rest.Mask = ref Unsafe.Add(ref Unsafe.AsRef(in Mask), row * MaskRow);
        }

        return rest;
    }

    /// <summary>The product without the columns of C before <paramref name="column"/>.</summary>
    public readonly GemmMatrices FromColumn(nuint column, GemmStart start, GemmFinish finish)
    {
        GemmMatrices rest = this;
        rest.B = ref Unsafe.Add(ref Unsafe.AsRef(in B), column);
        rest.C = ref Unsafe.Add(ref C, column);

        if (start == GemmStart.ColumnBiases)
        {
            rest.Biases = ref Unsafe.Add(ref Unsafe.AsRef(in Biases), column);
        }

        if (finish == GemmFinish.Mask)
        {
            rest.Mask = ref Unsafe.Add(ref Unsafe.AsRef(in Mask), column);
        }

        return rest;
    }

    /// <summary>Goes on to the terms after some.</summary>
    public void SkipTerms(nuint terms)
    {
        A = ref Unsafe.Add(ref Unsafe.AsRef(in A), terms * ATerm);
        B = ref Unsafe.Add(ref Unsafe.AsRef(in B), terms * BRow);
    }
}
