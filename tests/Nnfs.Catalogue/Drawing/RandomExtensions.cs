namespace Nnfs.Catalogue.Drawing;

/// <summary>What tests draw.</summary>
internal static class RandomExtensions
{
    /// <summary>Numbers from a normal distribution about 0.</summary>
    public static float[] Gaussians(this Random random, int count, double deviation = 1)
    {
        float[] values = new float[count];

        for (int i = 0; i < count; i++)
        {
            values[i] = (float)(deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        }

        return values;
    }

    public static bool Chance(this Random random, double probability) => random.NextDouble() < probability;

    public static T Pick<T>(this Random random, params ReadOnlySpan<T> values) => values[random.Next(values.Length)];

    /// <summary>One of the values, each as often as its frequency says.</summary>
    public static T Pick<T>(this Random random, IReadOnlyCollection<T> values, Func<T, int> frequency)
    {
        int left = random.Next(values.Sum(frequency));

        foreach (T value in values)
        {
            left -= frequency(value);

            if (left < 0)
            {
                return value;
            }
        }

        throw new ArgumentException("No value has a frequency.", nameof(values));
    }

    /// <summary>A row for each label with 1 at its class; of −1 there is none.</summary>
    public static float[] OneHot(int[] labels, int classes)
    {
        float[] targets = new float[labels.Length * classes];

        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i] >= 0)
            {
                targets[(i * classes) + labels[i]] = 1;
            }
        }

        return targets;
    }

    /// <summary>Rows that sum to 1 up to rounding, with some zeros among them.</summary>
    public static float[] Distributions(this Random random, int rows, int classes)
    {
        float[] targets = new float[rows * classes];

        for (int i = 0; i < rows; i++)
        {
            Span<float> row = targets.AsSpan(i * classes, classes);
            row[random.Next(classes)] = 1;
            double sum = 0;

            for (int j = 0; j < classes; j++)
            {
                row[j] += random.Next(3) == 0 ? 0 : random.NextSingle();
                sum += row[j];
            }

            for (int j = 0; j < classes; j++)
            {
                row[j] = (float)(row[j] / sum);
            }
        }

        return targets;
    }
}
