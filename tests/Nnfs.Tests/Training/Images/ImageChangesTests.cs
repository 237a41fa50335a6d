using Nnfs.Training.Images;

namespace Nnfs.Tests.Training.Images;

public class ImageChangesTests
{
    public static TheoryData<int, int, int> Shapes => new() { { 1, 1, 1 }, { 1, 4, 2 }, { 5, 1, 1 }, { 3, 5, 1 }, { 4, 4, 3 }, { 7, 6, 5 }, { 28, 28, 1 } };

    public static TheoryData<int, int, int, double> Rotations
    {
        get
        {
            TheoryData<int, int, int, double> data = [];

            foreach ((int height, int width, int channels) in ((int, int, int)[])[(1, 1, 1), (1, 4, 2), (3, 5, 1), (4, 4, 3), (7, 6, 5), (28, 28, 1)])
            {
                foreach (double degrees in (double[])[0, 1e-3, 10, -33.3, 45, 90, -90, 137, 180])
                {
                    data.Add(height, width, channels, degrees);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Move_shifts_and_mirrors_exactly(int height, int width, int channels)
    {
        float[] image = Numbers.Gaussians(height * width * channels, seed: 3);
        float[] result = new float[image.Length];

        for (int down = 1 - height; down < height; down++)
        {
            for (int right = 1 - width; right < width; right++)
            {
                foreach (bool isFlipped in (bool[])[false, true])
                {
                    result.AsSpan().Fill(float.NaN);
                    ImageChanges.Move(image, result, new ImageShape(height, width, channels), down, right, isFlipped);

                    Assert.Equal(Moved(image, height, width, channels, down, right, isFlipped), result);
                }
            }
        }
    }

    [Fact]
    public void Move_of_a_small_image_gives_what_is_drawn_here()
    {
        float[] image =
        [
            1, 2, 3,
            4, 5, 6,
        ];

        Assert.Equal([0, 0, 0, 0, 1, 2], MovedBy(down: 1, right: 1, isFlipped: false));
        Assert.Equal([5, 6, 0, 0, 0, 0], MovedBy(down: -1, right: -1, isFlipped: false));
        Assert.Equal([3, 2, 1, 6, 5, 4], MovedBy(down: 0, right: 0, isFlipped: true));
        Assert.Equal([0, 3, 2, 0, 6, 5], MovedBy(down: 0, right: 1, isFlipped: true));

        float[] MovedBy(int down, int right, bool isFlipped)
        {
            float[] result = new float[6];
            ImageChanges.Move(image, result, new ImageShape(2, 3, 1), down, right, isFlipped);

            return result;
        }
    }

    [Theory]
    [MemberData(nameof(Rotations))]
    public void Rotate_interpolates_as_in_float64(int height, int width, int channels, double degrees)
    {
        float[] image = Numbers.Gaussians(height * width * channels, seed: 4);
        float[] result = new float[image.Length];

        foreach ((int down, int right, bool isFlipped) in ((int, int, bool)[])[(0, 0, false), (0, 0, true), (2, -1, false), (-1, 3, true)])
        {
            result.AsSpan().Fill(float.NaN);
            ImageChanges.Rotate(image, result, new ImageShape(height, width, channels), down, right, isFlipped, degrees);

            // Two weights are rounded for each of four pixels, the products and their sums: the values are below 5.
            Numbers.AssertClose(
                Rotated(image, height, width, channels, down, right, isFlipped, degrees), result, 5 * 8 * Numbers.Rounding, $"{degrees}°, {isFlipped}");
        }
    }

    [Fact]
    public void Rotate_by_right_angles_exchanges_pixels()
    {
        float[] image =
        [
            1, 2, 3,
            4, 5, 6,
            7, 8, 9,
        ];

        // Clockwise: the left column becomes the first row.
        AssertRotated([7, 4, 1, 8, 5, 2, 9, 6, 3], 90);
        AssertRotated([9, 8, 7, 6, 5, 4, 3, 2, 1], 180);
        AssertRotated([3, 6, 9, 2, 5, 8, 1, 4, 7], -90);

        void AssertRotated(double[] expected, double degrees)
        {
            float[] result = new float[9];
            ImageChanges.Rotate(image, result, new ImageShape(3, 3, 1), down: 0, right: 0, isFlipped: false, degrees);
            Numbers.AssertClose(expected, result, 1e-6, $"{degrees}°");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1000)]
    public void AddNoise_adds_the_numbers_of_Box_and_Muller(int length)
    {
        const ulong Key = 0x0123456789ABCDEF;
        float[] values = Numbers.Gaussians(length, seed: 5);
        double[] expected = Numbers.ToDoubles(values);

        for (int i = 0; i < length; i++)
        {
            double a = ((Hash((uint)i & ~1u, Key) >> 8) + 1) / 16777216.0;
            double b = (Hash((uint)i | 1u, Key) >> 8) / 16777216.0;
            double angle = 2 * Math.PI * b;
            expected[i] += 0.25 * Math.Sqrt(-2 * Math.Log(a)) * (i % 2 == 0 ? Math.Cos(angle) : Math.Sin(angle));
        }

        ImageChanges.AddNoise(values, 0.25f, Key);

        // The angle, up to 2π, is rounded twice, and the noise is less than 0.25 · 5.8.
        Numbers.AssertClose(expected, values, 1.5 * 16 * Numbers.Rounding, "noise");
    }

    [Fact]
    public void AddNoise_is_normal()
    {
        const int Count = 1_000_000;
        float[] noise = new float[Count];
        ImageChanges.AddNoise(noise, 1f, key: 42);
        double mean = noise.Average(static x => (double)x);
        double variance = noise.Average(static x => (double)x * x);
        double fourth = noise.Average(static x => Math.Pow(x, 4));
        double covariance = noise.Zip(noise.Skip(1), static (x, y) => (double)x * y).Average();

        // Five standard errors of the moments of a million normal numbers.
        Assert.InRange(mean, -0.005, 0.005);
        Assert.InRange(variance, 1 - 0.0071, 1 + 0.0071);
        Assert.InRange(fourth, 3 - 0.049, 3 + 0.049);
        Assert.InRange(covariance, -0.005, 0.005);
    }

    /// <summary>The formula of <see cref="ImageAugmentation"/> for whole pixels.</summary>
    private static float[] Moved(float[] image, int height, int width, int channels, int down, int right, bool isFlipped)
    {
        float[] result = new float[image.Length];

        for (int i = 0; i < image.Length; i++)
        {
            (int row, int column, int channel) = (i / channels / width - down, (i / channels % width) - right, i % channels);
            column = isFlipped ? width - 1 - column : column;
            bool isInside = row >= 0 && row < height && column >= 0 && column < width;
            result[i] = isInside ? image[(((row * width) + column) * channels) + channel] : 0f;
        }

        return result;
    }

    /// <summary>All pixels of the image, each by <c>max(0, 1 − distance)</c> along both dimensions: that is what bilinear means.</summary>
    private static double[] Rotated(float[] image, int height, int width, int channels, int down, int right, bool isFlipped, double degrees)
    {
        double[] result = new double[image.Length];
        double angle = degrees * Math.PI / 180;

        for (int i = 0; i < image.Length; i++)
        {
            double u = (i / channels % width) - ((width - 1) / 2.0) - right;
            double v = (i / channels / width) - ((height - 1) / 2.0) - down;
            double across = (u * Math.Cos(angle)) + (v * Math.Sin(angle));
            double column = ((width - 1) / 2.0) + (isFlipped ? -across : across);
            double row = ((height - 1) / 2.0) - (u * Math.Sin(angle)) + (v * Math.Cos(angle));

            for (int pixel = 0; pixel < height * width; pixel++)
            {
                double weight = Math.Max(0, 1 - Math.Abs(row - (pixel / width))) * Math.Max(0, 1 - Math.Abs(column - (pixel % width)));
                result[i] += weight * image[(pixel * channels) + (i % channels)];
            }
        }

        return result;
    }

    /// <summary>Two rounds of <c>lowbias32</c>, with the low and the high half of the key.</summary>
    private static uint Hash(uint index, ulong key)
    {
        return Mix(Mix(index ^ (uint)key) + (uint)(key >> 32));

        static uint Mix(uint x)
        {
            x = (x ^ (x >> 16)) * 0x7FEB352D;
            x = (x ^ (x >> 15)) * 0x846CA68B;

            return x ^ (x >> 16);
        }
    }
}
