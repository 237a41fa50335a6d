using Nnfs.Catalogue.Layers;
namespace Nnfs.Tests.Kernels;

public class DropoutTests
{
    private const int GreatestLength = 130;

    public static TheoryData<float> Rates => [0f, 1e-6f, 0.1f, 0.25f, 0.5f, 0.9f, 0.99999994f];

    [Theory]
    [MemberData(nameof(Rates))]
    public void Forward_and_Backward_of_any_length_and_alignment_agree_with_the_specification(float rate)
    {
        for (int length = 0; length <= GreatestLength; length++)
        {
            ulong seed = Nnfs.Kernels.Dropout.Seed(7, length);
            long first = 1000L * length;
            float[] content = Numbers.Gaussians(length, seed: length);
            float[] expected = Specify(content, rate, seed, first);

            for (int misalignment = 0; misalignment < 3; misalignment++)
            {
                FramedBlock x = FramedBlock.Source(content, misalignment);
                FramedBlock y = FramedBlock.Destination(length, misalignment + length);
                FramedBlock dx = FramedBlock.Destination(length, misalignment);
                FramedBlock same = FramedBlock.InPlace(content, misalignment);

                Nnfs.Kernels.Dropout.Forward(x.Span, rate, seed, first, y.Span);
                Nnfs.Kernels.Dropout.Backward(x.Span, rate, seed, first, dx.Span);
                Nnfs.Kernels.Dropout.Forward(same.Span, rate, seed, first, same.Span);

                Numbers.AssertSameBits(expected, y.Span, "y");
                Numbers.AssertSameBits(expected, dx.Span, "dx");
                Numbers.AssertSameBits(expected, same.Span, "y in place");
                y.AssertFrameIsIntact();
                dx.AssertFrameIsIntact();
                same.AssertFrameIsIntact();
            }
        }
    }

    [Theory]
    [InlineData((1L << 32) - 37)]
    [InlineData((1L << 32) - 1)]
    [InlineData(1L << 32)]
    [InlineData((1L << 40) + 5)]
    [InlineData((5L << 32) - 64)]
    [InlineData(long.MaxValue)]
    public void Forward_of_elements_with_great_numbers_agrees_with_the_specification(long first)
    {
        float[] x = Numbers.Gaussians(100, seed: 1);
        float[] y = new float[x.Length];

        Nnfs.Kernels.Dropout.Forward(x, 0.3f, 99, first, y);

        Numbers.AssertSameBits(Specify(x, 0.3f, 99, first), y, "y");
    }

    [Fact]
    public void Parts_of_any_length_together_are_the_whole()
    {
        float[] x = Numbers.Gaussians(1000, seed: 1);
        float[] whole = new float[x.Length];
        Nnfs.Kernels.Dropout.Forward(x, 0.4f, 5, 12345, whole);

        foreach (int part in (int[])[1, 7, 16, 33, 500])
        {
            float[] parts = new float[x.Length];

            for (int start = 0; start < x.Length; start += part)
            {
                int end = Math.Min(x.Length, start + part);
                Nnfs.Kernels.Dropout.Forward(x.AsSpan(start..end), 0.4f, 5, 12345 + start, parts.AsSpan(start));
            }

            Numbers.AssertSameBits(whole, parts, "parts");
        }
    }

    [Fact]
    public void Dropped_elements_are_zero_whatever_they_were_and_kept_ones_are_what_they_were()
    {
        foreach (float special in (float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, -0f])
        {
            float[] x = new float[100];
            Array.Fill(x, special);
            float[] mask = DropoutLayer.Mask(3, 0, 0.5f, x.Length);

            Nnfs.Kernels.Dropout.Forward(x, 0.5f, 3, 0, x);

            Numbers.AssertSameBits([.. mask.Select(kept => kept == 1f ? special * 2f : 0f)], x, "y");
        }
    }

    [Fact]
    public void Rate_zero_keeps_every_bit()
    {
        float[] x = [.. Numbers.Gaussians(100, seed: 1), float.NaN, -0f, float.Epsilon];
        float[] y = new float[x.Length];

        Nnfs.Kernels.Dropout.Forward(x, 0f, 3, 0, y);

        Numbers.AssertSameBits(x, y, "y");
    }

    [Fact]
    public void Gradient_agrees_with_finite_differences()
    {
        const float Rate = 0.4f;
        const float Step = 0.25f;
        float[] x = [.. Enumerable.Range(0, 50).Select(static i => i % 8f)];
        float[] dx = new float[x.Length];
        float[] above = new float[x.Length];
        float[] below = new float[x.Length];
        float[] ones = new float[x.Length];
        Array.Fill(ones, 1f);

        Nnfs.Kernels.Dropout.Backward(ones, Rate, 8, 70, dx);
        Nnfs.Kernels.Dropout.Forward([.. x.Select(static value => value + Step)], Rate, 8, 70, above);
        Nnfs.Kernels.Dropout.Forward([.. x.Select(static value => value - Step)], Rate, 8, 70, below);

        // Each of two outputs of up to 14 is rounded once; the function is linear.
        double[] expected = [.. above.Zip(below, static (a, b) => ((double)a - b) / (2 * Step))];
        Numbers.AssertClose(expected, dx, 2 * 14 * Numbers.Rounding / (2 * Step), "dx");
    }

    [Theory]
    [InlineData("y", 0.5f, 0L, 20, 19)]
    [InlineData("rate", -0.1f, 0L, 20, 20)]
    [InlineData("rate", 1f, 0L, 20, 20)]
    [InlineData("rate", float.NaN, 0L, 20, 20)]
    [InlineData("first", 0.5f, -1L, 20, 20)]
    public void Forward_with_a_bad_argument_throws_before_it_writes(string parameter, float rate, long first, int xLength, int yLength)
    {
        FramedBlock y = FramedBlock.Destination(yLength);

        ArgumentException exception = Assert.ThrowsAny<ArgumentException>(() => Nnfs.Kernels.Dropout.Forward(new float[xLength], rate, 0, first, y.Span));

        Assert.Equal(parameter, exception.ParamName);
        y.AssertNothingIsWritten();
    }

    [Theory]
    [InlineData("dx", 0.5f, 0L, 20, 19)]
    [InlineData("rate", 1.5f, 0L, 20, 20)]
    [InlineData("first", 0.5f, long.MinValue, 20, 20)]
    public void Backward_with_a_bad_argument_throws_before_it_writes(string parameter, float rate, long first, int dyLength, int dxLength)
    {
        FramedBlock dx = FramedBlock.Destination(dxLength);

        ArgumentException exception = Assert.ThrowsAny<ArgumentException>(() => Nnfs.Kernels.Dropout.Backward(new float[dyLength], rate, 0, first, dx.Span));

        Assert.Equal(parameter, exception.ParamName);
        dx.AssertNothingIsWritten();
    }

    [Fact]
    public void Seed_of_a_negative_layer_throws() =>
        Assert.Throws<ArgumentOutOfRangeException>("layer", static () => Nnfs.Kernels.Dropout.Seed(0, -1));

    private static float[] Specify(float[] x, float rate, ulong seed, long first)
    {
        float[] mask = DropoutLayer.Mask(seed, first, rate, x.Length);

        return [.. x.Zip(mask, (value, kept) => kept == 1f ? value * DropoutLayer.Scale(rate) : 0f)];
    }
}
