namespace Nnfs.Tests.Kernels;

/// <summary>The kernels as their documentation writes them: plain loops over float64. Matrices are row-major and unpadded.</summary>
internal static class Specification
{
    /// <summary><c>y[i, j] = b[j] + Σₖ x[i, k] · w[k, j]</c>.</summary>
    public static double[] Dense(double[] x, double[] w, double[] b, int samples, int inputs, int neurons)
    {
        double[] y = new double[samples * neurons];

        for (int i = 0; i < samples; i++)
        {
            for (int j = 0; j < neurons; j++)
            {
                double sum = b[j];

                for (int k = 0; k < inputs; k++)
                {
                    sum += x[(i * inputs) + k] * w[(k * neurons) + j];
                }

                y[(i * neurons) + j] = sum;
            }
        }

        return y;
    }

    /// <summary><c>y[j, i] = x[i, j]</c>.</summary>
    public static double[] Transpose(double[] x, int rows, int columns)
    {
        double[] y = new double[x.Length];

        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                y[(j * rows) + i] = x[(i * columns) + j];
            }
        }

        return y;
    }

    /// <summary><c>y[i, j] = exp(x[i, j]) / Σₖ exp(x[i, k])</c>.</summary>
    public static double[] Softmax(double[] x, int classes) => Rows(x, classes, static row =>
    {
        double max = row.Max();
        double sum = row.Sum(value => Math.Exp(value - max));

        return [.. row.Select(value => Math.Exp(value - max) / sum)];
    });

    /// <summary>The product of <c>dy</c> with the Jacobian, <c>dx[j] = Σₖ dy[k] · (y[k]·[j = k] − y[j]·y[k])</c>.</summary>
    public static double[] SoftmaxBackward(double[] y, double[] dy, int classes)
    {
        double[] dx = new double[y.Length];

        for (int start = 0; start < y.Length; start += classes)
        {
            for (int j = start; j < start + classes; j++)
            {
                for (int k = start; k < start + classes; k++)
                {
                    dx[j] += dy[k] * ((j == k ? y[k] : 0) - (y[j] * y[k]));
                }
            }
        }

        return dx;
    }

    /// <summary>The mean over samples of <c>−Σⱼ t[i, j] · log clip(p[i, j])</c>.</summary>
    public static double CrossEntropy(double[] p, double[] targets, int samples) =>
        p.Zip(targets, static (probability, target) => -target * Math.Log(Clip(probability))).Sum() / samples;

    /// <summary><c>dp[i, j] = −t[i, j] / clip(p[i, j]) / samples</c>.</summary>
    public static double[] CrossEntropyBackward(double[] p, double[] targets, int samples) =>
        [.. p.Zip(targets, (probability, target) => -target / Clip(probability) / samples)];

    /// <summary>The mean over samples of <c>Σⱼ t[i, j] · (log Σₖ exp(z[i, k]) − z[i, j])</c>.</summary>
    public static double SoftmaxCrossEntropy(double[] z, double[] targets, int classes, int samples) => Rows(z, classes, static row =>
    {
        double max = row.Max();
        double logSum = max + Math.Log(row.Sum(value => Math.Exp(value - max)));

        return [.. row.Select(value => logSum - value)];
    }).Zip(targets, static (loss, target) => loss * target).Sum() / samples;

    /// <summary><c>dz[i, j] = (p[i, j] · Σₖ t[i, k] − t[i, j]) / samples</c>.</summary>
    public static double[] SoftmaxCrossEntropyBackward(double[] p, double[] targets, int classes, int samples)
    {
        double[] totals = Rows(targets, classes, static row => [.. Enumerable.Repeat(row.Sum(), row.Length)]);

        return [.. p.Select((probability, i) => ((probability * totals[i]) - targets[i]) / samples)];
    }

    public static double[] ToDoubles(ReadOnlySpan<float> values)
    {
        double[] doubles = new double[values.Length];

        for (int i = 0; i < doubles.Length; i++)
        {
            doubles[i] = values[i];
        }

        return doubles;
    }

    private static double[] Rows(double[] x, int columns, Func<double[], double[]> ofRow) => [.. x.Chunk(columns).SelectMany(ofRow)];

    private static double Clip(double probability) => Math.Clamp(probability, 1e-7, 1 - 1e-7);
}
