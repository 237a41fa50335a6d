using System.Numerics;
using Nnfs;

namespace Digits;

/// <summary>Digits drawn by strokes: every picture with its own size, slant, shift, thickness and noise.</summary>
internal static class DrawnDigits
{
    private const int Classes = 10;

    private static readonly Stroke[][] s_digits =
    [
        [Stroke.Arc(0.5f, 0.5f, 0.28f, 0.4f, 0, 360)],
        [Stroke.Line((0.35f, 0.26f), (0.52f, 0.1f), (0.52f, 0.9f))],
        [Stroke.Arc(0.5f, 0.32f, 0.25f, 0.22f, 180, 400).To((0.24f, 0.9f), (0.78f, 0.9f))],
        [Stroke.Arc(0.47f, 0.3f, 0.25f, 0.2f, 200, 450), Stroke.Arc(0.47f, 0.7f, 0.28f, 0.2f, 270, 520)],
        [Stroke.Line((0.62f, 0.9f), (0.62f, 0.1f), (0.2f, 0.65f), (0.82f, 0.65f))],
        [Stroke.Line((0.74f, 0.1f), (0.32f, 0.1f), (0.29f, 0.47f)), Stroke.Arc(0.48f, 0.66f, 0.26f, 0.25f, 225, 510)],
        [Stroke.Line((0.66f, 0.1f), (0.4f, 0.36f), (0.28f, 0.68f)), Stroke.Arc(0.51f, 0.68f, 0.23f, 0.22f, 180, 540)],
        [Stroke.Line((0.22f, 0.1f), (0.78f, 0.1f), (0.42f, 0.9f))],
        [Stroke.Arc(0.5f, 0.3f, 0.2f, 0.2f, 0, 360), Stroke.Arc(0.5f, 0.7f, 0.26f, 0.2f, 0, 360)],
        [Stroke.Arc(0.5f, 0.32f, 0.23f, 0.22f, 0, 360), Stroke.Line((0.73f, 0.32f), (0.7f, 0.62f), (0.52f, 0.9f))],
    ];

    /// <summary>Draws as many pictures of each digit.</summary>
    /// <param name="samplesPerClass">The number of pictures of each digit.</param>
    /// <param name="random">The generator of all that is random; it advances.</param>
    public static Dataset Create(int samplesPerClass, NumpyRandom random)
    {
        int count = Classes * samplesPerClass;
        float[] pixels = new float[count * DigitNet.InputSize];
        int[] labels = new int[count];

        for (int i = 0; i < count; i++)
        {
            labels[i] = i % Classes;
            Draw(s_digits[labels[i]], pixels.AsSpan(i * DigitNet.InputSize, DigitNet.InputSize), random);
        }

        return new Dataset(pixels, labels, DigitNet.InputSize, Classes);
    }

    private static void Draw(Stroke[] digit, Span<float> pixels, NumpyRandom random)
    {
        Matrix3x2 place = RandomPlace(random);
        float thickness = Between(random, 0.7f, 1.9f);
        float noise = Between(random, 0.02f, 0.2f);
        Stroke[] strokes = [.. digit.Select(stroke => Transform(stroke, place, random))];

        for (int i = 0; i < pixels.Length; i++)
        {
            (int row, int column) = Math.DivRem(i, DigitNet.Side);
            Vector2 centre = new(column + 0.5f, row + 0.5f);
            float distance = strokes.Min(stroke => stroke.DistanceTo(centre));

            // Full within the pen's width, then fading over one pixel.
            float ink = Math.Clamp(thickness + 0.5f - distance, 0, 1);
            pixels[i] = Math.Clamp(ink + (noise * (float)random.NextGaussian()), 0, 1);
        }
    }

    /// <summary>From the unit square into the picture: turned, slanted, scaled and shifted.</summary>
    private static Matrix3x2 RandomPlace(NumpyRandom random) =>
        Matrix3x2.CreateTranslation(-0.5f, -0.5f)
        * Matrix3x2.CreateSkew(Between(random, -0.3f, 0.3f), 0)
        * Matrix3x2.CreateRotation(Between(random, -0.2f, 0.2f))
        * Matrix3x2.CreateScale(Between(random, 14, 23), Between(random, 16, 23))
        * Matrix3x2.CreateTranslation(DigitNet.Side / 2f + Between(random, -3, 3), DigitNet.Side / 2f + Between(random, -3, 3));

    /// <summary>The stroke in the picture, by an unsteady hand.</summary>
    private static Stroke Transform(Stroke stroke, Matrix3x2 place, NumpyRandom random)
    {
        const float Unsteadiness = 0.35f;

        return new Stroke(Array.ConvertAll(
            stroke.Points,
            point => Vector2.Transform(point, place) + (Unsteadiness * new Vector2((float)random.NextGaussian(), (float)random.NextGaussian()))));
    }

    private static float Between(NumpyRandom random, float least, float most) => least + ((most - least) * (float)random.NextDouble());
}
