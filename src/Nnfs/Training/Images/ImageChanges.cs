using Nnfs.Simd;

namespace Nnfs.Training.Images;

/// <summary>What can be done to an image: see <see cref="ImageAugmentation"/> for the formulas.</summary>
internal static class ImageChanges
{
    /// <summary>Mirrors an image or not, and shifts it by whole pixels. Nothing is computed.</summary>
    /// <param name="image">The image.</param>
    /// <param name="result">Takes the changed one; other memory of the same length.</param>
    /// <param name="shape">The sizes of both.</param>
    /// <param name="down">The pixels that it is shifted down; upwards where it is negative.</param>
    /// <param name="right">The pixels that it is shifted to the right; to the left where it is negative.</param>
    /// <param name="isFlipped">Whether left and right change places.</param>
    public static void Move(ReadOnlySpan<float> image, Span<float> result, ImageShape shape, int down, int right, bool isFlipped)
    {
        (int height, int width, int channels) = (shape.Height, shape.Width, shape.Channels);
        int rowSize = width * channels;
        result.Clear();

        for (int row = Math.Max(down, 0); row < Math.Min(height, height + down); row++)
        {
            ReadOnlySpan<float> source = image.Slice((row - down) * rowSize, rowSize);
            Span<float> target = result.Slice(row * rowSize, rowSize);

            if (!isFlipped)
            {
                source[(Math.Max(-right, 0) * channels)..(Math.Min(width - right, width) * channels)].CopyTo(target[(Math.Max(right, 0) * channels)..]);

                continue;
            }

            for (int column = Math.Max(right, 0); column < Math.Min(width, width + right); column++)
            {
                source.Slice((width - 1 - (column - right)) * channels, channels).CopyTo(target[(column * channels)..]);
            }
        }
    }

    /// <summary>Mirrors an image or not, rotates it about its centre and shifts it.</summary>
    /// <param name="image">The image.</param>
    /// <param name="result">Takes the changed one; other memory of the same length.</param>
    /// <param name="shape">The sizes of both.</param>
    /// <param name="down">The pixels that it is shifted down; upwards where it is negative.</param>
    /// <param name="right">The pixels that it is shifted to the right; to the left where it is negative.</param>
    /// <param name="isFlipped">Whether left and right change places.</param>
    /// <param name="degrees">The angle, clockwise.</param>
    public static void Rotate(ReadOnlySpan<float> image, Span<float> result, ImageShape shape, int down, int right, bool isFlipped, double degrees)
    {
        (int height, int width, int channels) = (shape.Height, shape.Width, shape.Channels);
        (double sin, double cos) = Math.SinCos(degrees * (Math.PI / 180));
        (double middleRow, double middleColumn) = ((height - 1) / 2.0, (width - 1) / 2.0);
        double side = isFlipped ? -1 : 1;
        int next = 0;

        for (int row = 0; row < height; row++)
        {
            double v = row - middleRow - down;

            for (int column = 0; column < width; column++)
            {
                double u = column - middleColumn - right;
                Neighbours rows = new(middleRow - (u * sin) + (v * cos), height);
                Neighbours columns = new(middleColumn + (side * ((u * cos) + (v * sin))), width);
                ReadOnlySpan<float> first = image[(rows.First * width * channels)..];
                ReadOnlySpan<float> second = image[(rows.Second * width * channels)..];
                (int left, int rightOfIt) = (columns.First * channels, columns.Second * channels);

                for (int channel = 0; channel < channels; channel++)
                {
                    result[next++] =
                        (rows.FirstWeight * ((columns.FirstWeight * first[left + channel]) + (columns.SecondWeight * first[rightOfIt + channel])))
                        + (rows.SecondWeight * ((columns.FirstWeight * second[left + channel]) + (columns.SecondWeight * second[rightOfIt + channel])));
                }
            }
        }
    }

    /// <summary>
    /// Adds normal noise by Box and Muller: each pair of values gets <c>deviation · √(−2 ln a) · (cos 2πb, sin 2πb)</c>, where <c>a</c> and <c>b</c> are
    /// hashes of their indices, <c>a</c> greater than 0.
    /// </summary>
    /// <param name="values">The values.</param>
    /// <param name="deviation">The standard deviation of the noise.</param>
    /// <param name="key">What the noise depends on.</param>
    public static void AddNoise(Span<float> values, float deviation, ulong key)
    {
        const float Unit = 1f / (1 << 24);
        (uint key0, uint key1) = ((uint)key, (uint)(key >> 32));

        for (int i = 0; i < values.Length; i += 2)
        {
            float a = ((Hash((uint)i) >> 8) + 1) * Unit;
            float b = (Hash((uint)i + 1) >> 8) * Unit;
            float length = deviation * MathF.Sqrt(-2f * MathF.Log(a));
            (float sin, float cos) = MathF.SinCos(2f * MathF.PI * b);
            values[i] += length * cos;

            if (i + 1 < values.Length)
            {
                values[i + 1] += length * sin;
            }
        }

        uint Hash(uint index) => KeyedHash.Bits<SimdIntegerScalar, float, uint>(index, key0, key1);
    }

    /// <summary>The two pixels around a place along one dimension, and how much each counts: nothing outside the image.</summary>
    private readonly struct Neighbours
    {
        public Neighbours(double place, int count)
        {
            double floor = Math.Floor(place);
            int first = (int)floor;
            float distance = (float)(place - floor);
            First = Math.Clamp(first, 0, count - 1);
            Second = Math.Clamp(first + 1, 0, count - 1);
            FirstWeight = first == First ? 1f - distance : 0f;
            SecondWeight = first + 1 == Second ? distance : 0f;
        }

        public int First { get; }

        public int Second { get; }

        public float FirstWeight { get; }

        public float SecondWeight { get; }
    }
}
