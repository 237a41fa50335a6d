namespace Nnfs.Import.Evaluation;

/// <summary>Products of matrices.</summary>
internal static class Products
{
    /// <summary>α·A·B + β·C, where A and B may be turned round.</summary>
    public static TensorValue Gemm(OperatorCall call)
    {
        TensorValue a = Matrix(call, 0, call.Integer("transA", 0) != 0);
        TensorValue b = Matrix(call, 1, call.Integer("transB", 0) != 0);
        double alpha = call.Real("alpha", 1);
        double beta = call.Real("beta", 1);
        TensorValue product = Multiply(call, a, b);
        double[] values = Array.ConvertAll(product.ToReals(), value => alpha * value);

        if (call.Optional(2) is not null)
        {
            TensorValue c = call.RealInput(2);

            if (!call.BroadcastShape(product, c).AsSpan().SequenceEqual(product.Shape))
            {
                throw call.Fault($"input 2 is {c}, which does not fit a product of shape {OperatorCall.List(product.Shape.ToArray())}");
            }

            int[] places = Places.Broadcast(c.Shape, product.Shape);

            for (int i = 0; i < values.Length; i++)
            {
                values[i] += beta * c.Reals[places[i]];
            }
        }

        return TensorValue.OfReals(values, [.. product.Shape]);
    }

    /// <summary>The product of matrices, of which there may be many; a vector is a matrix of one row or one column.</summary>
    public static TensorValue MatMul(OperatorCall call)
    {
        TensorValue a = call.RealInput(0);
        TensorValue b = call.RealInput(1);

        if (a.Rank == 0 || b.Rank == 0)
        {
            throw call.Fault($"a product takes vectors or matrices, but these are {a} and {b}");
        }

        TensorValue left = a.Rank == 1 ? a.WithShape([1, a.Count]) : a;
        TensorValue right = b.Rank == 1 ? b.WithShape([b.Count, 1]) : b;
        TensorValue product = Multiply(call, left, right);
        List<int> shape = [.. product.Shape];

        if (b.Rank == 1)
        {
            shape.RemoveAt(shape.Count - 1);
        }

        if (a.Rank == 1)
        {
            shape.RemoveAt(shape.Count - (b.Rank == 1 ? 1 : 2));
        }

        return product.WithShape([.. shape]);
    }

    private static TensorValue Matrix(OperatorCall call, int input, bool isTurned)
    {
        TensorValue matrix = call.RealInput(input);

        if (matrix.Rank != 2)
        {
            throw call.Fault($"input {input} must be a matrix, but is {matrix}");
        }

        (int rows, int columns) = (matrix.Shape[0], matrix.Shape[1]);

        return isTurned ? matrix.Select([columns, rows], Places.Of([columns, rows], [1, columns])) : matrix;
    }

    private static TensorValue Multiply(OperatorCall call, TensorValue a, TensorValue b)
    {
        (int rows, int inner, int columns) = (a.Shape[^2], a.Shape[^1], b.Shape[^1]);

        if (b.Shape[^2] != inner)
        {
            throw call.Fault($"the first input has {inner} columns, but the second has {b.Shape[^2]} rows");
        }

        // One element for each matrix, so that the dimensions before the last two fit each other like any others.
        TensorValue lefts = TensorValue.OfIntegers(new long[Places.Count(a.Shape[..^2])], [.. a.Shape[..^2]]);
        TensorValue rights = TensorValue.OfIntegers(new long[Places.Count(b.Shape[..^2])], [.. b.Shape[..^2]]);
        int[] matrices = call.BroadcastShape(lefts, rights);
        int[] left = Places.Broadcast(lefts.Shape, matrices);
        int[] right = Places.Broadcast(rights.Shape, matrices);
        int[] shape = call.Shape([.. matrices, rows, columns]);
        double[] product = new double[Places.Count(shape)];

        for (int matrix = 0; matrix < left.Length; matrix++)
        {
            ReadOnlySpan<double> x = a.Reals.Slice(left[matrix] * rows * inner, rows * inner);
            ReadOnlySpan<double> y = b.Reals.Slice(right[matrix] * inner * columns, inner * columns);
            Span<double> z = product.AsSpan(matrix * rows * columns, rows * columns);

            for (int row = 0; row < rows; row++)
            {
                for (int i = 0; i < inner; i++)
                {
                    for (int column = 0; column < columns; column++)
                    {
                        z[(row * columns) + column] += x[(row * inner) + i] * y[(i * columns) + column];
                    }
                }
            }
        }

        return TensorValue.OfReals(product, shape);
    }
}
