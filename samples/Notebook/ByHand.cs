namespace Notebook;

/// <summary>Softmax, forward and backward, by the formulas of the book.</summary>
internal static class ByHand
{
    /// <summary><c>p = exp(z) / Σ exp(z)</c>, row by row. Every exponent is lowered by the row's largest, which cancels, so that none overflows.</summary>
    public static Matrix Softmax(Matrix z)
    {
        Matrix powers = z.Map((value, row, _) => MathF.Exp(value - z.Row(row).Max()));
        return powers.Map((power, row, _) => power / powers.Row(row).Sum());
    }

    /// <summary><c>dz = p·(dy − Σ dy·p)</c>, row by row.</summary>
    public static Matrix SoftmaxGradient(Matrix p, Matrix dy)
    {
        Matrix products = dy.Map((gradient, row, column) => gradient * p[row, column]);
        return p.Map((value, row, column) => value * (dy[row, column] - products.Row(row).Sum()));
    }
}
