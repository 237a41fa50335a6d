using Nnfs;

namespace Playground.Data;

/// <summary>Draws the points of the page's own data sets.</summary>
internal static class Shapes
{
    /// <summary>Draws a data set.</summary>
    /// <param name="kind">Its name in the page.</param>
    /// <param name="samples">The number of points.</param>
    /// <param name="noise">How far points stray from their places: the deviation of what is added to both coordinates.</param>
    /// <param name="seed">The seed of all that is random.</param>
    /// <exception cref="PlaygroundException">There is no such kind.</exception>
    public static PointSet Draw(string kind, int samples, double noise, int seed)
    {
        (int classes, Func<int, double, NumpyRandom, (double X, double Y)> place) = kind switch
        {
            "spiral" => (3, Spiral),
            "arms" => (2, Arms),
            "circles" => (2, Circles),
            "moons" => (2, Moons),
            "xor" => (2, ExclusiveOr),
            "clouds" => (3, (Func<int, double, NumpyRandom, (double X, double Y)>)Clouds),
            _ => throw new PlaygroundException($"There are no data named '{kind}'."),
        };

        NumpyRandom random = new(seed);
        int each = Math.Max(2, samples / classes);
        float[] features = new float[2 * each * classes];
        int[] labels = new int[each * classes];

        for (int i = 0; i < labels.Length; i++)
        {
            (int label, int number) = Math.DivRem(i, each);
            (double x, double y) = place(label, number / (each - 1.0), random);
            features[2 * i] = (float)(x + (noise * random.NextGaussian()));
            features[(2 * i) + 1] = (float)(y + (noise * random.NextGaussian()));
            labels[i] = label;
        }

        return PointSet.OfPlane(features, labels);
    }

    /// <summary>The spiral of the book, with three arms.</summary>
    private static (double X, double Y) Spiral(int label, double share, NumpyRandom random) => Polar(share, 10 * (label + share));

    /// <summary>Two arms that turn once and a half.</summary>
    private static (double X, double Y) Arms(int label, double share, NumpyRandom random) => Polar(share, Math.PI * (label + (3 * share)));

    private static (double X, double Y) Circles(int label, double share, NumpyRandom random) => Polar(label == 0 ? 0.35 : 0.9, 2 * Math.PI * share);

    private static (double X, double Y) Moons(int label, double share, NumpyRandom random)
    {
        double x = Math.Cos(Math.PI * share);
        double y = Math.Sin(Math.PI * share);

        return label == 0 ? ((0.6 * x) - 0.3, (0.6 * y) - 0.15) : (0.3 - (0.6 * x), 0.15 - (0.6 * y));
    }

    /// <summary>Two opposite squares for each class.</summary>
    private static (double X, double Y) ExclusiveOr(int label, double share, NumpyRandom random)
    {
        double x = Between(0.08, 0.95, random);
        double y = Between(0.08, 0.95, random);
        int sign = random.NextDouble() < 0.5 ? -1 : 1;

        return (sign * x, (label == 0 ? sign : -sign) * y);
    }

    private static (double X, double Y) Clouds(int label, double share, NumpyRandom random)
    {
        (double x, double y) = Polar(0.6, 2 * Math.PI * label / 3);

        return (x + (0.15 * random.NextGaussian()), y + (0.15 * random.NextGaussian()));
    }

    private static (double X, double Y) Polar(double radius, double angle) => (radius * Math.Sin(angle), radius * Math.Cos(angle));

    private static double Between(double low, double high, NumpyRandom random) => low + ((high - low) * random.NextDouble());
}
