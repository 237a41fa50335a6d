namespace Nnfs.Tests;

/// <summary>Numbers for the tests to compute with, and how they are compared.</summary>
internal static class Numbers
{
    /// <summary>The relative error of one rounding to the nearest float: half a unit in the last place of 1.</summary>
    public const double Rounding = 1.0 / (1 << 24);

    /// <summary>Normal numbers, the same for the same seed.</summary>
    public static float[] Gaussians(int count, long seed, float scale = 1f)
    {
        NumpyRandom random = new(seed);
        float[] numbers = new float[count];

        for (int i = 0; i < count; i++)
        {
            numbers[i] = scale * (float)random.NextGaussian();
        }

        return numbers;
    }

    /// <summary>Classes, the same for the same seed.</summary>
    public static int[] Labels(int count, int classes, long seed)
    {
        NumpyRandom random = new(seed);
        int[] labels = new int[count];

        for (int i = 0; i < count; i++)
        {
            labels[i] = (int)(random.NextUInt32() % (uint)classes);
        }

        return labels;
    }

    /// <summary>A row for each label with 1 at its class.</summary>
    public static float[] OneHot(ReadOnlySpan<int> labels, int classes)
    {
        float[] targets = new float[labels.Length * classes];

        for (int i = 0; i < labels.Length; i++)
        {
            targets[(i * classes) + labels[i]] = 1f;
        }

        return targets;
    }

    public static float[] ToFloats(ReadOnlySpan<double> numbers)
    {
        float[] floats = new float[numbers.Length];

        for (int i = 0; i < floats.Length; i++)
        {
            floats[i] = (float)numbers[i];
        }

        return floats;
    }

    public static double[] ToDoubles(ReadOnlySpan<float> numbers)
    {
        double[] doubles = new double[numbers.Length];

        for (int i = 0; i < doubles.Length; i++)
        {
            doubles[i] = numbers[i];
        }

        return doubles;
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

    /// <summary>Every <paramref name="stride"/>th of the finite floats from 0 on, and each with the other sign. A prime does not repeat the low bits.</summary>
    public static IEnumerable<float> AllFloats(int stride)
    {
        for (long bits = 0; bits <= BitConverter.SingleToInt32Bits(float.MaxValue); bits += stride)
        {
            float x = BitConverter.Int32BitsToSingle((int)bits);

            yield return x;
            yield return -x;
        }
    }

    /// <summary>Asserts that numbers agree within a tolerance for each. It is faster than an assertion for each.</summary>
    public static void AssertClose(ReadOnlySpan<double> expected, ReadOnlySpan<float> actual, Func<int, double> tolerance, string what)
    {
        Assert.Equal(expected.Length, actual.Length);

        for (int i = 0; i < expected.Length; i++)
        {
            double difference = Math.Abs(expected[i] - actual[i]);

            // A NaN on either side does not agree.
            if (!(difference <= tolerance(i)) && expected[i] != actual[i])
            {
                Assert.Fail(
                    $"{what}[{i}]: expected {expected[i]:R}, but it is {actual[i]:R}; they differ by {difference:E2}, tolerated are {tolerance(i):E2}.");
            }
        }
    }

    /// <summary>Asserts that numbers agree within one tolerance for all.</summary>
    public static void AssertClose(ReadOnlySpan<double> expected, ReadOnlySpan<float> actual, double tolerance, string what) =>
        AssertClose(expected, actual, _ => tolerance, what);

    /// <summary>Asserts that all bits are the same.</summary>
    public static void AssertSameBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);

        for (int i = 0; i < expected.Length; i++)
        {
            if (BitConverter.SingleToInt32Bits(expected[i]) != BitConverter.SingleToInt32Bits(actual[i]))
            {
                Assert.Fail($"{what}[{i}]: expected {expected[i]:R} in every bit, but it is {actual[i]:R}.");
            }
        }
    }
}
