using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Nnfs.Kernels.MatrixProducts;
using Nnfs.Simd;
using Nnfs.Tests.Widths;

namespace Nnfs.Tests.Kernels;

/// <summary>
/// The matrix product at every vector width, whether or not the machine has it (.NET computes the wider ones in parts): every element
/// is bit for bit the chain of multiply-adds that the documentation names, and nothing but C is written.
/// </summary>
public class GemmTests
{
    /// <summary>Rows that end in tiles of every height, once beyond a block of A; columns that end in panels of every kind; few terms and many.</summary>
    public static TheoryData<int, int, int> Shapes
    {
        get
        {
            int[] rows = [1, 2, 3, 4, 5, 6, 7, 11, 12, 13, 23, 29, 48, 55];
            int[] columns = [1, 3, 4, 5, 7, 8, 9, 10, 12, 15, 16, 17, 20, 24, 25, 31, 32, 33, 47, 48, 49, 63, 64, 65, 70, 96, 100, 112, 113, 128];
            int[] terms = [1, 2, 3, 31, 32, 33, 130];
            TheoryData<int, int, int> shapes = [];

            for (int i = 0; i < columns.Length * 3; i++)
            {
                shapes.Add(rows[i % rows.Length], columns[i % columns.Length], terms[(i + (i / rows.Length)) % terms.Length]);
            }

            // Blocks of 66 and 65 rows, of 36 and 31, and of 6 and 1.
            shapes.Add(131, 33, 700);
            shapes.Add(67, 17, 1000);
            shapes.Add(7, 20, 20_000);
            shapes.Add(50, 70, 600);

            // Terms in two blocks, of all rows and of 90 and 85; in three, with columns left over.
            shapes.Add(24, 256, 513);
            shapes.Add(175, 180, 740);
            shapes.Add(31, 130, 1011);

            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Product_at_every_width_is_the_chain_of_its_terms(int rows, int columns, int terms)
    {
        foreach (bool isAByColumns in (bool[])[false, true])
        {
            Operands operands = new(rows, columns, terms, isAByColumns);
            operands.AssertAllForms<Simd128, Vector128<float>>();

            // Those that .NET computes in parts have been here before in the process that started this one.
            if (!WidthSetting.IsChild || Vector256.IsHardwareAccelerated)
            {
                operands.AssertAllForms<Simd256, Vector256<float>>();
            }

            if (!WidthSetting.IsChild || Vector512.IsHardwareAccelerated)
            {
                operands.AssertAllForms<Simd512, Vector512<float>>();
            }
        }
    }

    private sealed class Operands
    {
        private readonly int _rows;
        private readonly int _columns;
        private readonly int _terms;
        private readonly bool _isAByColumns;
        private readonly int _bRow;
        private readonly float[] _aValues;
        private readonly float[] _bValues;
        private readonly float[] _biasValues;
        private readonly float[] _maskValues;
        private readonly float[] _earlierSums;
        private readonly Dictionary<GemmStart, float[]> _sums = [];

        public Operands(int rows, int columns, int terms, bool isAByColumns)
        {
            (_rows, _columns, _terms, _isAByColumns) = (rows, columns, terms, isAByColumns);

            // As in the gradients of weights: A by columns, and rows of B without padding, which are packed.
            _bRow = isAByColumns ? columns : MatrixLayout.RowStride(columns);
            _aValues = Numbers.Gaussians(rows * terms, seed: 1);
            _bValues = Numbers.Gaussians(terms * _bRow, seed: 2);
            _biasValues = Numbers.Gaussians(Math.Max(rows, MatrixLayout.RowStride(columns)), seed: 3);
            _maskValues = Numbers.Gaussians(rows * columns, seed: 4);
            _earlierSums = Numbers.Gaussians(rows * columns, seed: 5);

            foreach (GemmStart start in Enum.GetValues<GemmStart>())
            {
                _sums[start] = Sums(start);
            }
        }

        public void AssertAllForms<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            // Narrower rows are left to narrower vectors.
            if (MatrixLayout.RowStride(_columns) < TSimd.Count)
            {
                return;
            }

            foreach (int cRow in (int[])[_columns, MatrixLayout.RowStride(_columns)])
            {
                Assert<TSimd, TVector, GemmForm.Product>(cRow);
                Assert<TSimd, TVector, GemmForm.MaskedProduct>(cRow);
                Assert<TSimd, TVector, GemmForm.MaskedProduct>(cRow, isCMask: true);
                Assert<TSimd, TVector, GemmForm.Sum>(cRow);
                Assert<TSimd, TVector, GemmForm.SumReLU>(cRow);
                Assert<TSimd, TVector, GemmForm.MaskedSum>(cRow);
                Assert<TSimd, TVector, GemmForm.Affine>(cRow);
                Assert<TSimd, TVector, GemmForm.AffineReLU>(cRow);
                Assert<TSimd, TVector, GemmForm.RowAffine>(cRow);
                Assert<TSimd, TVector, GemmForm.RowAffineReLU>(cRow);
            }
        }

        private void Assert<TSimd, TVector, TForm>(int cRow, bool isCMask = false)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
            where TForm : struct, IGemmForm
        {
            FramedBlock a = FramedBlock.Source(_aValues);
            FramedBlock b = FramedBlock.Source(_bValues, misalignment: _columns % 3);
            FramedBlock biases = FramedBlock.Source(_biasValues);
            FramedBlock mask = FramedBlock.Source(_maskValues, misalignment: _rows % 3);
            FramedBlock c = FramedBlock.Destination(((_rows - 1) * cRow) + _columns, misalignment: _terms % 4);

            float[]? content = TForm.Start == GemmStart.Sums ? _earlierSums : isCMask ? _maskValues : null;

            for (int i = 0; content is not null && i < _rows; i++)
            {
                content.AsSpan(i * _columns, _columns).CopyTo(c.Span[(i * cRow)..]);
            }

            GemmMatrices matrices = new()
            {
                A = ref MemoryMarshal.GetReference(a.Span),
                ARow = (nuint)(_isAByColumns ? 1 : _terms),
                ATerm = (nuint)(_isAByColumns ? _rows : 1),
                B = ref MemoryMarshal.GetReference(b.Span),
                BRow = (nuint)_bRow,
                Biases = ref MemoryMarshal.GetReference(biases.Span),
                IsBUnpadded = _isAByColumns,
                Mask = ref MemoryMarshal.GetReference(isCMask ? c.Span : mask.Span),
                MaskRow = (nuint)(isCMask ? cRow : _columns),
                C = ref MemoryMarshal.GetReference(c.Span),
                CRow = (nuint)cRow,
                Terms = (nuint)_terms,
            };

            Gemm.Multiply<TSimd, TVector, TForm>(in matrices, (nuint)_rows, (nuint)_columns);

            float[] expected = new float[c.Span.Length];
            Array.Fill(expected, FramedBlock.Canary);

            for (int i = 0; i < _rows; i++)
            {
                for (int j = 0; j < _columns; j++)
                {
                    float sum = _sums[TForm.Start][(i * _columns) + j];

                    expected[(i * cRow) + j] = TForm.Finish switch
                    {
                        GemmFinish.Rectify => Math.Max(0f, sum),
                        GemmFinish.Mask => _maskValues[(i * _columns) + j] > 0 ? sum : 0f,
                        _ => sum,
                    };
                }
            }

            Numbers.AssertSameBits(expected, c.Span.ToArray(), $"{typeof(TForm).Name} by {typeof(TSimd).Name}");
            c.AssertFrameIsIntact();
        }

        /// <summary>The plain loops, with products rounded as the machine does it.</summary>
        private float[] Sums(GemmStart start)
        {
            bool roundsOnce = Fma.IsSupported || AdvSimd.IsSupported;
            float[] sums = new float[_rows * _columns];

            for (int i = 0; i < _rows; i++)
            {
                for (int j = 0; j < _columns; j++)
                {
                    float sum = start switch
                    {
                        GemmStart.ColumnBiases => _biasValues[j],
                        GemmStart.RowBiases => _biasValues[i],
                        GemmStart.Sums => _earlierSums[(i * _columns) + j],
                        _ => 0f,
                    };

                    for (int p = 0; p < _terms; p++)
                    {
                        float x = _aValues[_isAByColumns ? (p * _rows) + i : (i * _terms) + p];
                        float y = _bValues[(p * _bRow) + j];
                        sum = roundsOnce ? MathF.FusedMultiplyAdd(x, y, sum) : (x * y) + sum;
                    }

                    sums[(i * _columns) + j] = sum;
                }
            }

            return sums;
        }
    }
}
