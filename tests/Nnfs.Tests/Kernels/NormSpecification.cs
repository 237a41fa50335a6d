namespace Nnfs.Tests.Kernels;

/// <summary>Normalization in plain loops over float64: of the rows of a matrix for layers, with a mean or without, and of its columns for batches.</summary>
internal static class NormSpecification
{
    /// <summary>What a matrix is normalized to, row by row.</summary>
    /// <param name="Values"><c>x̂[i, j] = (x[i, j] − mean[i]) · r[i]</c>.</param>
    /// <param name="Means">The mean of each row.</param>
    /// <param name="Variances">The population variance of each row.</param>
    /// <param name="Reciprocals"><c>r = 1/√(variance + ε)</c>.</param>
    public sealed record Normalized(double[] Values, double[] Means, double[] Variances, double[] Reciprocals);

    public static Normalized Rows(double[] x, int columns, double epsilon)
    {
        double[] means = [.. x.Chunk(columns).Select(static row => row.Average())];
        double[] variances = [.. x.Chunk(columns).Select((row, i) => row.Average(value => (value - means[i]) * (value - means[i])))];
        double[] reciprocals = [.. variances.Select(variance => 1 / Math.Sqrt(variance + epsilon))];
        double[] values = [.. x.Select((value, i) => (value - means[i / columns]) * reciprocals[i / columns])];

        return new Normalized(values, means, variances, reciprocals);
    }

    public static Normalized Columns(double[] x, int samples, int columns, double epsilon)
    {
        Normalized rows = Rows(Specification.Transpose(x, samples, columns), samples, epsilon);

        return rows with { Values = Specification.Transpose(rows.Values, columns, samples) };
    }

    /// <summary>Rows by their mean squares, which stand in the place of the variances, as if the means were 0.</summary>
    public static Normalized RowsBySquares(double[] x, int columns, double epsilon)
    {
        double[] squares = [.. x.Chunk(columns).Select(static row => row.Average(static value => value * value))];
        double[] reciprocals = [.. squares.Select(square => 1 / Math.Sqrt(square + epsilon))];

        return new Normalized([.. x.Select((value, i) => value * reciprocals[i / columns])], new double[squares.Length], squares, reciprocals);
    }

    /// <summary><c>y[i, j] = x̂[i, j] · γ[j] + β[j]</c>.</summary>
    public static double[] Affine(double[] normalized, double[] gamma, double[] beta) =>
        [.. normalized.Select((value, i) => (value * gamma[i % gamma.Length]) + beta[i % gamma.Length])];

    /// <summary><c>dx[i, j] = r[i] · (g[i, j] − meanₖ(g[i, k]) − x̂[i, j] · meanₖ(g[i, k] · x̂[i, k]))</c> for the gradients g of x̂.</summary>
    public static double[] RowsBackward(Normalized rows, double[] gradients, int columns)
    {
        double[] means = [.. gradients.Chunk(columns).Select(static row => row.Average())];
        double[] products = [.. gradients.Zip(rows.Values, static (gradient, value) => gradient * value).Chunk(columns).Select(static row => row.Average())];

        return [.. gradients
            .Select((gradient, i) => rows.Reciprocals[i / columns] * (gradient - means[i / columns] - (rows.Values[i] * products[i / columns])))];
    }

    /// <summary><c>dx[i, j] = r[i] · (g[i, j] − x̂[i, j] · meanₖ(g[i, k] · x̂[i, k]))</c> for the gradients g of x̂.</summary>
    public static double[] RowsBySquaresBackward(Normalized rows, double[] gradients, int columns)
    {
        double[] products = [.. gradients.Zip(rows.Values, static (gradient, value) => gradient * value).Chunk(columns).Select(static row => row.Average())];

        return [.. gradients.Select((gradient, i) => rows.Reciprocals[i / columns] * (gradient - (rows.Values[i] * products[i / columns])))];
    }

    public static double[] ColumnsBackward(Normalized columns, double[] gradients, int samples, int size)
    {
        Normalized rows = columns with { Values = Specification.Transpose(columns.Values, samples, size) };

        return Specification.Transpose(RowsBackward(rows, Specification.Transpose(gradients, samples, size), samples), size, samples);
    }

    /// <summary><c>g[i, j] = dy[i, j] · γ[j]</c>.</summary>
    public static double[] GradientsOfNormalized(double[] dy, double[] gamma) => [.. dy.Select((gradient, i) => gradient * gamma[i % gamma.Length])];

    /// <summary><c>dγ[j] = Σᵢ dy[i, j] · x̂[i, j]</c>.</summary>
    public static double[] GradientsOfGamma(double[] normalized, double[] dy, int size) =>
        SumOfRows([.. dy.Zip(normalized, static (gradient, value) => gradient * value)], size);

    /// <summary><c>Σᵢ x[i, j]</c>.</summary>
    public static double[] SumOfRows(double[] x, int size)
    {
        double[] sums = new double[size];

        for (int i = 0; i < x.Length; i++)
        {
            sums[i % size] += x[i];
        }

        return sums;
    }

    /// <summary>The gradient of <c>f</c> at <c>x</c> by central differences, element by element.</summary>
    public static double[] Differentiate(Func<double[], double> f, double[] x)
    {
        const double Step = 1e-5;

        return [.. x.Select((value, i) => (f(With(i, value + Step)) - f(With(i, value - Step))) / (2 * Step))];

        double[] With(int index, double value)
        {
            double[] changed = [.. x];
            changed[index] = value;

            return changed;
        }
    }

    /// <summary><c>Σᵢ x[i] · y[i]</c>.</summary>
    public static double Dot(double[] x, double[] y) => x.Zip(y, static (a, b) => a * b).Sum();

    public static double[] Absolute(IEnumerable<double> x) => [.. x.Select(Math.Abs)];
}
