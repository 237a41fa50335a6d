namespace Nnfs.Catalogue.Layers;

/// <summary>Values of groups, each normalised by the group's mean and variance: the rows of a matrix, or its columns.</summary>
/// <param name="Values"><c>x̂ = (x − mean) · r</c>.</param>
/// <param name="Means">The mean of each group.</param>
/// <param name="Variances">The population variance of each group.</param>
/// <param name="Reciprocals"><c>r = 1/√(variance + ε)</c>.</param>
internal sealed record Normalised(double[] Values, double[] Means, double[] Variances, double[] Reciprocals)
{
    /// <summary>The columns of the matrix.</summary>
    public required int Size { get; init; }

    /// <summary>Whether the groups are the columns.</summary>
    public bool IsByColumn { get; init; }

    /// <summary>Normalises each row by its own mean and variance.</summary>
    public static Normalised Rows(double[] x, int columns, double epsilon)
    {
        double[] means = [.. x.Chunk(columns).Select(static row => row.Average())];
        double[] variances = [.. x.Chunk(columns).Select((row, i) => row.Average(value => (value - means[i]) * (value - means[i])))];

        return Of(x, means, variances, epsilon, columns, isByColumn: false);
    }

    /// <summary>Normalises rows by their mean squares, which take the place of the variances, as if the means were 0.</summary>
    public static Normalised RowsBySquares(double[] x, int columns, double epsilon)
    {
        double[] squares = [.. x.Chunk(columns).Select(static row => row.Average(static value => value * value))];

        return Of(x, new double[squares.Length], squares, epsilon, columns, isByColumn: false);
    }

    /// <summary>Normalises each column by its own mean and variance.</summary>
    public static Normalised Columns(double[] x, int columns, double epsilon)
    {
        double[] means = AveragesOfColumns(x, columns);
        double[] variances = AveragesOfColumns([.. x.Select((value, i) => Math.Pow(value - means[i % columns], 2))], columns);

        return Of(x, means, variances, epsilon, columns, isByColumn: true);
    }

    /// <summary>Normalises each column by a mean and a variance that are given.</summary>
    public static Normalised ColumnsBy(double[] means, double[] variances, double[] x, double epsilon) =>
        Of(x, means, variances, epsilon, means.Length, isByColumn: true);

    /// <summary><c>dx = r · (g − mean(g) − x̂ · mean(g · x̂))</c> for the gradients g of x̂, with the means over the group.</summary>
    public double[] Backward(double[] gradients)
    {
        double[] means = Averages(gradients);
        double[] products = Averages([.. gradients.Zip(Values, static (gradient, value) => gradient * value)]);

        return [.. gradients.Select((gradient, i) => Reciprocals[Group(i)] * (gradient - means[Group(i)] - (Values[i] * products[Group(i)])))];
    }

    /// <summary><c>dx = r · (g − x̂ · mean(g · x̂))</c>: the same where no mean was taken away.</summary>
    public double[] BackwardBySquares(double[] gradients)
    {
        double[] products = Averages([.. gradients.Zip(Values, static (gradient, value) => gradient * value)]);

        return [.. gradients.Select((gradient, i) => Reciprocals[Group(i)] * (gradient - (Values[i] * products[Group(i)])))];
    }

    /// <summary><c>y[i, j] = x̂[i, j] · γ[j] + β[j]</c>.</summary>
    public static double[] Affine(double[] normalised, double[] gamma, double[] beta) =>
        [.. normalised.Select((value, i) => (value * gamma[i % gamma.Length]) + beta[i % beta.Length])];

    /// <summary><c>dγ[j] = Σᵢ dy[i, j] · x̂[i, j]</c>.</summary>
    public static double[] GradientsOfGamma(double[] normalised, double[] dy, int columns) =>
        SumOfRows([.. dy.Zip(normalised, static (gradient, value) => gradient * value)], columns);

    /// <summary><c>g[i, j] = dy[i, j] · γ[j]</c>.</summary>
    public static double[] GradientsOfNormalised(double[] dy, double[] gamma) => [.. dy.Select((gradient, i) => gradient * gamma[i % gamma.Length])];

    /// <summary><c>Σᵢ x[i, j]</c>.</summary>
    public static double[] SumOfRows(double[] x, int columns)
    {
        double[] sums = new double[columns];

        for (int i = 0; i < x.Length; i++)
        {
            sums[i % columns] += x[i];
        }

        return sums;
    }

    /// <summary>The number of the group that an element belongs to.</summary>
    public int Group(int index) => IsByColumn ? index % Size : index / Size;

    /// <summary>The mean of each group of a matrix of the same size.</summary>
    public double[] Averages(double[] x) => IsByColumn ? AveragesOfColumns(x, Size) : [.. x.Chunk(Size).Select(static row => row.Average())];

    private static double[] AveragesOfColumns(double[] x, int columns) => [.. SumOfRows(x, columns).Select(sum => sum / (x.Length / columns))];

    private static Normalised Of(double[] x, double[] means, double[] variances, double epsilon, int columns, bool isByColumn)
    {
        double[] reciprocals = [.. variances.Select(variance => 1 / Math.Sqrt(variance + epsilon))];
        Normalised all = new([], means, variances, reciprocals) { Size = columns, IsByColumn = isByColumn };

        return all with { Values = [.. x.Select((value, i) => (value - means[all.Group(i)]) * reciprocals[all.Group(i)])] };
    }
}
