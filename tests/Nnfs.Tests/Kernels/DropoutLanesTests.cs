using Nnfs.Catalogue.Layers;

namespace Nnfs.Tests.Kernels;

public class DropoutLanesTests
{
    private static readonly int[] s_features = [1, 3, 16, 100];

    public static TheoryData<float> Rates => DropoutTests.Rates;

    [Theory]
    [MemberData(nameof(Rates))]
    public void Forward_and_Backward_of_any_number_of_samples_have_the_mask_of_rows(float rate)
    {
        foreach (int features in s_features)
        {
            foreach (int samples in LanesBlock.Samples)
            {
                AssertMaskOfRows(rate, seed: 7, first: 1000L * samples * features, features, samples);
            }
        }
    }

    [Theory]
    [InlineData((1L << 32) - 37)]
    [InlineData((1L << 32) - 1)]
    [InlineData(1L << 32)]
    [InlineData((5L << 32) - 640)]
    [InlineData((1L << 62) + (1L << 32) - 3)]
    public void Elements_whose_numbers_pass_32_bits_have_the_mask_of_rows(long first)
    {
        foreach (int features in s_features)
        {
            foreach (int samples in LanesBlock.Samples)
            {
                AssertMaskOfRows(rate: 0.3f, seed: 99, first, features, samples);
            }
        }
    }

    [Fact]
    public void Dropped_elements_are_zero_whatever_they_were()
    {
        float[] x = new float[64];
        Array.Fill(x, float.NaN);
        float[] mask = DropoutLayer.Mask(3, 0, 0.5f, 64);
        float[] scales = new float[64];

        Nnfs.Kernels.DropoutLanes.Draw(0.5f, 3, 0, scales, features: 2, stride: 32, samples: 32);
        Nnfs.Kernels.DropoutLanes.Forward(x, scales, x, features: 2, stride: 32, samples: 32);

        Assert.Equal([.. mask.Select(static kept => kept == 1f)], LanesBlock.Rows(x, 2, 32, 32).Select(float.IsNaN));
        Assert.True(x.All(static value => float.IsNaN(value) || BitConverter.SingleToInt32Bits(value) == 0));
    }

    [Fact]
    public void KeepAll_leaves_every_element_as_it_is()
    {
        foreach (int samples in LanesBlock.Samples)
        {
            int stride = Nnfs.Kernels.Lanes.Stride(samples);
            FramedBlock scales = FramedBlock.Destination(LanesBlock.Length(3, stride, samples));

            Nnfs.Kernels.DropoutLanes.KeepAll(scales.Span, features: 3, stride, samples);

            Assert.All(LanesBlock.Rows(scales.Span, 3, stride, samples), static scale => Assert.Equal(1f, scale));
            LanesBlock.Fillers(scales.Span, 3, stride, samples);
            scales.AssertFrameIsIntact();
        }
    }

    [Theory]
    [InlineData("scales", 0.5f, 0L, 3, 47)]
    [InlineData("rate", -0.1f, 0L, 3, 48)]
    [InlineData("rate", 1f, 0L, 3, 48)]
    [InlineData("rate", float.NaN, 0L, 3, 48)]
    [InlineData("first", 0.5f, -1L, 3, 48)]
    [InlineData("features", 0.5f, 0L, 0, 48)]
    public void Draw_with_a_bad_argument_throws_before_it_writes(string parameter, float rate, long first, int features, int length)
    {
        FramedBlock scales = FramedBlock.Destination(length);

        Assert.Equal(parameter, Assert.ThrowsAny<ArgumentException>(
            () => Nnfs.Kernels.DropoutLanes.Draw(rate, 0, first, scales.Span, features, 16, 4)).ParamName);
        scales.AssertNothingIsWritten();
    }

    [Theory]
    [InlineData("x", "dy", 47, 48, 48)]
    [InlineData("scales", "scales", 48, 47, 48)]
    [InlineData("y", "dx", 48, 48, 47)]
    public void Kernels_with_a_span_too_short_throw_before_they_write(string forward, string backward, int xLength, int scalesLength, int yLength)
    {
        FramedBlock y = FramedBlock.Destination(yLength);
        FramedBlock shorter = FramedBlock.Destination(47);

        Assert.Throws<ArgumentException>(forward, () => Nnfs.Kernels.DropoutLanes.Forward(new float[xLength], new float[scalesLength], y.Span, 3, 16, 4));
        Assert.Throws<ArgumentException>(backward, () => Nnfs.Kernels.DropoutLanes.Backward(new float[xLength], new float[scalesLength], y.Span, 3, 16, 4));
        Assert.Throws<ArgumentException>("scales", () => Nnfs.Kernels.DropoutLanes.KeepAll(shorter.Span, 3, 16, 4));
        y.AssertNothingIsWritten();
        shorter.AssertNothingIsWritten();
    }

    private static void AssertMaskOfRows(float rate, ulong seed, long first, int features, int samples)
    {
        int stride = Nnfs.Kernels.Lanes.Stride(samples);
        float[] content = Numbers.Gaussians(samples * features, seed: samples);
        float[] mask = DropoutLayer.Mask(seed, first, rate, content.Length);
        float[] expected = [.. content.Zip(mask, (value, kept) => kept == 1f ? value * DropoutLayer.Scale(rate) : 0f)];
        float[] block = LanesBlock.Of(content, features, stride, samples);
        FramedBlock x = FramedBlock.Source(block, misalignment: samples % 4);
        FramedBlock y = FramedBlock.Destination(block.Length, misalignment: features % 5);
        FramedBlock dx = FramedBlock.Destination(block.Length, misalignment: samples % 3);
        FramedBlock same = FramedBlock.InPlace(block, misalignment: features % 4);
        float[] ofRows = new float[content.Length];

        FramedBlock scales = FramedBlock.Destination(block.Length, misalignment: samples % 4);

        Nnfs.Kernels.DropoutLanes.Draw(rate, seed, first, scales.Span, features, stride, samples);
        Nnfs.Kernels.DropoutLanes.Forward(x.Span, scales.Span, y.Span, features, stride, samples);
        Nnfs.Kernels.DropoutLanes.Backward(x.Span, scales.Span, dx.Span, features, stride, samples);
        Nnfs.Kernels.DropoutLanes.Forward(same.Span, scales.Span, same.Span, features, stride, samples);
        Nnfs.Kernels.Dropout.Forward(content, rate, seed, first, ofRows);

        Numbers.AssertSameBits(ofRows, expected, "y of rows");
        Numbers.AssertSameBits([.. mask.Select(kept => kept * DropoutLayer.Scale(rate))], LanesBlock.Rows(scales.Span, features, stride, samples), "scales");
        LanesBlock.Fillers(scales.Span, features, stride, samples);
        scales.AssertFrameIsIntact();

        foreach ((FramedBlock actual, string what) in ((FramedBlock, string)[])[(y, "y"), (dx, "dx"), (same, "y in place")])
        {
            Numbers.AssertSameBits(expected, LanesBlock.Rows(actual.Span, features, stride, samples), what);
            actual.AssertFrameIsIntact();
        }

        // Fillers stay zero, dropped or kept.
        Assert.All(LanesBlock.Fillers(y.Span, features, stride, samples), static filler => Assert.Equal(0f, filler));
        Assert.All(LanesBlock.Fillers(dx.Span, features, stride, samples), static filler => Assert.Equal(0f, filler));
    }
}
