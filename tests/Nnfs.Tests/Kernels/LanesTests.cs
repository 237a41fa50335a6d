namespace Nnfs.Tests.Kernels;

public class LanesTests
{
    private delegate void Kernel(ReadOnlySpan<float> x, Span<float> y, int stride, int samples);

    public static TheoryData<int> Features => KernelSizes.Theory;

    [Theory]
    [MemberData(nameof(Features))]
    public void Load_of_any_number_of_features_gives_columns_with_zeros_as_fillers(int features)
    {
        Kernel kernel = Bind("Load", features);

        foreach (int samples in LanesBlock.Samples)
        {
            // The user's numbers lie anywhere; the frame around them is NaN.
            float[] rows = Numbers.Gaussians(samples * features, seed: features);
            int stride = Nnfs.Kernels.Lanes.Stride(samples);
            FramedBlock x = FramedBlock.Source(rows, misalignment: samples % 7);
            FramedBlock y = FramedBlock.Destination(LanesBlock.Length(features, stride, samples), misalignment: features % 5);

            kernel(x.Span, y.Span, stride, samples);

            Numbers.AssertSameBits(rows, LanesBlock.Rows(y.Span, features, stride, samples), "y");
            Assert.All(LanesBlock.Fillers(y.Span, features, stride, samples), static filler => Assert.Equal(0, BitConverter.SingleToInt32Bits(filler)));
            y.AssertFrameIsIntact();
        }
    }

    [Theory]
    [MemberData(nameof(Features))]
    public void Store_of_any_number_of_features_gives_rows_and_nothing_else(int features)
    {
        Kernel kernel = Bind("Store", features);

        foreach (int samples in LanesBlock.Samples.Concat([5, 6, 7]))
        {
            float[] rows = Numbers.Gaussians(samples * features, seed: features);
            int stride = Nnfs.Kernels.Lanes.Stride(samples);
            FramedBlock x = FramedBlock.Source(LanesBlock.Of(rows, features, stride, samples, filler: float.NaN), misalignment: features % 5);
            FramedBlock y = FramedBlock.Destination(samples * features, misalignment: samples % 7);

            kernel(x.Span, y.Span, stride, samples);

            Numbers.AssertSameBits(rows, y.Span, "y");
            y.AssertFrameIsIntact();
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    public void Load_and_Store_of_a_window_leave_the_samples_around_it(int features)
    {
        const int Stride = 112;
        const int Start = 32;
        const int Samples = 21;
        float[] rows = Numbers.Gaussians(Samples * features, seed: 1);
        FramedBlock block = FramedBlock.Destination(features * Stride);
        float[] back = new float[rows.Length];

        Bind("Load", features)(rows, block.Span[Start..], Stride, Samples);
        Bind("Store", features)(block.Span[Start..], back, Stride, Samples);

        Numbers.AssertSameBits(rows, back, "there and back");

        for (int j = 0; j < features; j++)
        {
            Assert.False(block.Span.Slice(j * Stride, Start).ContainsAnyExcept(FramedBlock.Canary));
            Assert.False(block.Span[((j * Stride) + Start + 32)..((j + 1) * Stride)].ContainsAnyExcept(FramedBlock.Canary));
        }
    }

    [Fact]
    public void Load_and_Store_of_no_samples_write_nothing()
    {
        FramedBlock y = FramedBlock.Destination(32);

        Bind("Load", 2)([], y.Span, 16, 0);
        Bind("Store", 2)(new float[32], y.Span, 16, 0);

        y.AssertNothingIsWritten();
    }

    [Fact]
    public void Stride_holds_whole_groups_and_spreads_features_over_the_cache()
    {
        for (int samples = 1; samples <= 5000; samples++)
        {
            int stride = Nnfs.Kernels.Lanes.Stride(samples);

            Assert.InRange(stride, LanesBlock.Padded(samples), LanesBlock.Padded(samples) + 16);
            Assert.Equal(0, stride % 16);
            Assert.True(stride < 128 || stride % 32 == 16, $"{samples} samples have a stride of {stride}.");
        }
    }

    [Theory]
    [InlineData("Load", "x", 14, 48)]
    [InlineData("Load", "y", 15, 47)]
    [InlineData("Load", "y", 15, 0)]
    [InlineData("Store", "x", 47, 15)]
    [InlineData("Store", "x", 0, 15)]
    [InlineData("Store", "y", 48, 14)]
    public void Kernel_with_a_span_too_short_throws_before_it_writes(string method, string parameter, int xLength, int yLength)
    {
        FramedBlock y = FramedBlock.Destination(yLength);

        ArgumentException exception = Assert.Throws<ArgumentException>(parameter, () => Bind(method, 3)(new float[xLength], y.Span, 16, 5));

        Assert.Contains(parameter == (method == "Load" ? "x" : "y") ? "15 values" : "48 values", exception.Message, StringComparison.Ordinal);
        y.AssertNothingIsWritten();
    }

    [Theory]
    [InlineData("Load", 1, 15)]
    [InlineData("Store", 1, 15)]
    [InlineData("Load", 1, 0)]
    [InlineData("Store", 1, 0)]
    public void Kernel_with_less_than_a_group_throws_before_it_writes(string method, int samples, int length)
    {
        FramedBlock y = FramedBlock.Destination(method == "Load" ? length : samples);

        Assert.Throws<ArgumentException>(
            method == "Load" ? "y" : "x",
            () => Bind(method, 1)(new float[method == "Load" ? samples : length], y.Span, 16, samples));
        y.AssertNothingIsWritten();
    }

    [Theory]
    [InlineData(16, 17)]
    [InlineData(0, 1)]
    [InlineData(15, 15)]
    [InlineData(-16, 1)]
    public void Kernel_with_a_stride_less_than_the_groups_throws(int stride, int samples)
    {
        FramedBlock y = FramedBlock.Destination(200);

        Assert.Throws<ArgumentOutOfRangeException>(nameof(stride), () => Bind("Load", 2)(new float[200], y.Span, stride, samples));
        Assert.Throws<ArgumentOutOfRangeException>(nameof(stride), () => Bind("Store", 2)(new float[200], y.Span, stride, samples));
        y.AssertNothingIsWritten();
    }

    [Fact]
    public void Kernel_with_a_negative_number_of_samples_throws()
    {
        FramedBlock y = FramedBlock.Destination(200);

        Assert.Throws<ArgumentException>("x", () => Bind("Load", 2)(new float[200], y.Span, 16, -1));
        Assert.Throws<ArgumentOutOfRangeException>("samples", () => Bind("Store", 2)(new float[200], y.Span, 16, -1));
        y.AssertNothingIsWritten();
    }

    private static Kernel Bind(string method, int features) => BinaryDimension.Bind<Kernel>(typeof(Nnfs.Kernels.Lanes), method, features);
}
