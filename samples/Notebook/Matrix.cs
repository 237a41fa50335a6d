using System.Numerics.Tensors;

namespace Notebook;

/// <summary>A matrix for the calculations by hand: a few of NumPy's operations, written as plainly as they can be.</summary>
internal sealed class Matrix
{
    private readonly float[] _values;

    /// <summary>A matrix of the given values, row by row; zeros where there are none.</summary>
    public Matrix(int rows, int columns, params ReadOnlySpan<float> values)
    {
        _values = new float[rows * columns];
        values.CopyTo(_values);
        Rows = rows;
        Columns = columns;
    }

    /// <summary>A copy of a view of a network's weights, gradients or activations.</summary>
    public Matrix(ReadOnlyTensorSpan<float> view)
        : this((int)view.Lengths[0], (int)view.Lengths[1])
    {
        view.FlattenTo(_values);
    }

    public int Rows { get; }

    public int Columns { get; }

    public float this[int row, int column]
    {
        get => _values[(row * Columns) + column];
        private set => _values[(row * Columns) + column] = value;
    }

    /// <summary>The rows one after another, which is how networks take them.</summary>
    public ReadOnlySpan<float> Values => _values;

    public float[] Row(int row) => _values[(row * Columns)..((row + 1) * Columns)];

    /// <summary><c>self @ other</c></summary>
    public Matrix Dot(Matrix other) => Fill(Rows, other.Columns, (i, j) =>
    {
        double sum = 0;

        for (int k = 0; k < Columns; k++)
        {
            sum += (double)this[i, k] * other[k, j];
        }

        return (float)sum;
    });

    /// <summary><c>self.T</c></summary>
    public Matrix Transposed() => Fill(Columns, Rows, (i, j) => this[j, i]);

    /// <summary><c>np.sum(self, axis=0)</c></summary>
    public Matrix SumOfRows() => Fill(1, Columns, (_, j) => Enumerable.Range(0, Rows).Sum(i => this[i, j]));

    /// <summary>A matrix of the same shape, each element made from the one at its place.</summary>
    public Matrix Map(Func<float, int, int, float> element) => Fill(Rows, Columns, (i, j) => element(this[i, j], i, j));

    private static Matrix Fill(int rows, int columns, Func<int, int, float> element)
    {
        Matrix result = new(rows, columns);

        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                result[i, j] = element(i, j);
            }
        }

        return result;
    }
}
