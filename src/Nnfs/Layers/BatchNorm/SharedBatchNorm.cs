using System.Numerics.Tensors;

namespace Nnfs.Kernels;

/// <summary>The training passes of <see cref="BatchNorm"/> with mean and variance of all shards of a batch, in float64.</summary>
internal static class SharedBatchNorm
{
    /// <summary>What <c>BatchNorm.Forward</c> computes, over the rows of all shards.</summary>
    public static void Forward(
        SharedBatch shared, ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, ReadOnlySpan<float> beta, float epsilon, Span<float> y, Span<float> statistics,
        int rows, int size)
    {
        Span<double> room = shared.Room((5 * size) + 1);
        Span<double> row = room[..size];
        Span<double> squares = room.Slice(size, size);
        Span<double> scale = room.Slice(2 * size, size);
        Span<double> shift = room.Slice(3 * size, size);

        // Means of all columns, and the number of rows behind them.
        Span<double> sums = room.Slice(4 * size, size + 1);
        Span<double> mean = sums[..size];
        sums.Clear();
        sums[size] = rows;

        for (int i = 0; i < rows; i++)
        {
            TensorPrimitives.ConvertTruncating(x.Slice(i * size, size), row);
            TensorPrimitives.Add(mean, row, mean);
        }

        shared.Sum(sums);
        double count = sums[size];
        shared.Rows = (int)count;
        TensorPrimitives.Divide(mean, count, mean);

        // Variances, from the differences to these means.
        squares.Clear();

        for (int i = 0; i < rows; i++)
        {
            TensorPrimitives.ConvertTruncating(x.Slice(i * size, size), row);
            TensorPrimitives.Subtract(row, mean, row);
            TensorPrimitives.MultiplyAdd(row, row, squares, squares);
        }

        shared.Sum(squares);

        for (int column = 0; column < size; column++)
        {
            double reciprocal = 1 / Math.Sqrt((squares[column] / count) + epsilon);
            statistics[column] = (float)mean[column];
            statistics[size + column] = (float)reciprocal;
            scale[column] = reciprocal * gamma[column];
            shift[column] = beta[column];
        }

        for (int i = 0; i < rows; i++)
        {
            TensorPrimitives.ConvertTruncating(x.Slice(i * size, size), row);
            TensorPrimitives.Subtract(row, mean, row);
            TensorPrimitives.MultiplyAdd(row, scale, shift, row);
            TensorPrimitives.ConvertTruncating(row, y.Slice(i * size, size));
        }
    }

    /// <summary>
    /// What <c>BatchNorm.Backward</c> computes, over the rows of all shards; where <paramref name="dx"/> is empty, the gradients of γ and β alone. These
    /// are the shard's own: they are added up with all other gradients.
    /// </summary>
    public static void Backward(
        SharedBatch shared, ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, ReadOnlySpan<float> statistics, ReadOnlySpan<float> dy, Span<float> dx,
        Span<float> dgamma, Span<float> dbeta, int rows, int size)
    {
        Span<double> room = shared.Room((8 * size) + 1);
        Span<double> difference = room[..size];
        Span<double> gradient = room.Slice(size, size);
        Span<double> mean = room.Slice(2 * size, size);
        Span<double> ownGradients = room.Slice(3 * size, size);
        Span<double> ownProducts = room.Slice(4 * size, size);

        // Σ dy and Σ dy · (x − mean), weighted, and Σ (x − mean), which the rounding of the mean has left.
        Span<double> sums = room.Slice(5 * size, (3 * size) + 1);
        Span<double> gradients = sums[..size];
        Span<double> products = sums.Slice(size, size);
        Span<double> rest = sums.Slice(2 * size, size);
        TensorPrimitives.ConvertTruncating(statistics[..size], mean);
        ownGradients.Clear();
        ownProducts.Clear();
        rest.Clear();
        sums[^1] = rows;

        for (int i = 0; i < rows; i++)
        {
            TensorPrimitives.ConvertTruncating(x.Slice(i * size, size), difference);
            TensorPrimitives.Subtract(difference, mean, difference);
            TensorPrimitives.ConvertTruncating(dy.Slice(i * size, size), gradient);
            TensorPrimitives.Add(ownGradients, gradient, ownGradients);
            TensorPrimitives.MultiplyAdd(gradient, difference, ownProducts, ownProducts);
            TensorPrimitives.Add(rest, difference, rest);
        }

        TensorPrimitives.Multiply(ownGradients, shared.Weight, gradients);
        TensorPrimitives.Multiply(ownProducts, shared.Weight, products);
        shared.Sum(sums);
        double count = sums[^1];

        for (int column = 0; column < size; column++)
        {
            double reciprocal = statistics[size + column];
            double left = rest[column] / count;
            dbeta[column] = (float)ownGradients[column];
            dgamma[column] = (float)(reciprocal * (ownProducts[column] - (left * ownGradients[column])));
        }

        if (dx.IsEmpty)
        {
            return;
        }

        // dx = scale · (dy − (slope · (x − mean) + shift) / weight): the gradients of the shard are multiplied by the weight later.
        Span<double> scale = ownGradients;
        Span<double> slope = ownProducts;
        Span<double> shift = mean;

        for (int column = 0; column < size; column++)
        {
            double reciprocal = statistics[size + column];
            double left = rest[column] / count;
            double whole = reciprocal * reciprocal * (products[column] - (left * gradients[column])) / count;
            scale[column] = reciprocal * gamma[column];
            slope[column] = whole / shared.Weight;

            // With the mean in it, x takes the place of the difference.
            shift[column] = ((gradients[column] / count) - ((left + statistics[column]) * whole)) / shared.Weight;
        }

        for (int i = 0; i < rows; i++)
        {
            TensorPrimitives.ConvertTruncating(x.Slice(i * size, size), difference);
            TensorPrimitives.MultiplyAdd(difference, slope, shift, difference);
            TensorPrimitives.ConvertTruncating(dy.Slice(i * size, size), gradient);
            TensorPrimitives.Subtract(gradient, difference, gradient);
            TensorPrimitives.Multiply(gradient, scale, gradient);
            TensorPrimitives.ConvertTruncating(gradient, dx.Slice(i * size, size));
        }
    }
}
