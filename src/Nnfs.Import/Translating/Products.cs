using Nnfs.Import.Evaluation;

namespace Nnfs.Import.Translating;

/// <summary>Products of values with matrices, which become dense layers.</summary>
internal static class Products
{
    /// <summary>alpha · A · B + beta · C.</summary>
    public static void Gemm(NodeTranslation node)
    {
        NetworkValue value = node.Row(0);
        View view = value.View;

        if (view.Rank != 2)
        {
            throw NodeTranslation.Refuse($"it reads {view.Rank} dimensions where 2 are expected");
        }

        if (node.Node.Integer("transA", 0) != 0)
        {
            value = value with { View = view.Ordered([1, 0]) };
        }

        double alpha = node.Node.Float("alpha", 1);
        double beta = node.Node.Float("beta", 1);
        (double[] matrix, int rows, int columns) = Matrix(node, node.Constant(1), isTransposed: node.Node.Integer("transB", 0) != 0);
        matrix = [.. matrix.Select(weight => alpha * weight)];

        NetworkValue product = Dense(node, value, matrix, rows, columns);

        if (!node.Node.HasInput(2) || beta == 0)
        {
            node.Give(0, product);
        }
        else if (node.IsNetwork(2))
        {
            throw NodeTranslation.Refuse("what it adds is computed from the network's inputs where a constant is expected");
        }
        else
        {
            TensorValue constant = node.Constant(2);
            TensorValue biases = TensorValue.OfReals([.. constant.ToReals().Select(bias => beta * bias)], [.. constant.Shape]);
            node.Give(0, Sums.WithConstant(product, scale: null, shift: biases, isOnlyUse: true));
        }
    }

    /// <summary>A · B, of which B is a constant.</summary>
    public static void MatMul(NodeTranslation node)
    {
        if (!node.IsNetwork(0))
        {
            throw NodeTranslation.Refuse("the constant is the first factor; only products with a constant as the second one are dense layers");
        }

        if (node.IsNetwork(1))
        {
            Attention.MatMul(node);

            return;
        }

        TensorValue constant = node.Constant(1);
        (double[] matrix, int rows, int columns) = Matrix(node, constant, isTransposed: false);
        NetworkValue product = Dense(node, node.Row(0), matrix, rows, columns);

        // The product with a vector has one dimension less.
        node.Give(0, constant.Rank == 1 ? product with { View = product.View.Without([product.View.Rank - 1]) } : product);
    }

    /// <summary>A dense layer of the last dimension of a value.</summary>
    /// <param name="node">The node.</param>
    /// <param name="value">What it reads.</param>
    /// <param name="matrix">The weights, row by row: a row for each value of the dimension.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    public static NetworkValue Dense(NodeTranslation node, NetworkValue value, double[] matrix, int rows, int columns)
    {
        View view = value.View;
        int last = view.Rank - 1;

        if (view.HasBatch(last))
        {
            throw NodeTranslation.Refuse("it mixes samples");
        }

        if (view.SizeOf(last) != rows)
        {
            throw NodeTranslation.Refuse($"it has weights for {rows} values, but reads {view.SizeOf(last)}");
        }

        IReadOnlyList<Axis> axes = view[last];

        // One product for the whole sample, whose rows are put in the order of the layer that it reads.
        bool isWhole = view.Count == rows;

        if (!View.AreLast(axes))
        {
            throw NodeTranslation.RefuseOrder("the values that it reads don't lie side by side: a transposition before it moves them");
        }

        int[] places = value.Places ?? Views.PlacesOf(axes);
        double[] weights = new double[matrix.Length];
        double[] biases = new double[columns];

        for (int i = 0; i < rows; i++)
        {
            Array.Copy(matrix, i * columns, weights, places[i] * columns, columns);
        }

        // What is pending is taken in, if it is the same at each step.
        if (value.Pending is { } pending)
        {
            if (pending.OfColumns(rows) is { } constants)
            {
                for (int i = 0; i < weights.Length; i++)
                {
                    biases[i % columns] += constants.Shift[i / columns] * weights[i];
                    weights[i] *= constants.Scale[i / columns];
                }

                value = value with { Pending = null };
            }
            else
            {
                value = node.Finished(value);
            }
        }

        if (value.Layer.Kind == Attention.Taken && View.AreInOrder(axes) && value.Layer.Shape[1] == rows)
        {
            return Attention.Layer(node, value, weights);
        }

        ImportedLayer source = value.Layer;
        int[] shape = [columns];

        if (!isWhole)
        {
            int[] steps = source.Shape[^1] == rows ? source.Shape[..^1] : [view.Count / rows];
            source = node.Shaped(value, [.. steps, rows]);
            shape = [.. steps, columns];
        }

        ImportedLayer layer = node.Layer("Dense", shape, source);
        layer.Arguments.Add(Numbers.Text(columns));
        layer.Tensors.AddRange([new("weights", [rows, columns], weights), new("biases", [columns], biases)]);

        if (!isWhole)
        {
            layer.Settings.Add(("EachStep", "true"));
        }

        IEnumerable<IEnumerable<Axis>> leading = Enumerable.Range(0, last)
            .Select(i => view[i].Select(axis => axis.IsBatch ? axis : axis with { Stride = axis.Stride / rows * columns }));

        return new(layer, new([.. leading, [new Axis(columns, 1)]]), IsOnlyUse: true);
    }

    private static (double[] Values, int Rows, int Columns) Matrix(NodeTranslation node, TensorValue constant, bool isTransposed)
    {
        // Further dimensions of one value change nothing.
        int rank = constant.Rank;

        if (rank == 0 || constant.Shape[..Math.Max(0, rank - 2)].IndexOfAnyExcept(1) >= 0 || (rank > 2 && rank > node.Row(0).View.Rank))
        {
            throw NodeTranslation.Refuse($"its weights have the shape [{Views.Text(constant)}] where a matrix is expected");
        }

        int rows = rank == 1 ? constant.Shape[0] : constant.Shape[rank - 2];
        int columns = rank == 1 ? 1 : constant.Shape[rank - 1];
        double[] values = constant.ToReals();

        return isTransposed
            ? ([.. Enumerable.Range(0, values.Length).Select(i => values[(i % rows * columns) + (i / rows)])], columns, rows)
            : (values, rows, columns);
    }
}
