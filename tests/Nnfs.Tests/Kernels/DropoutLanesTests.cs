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

        Nnfs.Kernels.DropoutLanes.Forward(x, 0.5f, 3, 0, x, features: 2, stride: 32, samples: 32);

        Assert.Equal([.. mask.Select(static kept => kept == 1f)], LanesBlock.Rows(x, 2, 32, 32).Select(float.IsNaN));
        Assert.True(x.All(static value => float.IsNaN(value) || BitConverter.SingleToInt32Bits(value) == 0));
    }

    [Theory]
    [InlineData("x", 0.5f, 0L, 47, 48)]
    [InlineData("y", 0.5f, 0L, 48, 47)]
    [InlineData("rate", -0.1f, 0L, 48, 48)]
    [InlineData("rate", 1f, 0L, 48, 48)]
    [InlineData("rate", float.NaN, 0L, 48, 48)]
    [InlineData("first", 0.5f, -1L, 48, 48)]
    public void Kernel_with_a_bad_argument_throws_before_it_writes(string parameter, float rate, long first, int xLength, int yLength)
    {
        FramedBlock y = FramedBlock.Destination(yLength);

        Assert.Equal(parameter, Assert.ThrowsAny<ArgumentException>(
            () => Nnfs.Kernels.DropoutLanes.Forward(new float[xLength], rate, 0, first, y.Span, 3, 16, 4)).ParamName);
        Assert.Equal(parameter switch { "x" => "dy", "y" => "dx", _ => parameter }, Assert.ThrowsAny<ArgumentException>(
            () => Nnfs.Kernels.DropoutLanes.Backward(new float[xLength], rate, 0, first, y.Span, 3, 16, 4)).ParamName);
        y.AssertNothingIsWritten();
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

        Nnfs.Kernels.DropoutLanes.Forward(x.Span, rate, seed, first, y.Span, features, stride, samples);
        Nnfs.Kernels.DropoutLanes.Backward(x.Span, rate, seed, first, dx.Span, features, stride, samples);
        Nnfs.Kernels.DropoutLanes.Forward(same.Span, rate, seed, first, same.Span, features, stride, samples);
        Nnfs.Kernels.Dropout.Forward(content, rate, seed, first, ofRows);

        Numbers.AssertSameBits(ofRows, expected, "y of rows");

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
