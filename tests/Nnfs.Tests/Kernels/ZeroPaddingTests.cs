using Nnfs.Catalogue;
using Nnfs.Catalogue.Layers;

namespace Nnfs.Tests.Kernels;

/// <summary>The kernel of zeros around an image against plain loops.</summary>
public class ZeroPaddingTests
{
    private const int Height = 3;
    private const int Width = 2;
    private const int Channels = 5;

    /// <summary>Zeros above, below, to the left and to the right.</summary>
    public static TheoryData<int, int, int, int> Zeros => new()
    {
        { 0, 0, 0, 0 }, { 1, 1, 1, 1 }, { 2, 0, 0, 0 }, { 0, 3, 0, 0 }, { 0, 0, 4, 0 }, { 0, 0, 0, 1 }, { 1, 2, 3, 4 },
    };

    [Theory]
    [MemberData(nameof(Zeros))]
    public void Image_lies_within_its_zeros_and_its_gradient_comes_from_there(int top, int bottom, int left, int right)
    {
        ZeroPadding2DLayer layer = new(top, bottom, left, right);

        foreach ((int height, int width, int channels, int samples) in ((int, int, int, int)[])
            [(1, 1, 1, 1), (3, 4, 2, 3), (1, 7, 5, 2), (6, 1, 33, 2), (2, 2, 1, 0)])
        {
            SampleShape small = new(height, width, channels);
            SampleShape large = layer.OutputOf([small]);
            float[] inputs = Numbers.Gaussians(samples * small.Size, seed: channels);
            float[] gradients = Numbers.Gaussians(samples * large.Size, seed: channels + 1);
            FramedBlock x = FramedBlock.Source(inputs, misalignment: top);
            FramedBlock y = FramedBlock.Destination(samples * large.Size, misalignment: bottom);
            FramedBlock dy = FramedBlock.Source(gradients, misalignment: left);
            FramedBlock dx = FramedBlock.Destination(samples * small.Size, misalignment: right);

            Nnfs.Kernels.ZeroPadding.Forward(x.Span, height, width, channels, y.Span, top, bottom, left, right, samples);
            Nnfs.Kernels.ZeroPadding.Backward(dy.Span, height, width, channels, dx.Span, top, bottom, left, right, samples);

            LayerPass pass = new() { Inputs = [Numbers.ToDoubles(inputs)], Shapes = [small], Samples = samples, Tensors = [] };
            Numbers.AssertClose(layer.Forward(pass), y.Span, 0, "y");
            Numbers.AssertClose(layer.Backward(pass, Numbers.ToDoubles(gradients)).Inputs[0], dx.Span, 0, "dx");
            y.AssertFrameIsIntact();
            dx.AssertFrameIsIntact();
        }
    }

    [Fact]
    public void Spans_too_short_throw_before_anything_is_written()
    {
        const int Small = 2 * Height * Width * Channels;
        const int Large = 2 * (Height + 3) * (Width + 7) * Channels;
        FramedBlock written = FramedBlock.Destination(Large);

        Assert.Throws<ArgumentException>("x", () => Forward(new float[Small - 1], written.Span));
        Assert.Throws<ArgumentException>("y", () => Forward(new float[Small], written.Span[..^1]));
        Assert.Throws<ArgumentException>("dy", () => Backward(new float[Large - 1], written.Span));
        Assert.Throws<ArgumentException>("dx", () => Backward(new float[Large], written.Span[..(Small - 1)]));
        Assert.Throws<ArgumentOutOfRangeException>("left", () => Forward(new float[Small], written.Span, left: -1));
        written.AssertNothingIsWritten();
    }

    private static void Forward(ReadOnlySpan<float> x, Span<float> y, int left = 3) =>
        Nnfs.Kernels.ZeroPadding.Forward(x, Height, Width, Channels, y, top: 1, bottom: 2, left, right: 4, samples: 2);

    private static void Backward(ReadOnlySpan<float> dy, Span<float> dx) =>
        Nnfs.Kernels.ZeroPadding.Backward(dy, Height, Width, Channels, dx, top: 1, bottom: 2, left: 3, right: 4, samples: 2);
}
