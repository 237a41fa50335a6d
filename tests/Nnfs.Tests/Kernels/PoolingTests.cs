using Nnfs.Catalogue;
using Nnfs.Catalogue.Layers;

namespace Nnfs.Tests.Kernels;

/// <summary>The kernels of pooling and upsampling against plain loops in float64.</summary>
public class PoolingTests
{
    private delegate double[] Share(double[] values);

    public static TheoryData<int> Channels => [.. Enumerable.Range(1, 40), 48, 64, 67];

    /// <summary>Windows of all proportions to their images: smaller, equal and, where zeros make room, larger; side by side, overlapping, with gaps.</summary>
    private static IEnumerable<(IReadOnlyList<int[]> Places, Window2D Window)> Windows(int channels) =>
        from window in ((int Height, int Width, int KernelHeight, int KernelWidth, int Stride, bool IsSame)[])
        [
            (4, 6, 2, 2, 2, false), (5, 7, 2, 2, 2, false), (7, 5, 3, 3, 2, false), (6, 6, 2, 2, 1, false), (6, 7, 3, 3, 3, true), (7, 6, 2, 2, 3, true),
            (5, 4, 3, 3, 1, true), (3, 2, 7, 7, 2, true), (1, 1, 1, 1, 1, false), (1, 9, 1, 4, 2, true), (9, 1, 4, 1, 3, false), (4, 5, 4, 5, 1, false),
            (6, 5, 2, 3, 2, false), (5, 5, 2, 2, 2, true), (5, 8, 1, 1, 3, false), (2, 3, 5, 1, 4, true), (8, 8, 3, 2, 2, true),
            (4, 34, 2, 2, 2, false), (5, 13, 2, 2, 2, false), (1, 8, 1, 2, 2, false), (1, 7, 1, 3, 3, true),
        ]
        select (
            new ImageWindow(window.KernelHeight, window.KernelWidth) { Stride = window.Stride, IsSame = window.IsSame }
                .Places(new SampleShape(window.Height, window.Width, channels)),
            new Window2D(
                window.Height, window.Width, channels, window.KernelHeight, window.KernelWidth, window.Stride, isPadded: window.IsSame));

    [Theory]
    [MemberData(nameof(Channels))]
    public void Max_agrees_with_plain_loops(int channels) => CheckAll(
        channels,
        scale: 1f,
        OfGreatest,
        Nnfs.Kernels.MaxPool2D.Forward,
        Nnfs.Kernels.MaxPool2D.Backward,
        error: 0);

    /// <summary>Few different values, so that most windows have several of the greatest; of zeros with both signs, too.</summary>
    [Theory]
    [MemberData(nameof(Channels))]
    public void Gradient_of_a_maximum_goes_to_the_first_of_the_greatest(int channels) => CheckAll(
        channels,
        scale: 0f,
        OfGreatest,
        Nnfs.Kernels.MaxPool2D.Forward,
        Nnfs.Kernels.MaxPool2D.Backward,
        error: 0);

    [Theory]
    [MemberData(nameof(Channels))]
    public void Gradient_of_a_maximum_back_through_a_ReLU_is_zero_where_that_gave_zero(int channels)
    {
        const int Samples = 2;

        foreach ((_, Window2D window) in Windows(channels))
        {
            float[] x = [.. Numbers.Gaussians(Samples * window.Size, seed: channels).Select(static value => Math.Max(0f, value))];
            float[] dy = Numbers.Gaussians(Samples * window.Places * channels, seed: channels + 1);
            float[] y = new float[dy.Length];
            float[] plain = new float[x.Length];
            FramedBlock dx = FramedBlock.Destination(x.Length, misalignment: channels % 5);

            Nnfs.Kernels.MaxPool2D.Forward(window, x, y, Samples);
            Nnfs.Kernels.MaxPool2D.Backward(window, x, y, dy, plain, Samples);
            Nnfs.Kernels.MaxPool2D.BackwardReLU(window, x, y, dy, dx.Span, Samples);

            Numbers.AssertClose(Numbers.ToDoubles([.. plain.Select((value, i) => x[i] > 0f ? value : 0f)]), dx.Span, 0, "dx");
            dx.AssertFrameIsIntact();
        }
    }

    [Theory]
    [MemberData(nameof(Channels))]
    public void Average_agrees_with_plain_loops(int channels) => CheckAll(
        channels,
        scale: 1f,
        static values => Array.ConvertAll(values, _ => 1.0 / values.Length),
        Nnfs.Kernels.AveragePool2D.Forward,
        static (window, _, _, dy, dx, samples) => Nnfs.Kernels.AveragePool2D.Backward(window, dy, dx, samples),
        error: 16 * Numbers.Rounding);

    [Theory]
    [MemberData(nameof(Channels))]
    public void Upsampling_repeats_pixels_and_adds_their_gradients(int channels)
    {
        foreach ((int height, int width, int factor) in ((int, int, int)[])[(1, 1, 1), (3, 2, 1), (2, 3, 2), (1, 4, 3), (3, 1, 5)])
        {
            SampleShape small = new(height, width, channels);
            Upsample2DLayer layer = new(factor);
            SampleShape large = layer.OutputOf([small]);
            Window2D window = new(large.Extents[0], large.Extents[1], channels, factor, factor, factor);

            foreach (int samples in (int[])[0, 1, 3])
            {
                float[] inputs = Numbers.Gaussians(samples * small.Size, seed: channels);
                float[] gradients = Numbers.Gaussians(samples * large.Size, seed: channels + 1);
                FramedBlock x = FramedBlock.Source(inputs, misalignment: channels % 5);
                FramedBlock y = FramedBlock.Destination(samples * large.Size, misalignment: channels % 3);
                FramedBlock dy = FramedBlock.Source(gradients, misalignment: channels % 4);
                FramedBlock dx = FramedBlock.Destination(samples * small.Size, misalignment: channels % 7);

                Nnfs.Kernels.Upsample2D.Forward(window, x.Span, y.Span, samples);
                Nnfs.Kernels.Upsample2D.Backward(window, dy.Span, dx.Span, samples);

                LayerPass pass = new() { Inputs = [Numbers.ToDoubles(inputs)], Shapes = [small], Samples = samples, Tensors = [] };
                Numbers.AssertClose(layer.Forward(pass), y.Span, 0, "y");
                Numbers.AssertClose(layer.Backward(pass, Numbers.ToDoubles(gradients)).Inputs[0], dx.Span, 100 * Numbers.Rounding, "dx");
                y.AssertFrameIsIntact();
                dx.AssertFrameIsIntact();
            }
        }
    }

    [Theory]
    [MemberData(nameof(Channels))]
    public void Maximum_with_a_NaN_is_NaN_wherever_it_is(int channels)
    {
        Window2D window = new(2, 3, channels, 2, 3);

        for (int pixel = 0; pixel < 6; pixel++)
        {
            float[] x = Numbers.Gaussians(6 * channels, seed: pixel);
            float[] y = new float[channels];
            float[] dx = new float[x.Length];
            float[] dy = Numbers.Gaussians(channels, seed: 7);

            // One of the channels has a NaN.
            int faulty = pixel % channels;
            x[(pixel * channels) + faulty] = float.NaN;
            Nnfs.Kernels.MaxPool2D.Forward(window, x, y, samples: 1);
            Nnfs.Kernels.MaxPool2D.Backward(window, x, y, dy, dx, samples: 1);

            Assert.All(y.Index(), value => Assert.Equal(value.Index == faulty, float.IsNaN(value.Item)));
            Assert.Equal(dy[faulty], dx[faulty]);
            Assert.All(Enumerable.Range(1, 5), other => Assert.Equal(0f, dx[(other * channels) + faulty]));
        }
    }

    [Theory]
    [InlineData("x", 95, 24)]
    [InlineData("y", 96, 23)]
    public void Forward_with_a_span_too_short_throws_before_it_writes(string parameter, int xLength, int yLength)
    {
        Window2D window = new(4, 4, 3, 2, 2, stride: 2);
        FramedBlock y = FramedBlock.Destination(yLength);

        Assert.Throws<ArgumentException>(parameter, () => Nnfs.Kernels.MaxPool2D.Forward(window, new float[xLength], y.Span, samples: 2));
        Assert.Throws<ArgumentException>(parameter, () => Nnfs.Kernels.AveragePool2D.Forward(window, new float[xLength], y.Span, samples: 2));
        y.AssertNothingIsWritten();
    }

    [Theory]
    [InlineData("x", 95, 24, 24, 96)]
    [InlineData("y", 96, 23, 24, 96)]
    [InlineData("dy", 96, 24, 23, 96)]
    [InlineData("dx", 96, 24, 24, 95)]
    public void Backward_with_a_span_too_short_throws_before_it_writes(string parameter, int xLength, int yLength, int dyLength, int dxLength)
    {
        // The images have pixels that no window takes.
        Window2D window = new(4, 4, 3, 1, 1, stride: 2);
        FramedBlock dx = FramedBlock.Destination(dxLength);

        Assert.Throws<ArgumentException>(
            parameter,
            () => Nnfs.Kernels.MaxPool2D.Backward(window, new float[xLength], new float[yLength], new float[dyLength], dx.Span, samples: 2));
        dx.AssertNothingIsWritten();
    }

    [Fact]
    public void Window_with_dilation_throws()
    {
        Window2D window = new(5, 5, 1, 2, 2, dilation: 2);

        Assert.Throws<ArgumentException>("window", () => Nnfs.Kernels.MaxPool2D.Forward(window, new float[25], new float[25], samples: 1));
        Assert.Throws<ArgumentException>("window", () => Nnfs.Kernels.AveragePool2D.Backward(window, new float[25], new float[25], samples: 1));
    }

    [Fact]
    public void Window_that_no_array_could_hold_the_image_or_the_places_of_throws()
    {
        Assert.Throws<ArgumentException>(static () => new Window2D(1 << 16, 1 << 16, 1, 1, 1));
        Assert.Throws<ArgumentException>(static () => new Window2D(4, 4, 1, 5, 5));
        Assert.Throws<ArgumentException>(static () => new Window2D(4, 4, 1, int.MaxValue, 1, isPadded: true));
    }

    [Fact]
    public void Kernels_allocate_nothing()
    {
        Allocations.AssertNoneAfterFirst(static () =>
        {
            Window2D window = new(7, 7, 20, 3, 3, stride: 2, isPadded: true);
            float[] x = Numbers.Gaussians(2 * 7 * 7 * 20, seed: 1);
            float[] y = new float[2 * 4 * 4 * 20];
            float[] dx = new float[x.Length];

            return () =>
            {
                Nnfs.Kernels.MaxPool2D.Forward(window, x, y, samples: 2);
                Nnfs.Kernels.MaxPool2D.Backward(window, x, y, y, dx, samples: 2);
                Nnfs.Kernels.MaxPool2D.BackwardReLU(window, x, y, y, dx, samples: 2);
                Nnfs.Kernels.AveragePool2D.Forward(window, x, y, samples: 2);
                Nnfs.Kernels.AveragePool2D.Backward(window, y, dx, samples: 2);
                Nnfs.Kernels.Upsample2D.Forward(window, y, dx, samples: 2);
                Nnfs.Kernels.Upsample2D.Backward(window, x, y, samples: 2);
            };
        });
    }

    /// <summary>The results for windows of several kinds, to be compared between vector widths.</summary>
    internal static IEnumerable<float> Results()
    {
        foreach (int channels in (int[])[1, 3, 4, 6, 8, 13, 16, 21, 40])
        {
            foreach ((_, Window2D window) in Windows(channels))
            {
                float[] x = Numbers.Gaussians(2 * window.Size, seed: channels);
                float[] y = new float[2 * window.Places * channels];
                float[] dx = new float[x.Length];

                Nnfs.Kernels.AveragePool2D.Forward(window, x, y, samples: 2);
                Nnfs.Kernels.AveragePool2D.Backward(window, y, dx, samples: 2);

                foreach (float value in y.Concat(dx))
                {
                    yield return value;
                }

                Nnfs.Kernels.MaxPool2D.Forward(window, x, y, samples: 2);
                Nnfs.Kernels.MaxPool2D.Backward(window, x, y, y, dx, samples: 2);

                foreach (float value in y.Concat(dx))
                {
                    yield return value;
                }
            }
        }
    }

    private delegate void ForwardKernel(Window2D window, ReadOnlySpan<float> x, Span<float> y, int samples);

    private delegate void BackwardKernel(
        Window2D window, ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx, int samples);

    private static double[] OfGreatest(double[] values)
    {
        double[] shares = new double[values.Length];
        shares[Array.IndexOf(values, values.Max())] = 1;

        return shares;
    }

    /// <summary>Compares with sums of what a window takes times its shares; gradients go back by the same shares.</summary>
    /// <param name="channels">The channels.</param>
    /// <param name="scale">The scale of the numbers; 0 for few different ones.</param>
    /// <param name="share">How much of each value is in the result.</param>
    /// <param name="forward">The kernel.</param>
    /// <param name="backward">Its counterpart.</param>
    /// <param name="error">The relative error of a sum.</param>
    private static void CheckAll(int channels, float scale, Share share, ForwardKernel forward, BackwardKernel backward, double error)
    {
        foreach ((IReadOnlyList<int[]> places, Window2D window) in Windows(channels))
        {
            foreach (int samples in (int[])[0, 1, 2, 3])
            {
                float[] inputs = scale > 0
                    ? Numbers.Gaussians(samples * window.Size, seed: channels, scale)
                    : [.. Numbers.Labels(samples * window.Size, 4, seed: channels).Select(static label => label switch { 0 => -0f, 1 => 0f, _ => label - 3f })];
                float[] gradients = Numbers.Gaussians(samples * window.Places * channels, seed: channels + 1);
                FramedBlock x = FramedBlock.Source(inputs, misalignment: channels % 5);
                FramedBlock y = FramedBlock.Destination(gradients.Length, misalignment: channels % 3);
                FramedBlock dy = FramedBlock.Source(gradients, misalignment: channels % 4);
                FramedBlock dx = FramedBlock.Destination(inputs.Length, misalignment: channels % 7);

                forward(window, x.Span, y.Span, samples);
                backward(window, x.Span, y.Span, dy.Span, dx.Span, samples);

                double[] expected = new double[gradients.Length];
                double[] expectedGradients = new double[inputs.Length];
                double[] magnitudes = new double[inputs.Length];
                int place = 0;

                for (int i = 0; i < samples; i++)
                {
                    foreach (int[] pixels in places)
                    {
                        for (int channel = 0; channel < channels; channel++, place++)
                        {
                            int[] taken = Array.ConvertAll(pixels, pixel => (i * window.Size) + (pixel * channels) + channel);
                            double[] shares = share(Array.ConvertAll(taken, index => (double)inputs[index]));

                            foreach ((int k, int index) in taken.Index())
                            {
                                expected[place] += shares[k] * inputs[index];
                                expectedGradients[index] += shares[k] * gradients[place];
                                magnitudes[index] += shares[k] * Math.Abs(gradients[place]);
                            }
                        }
                    }
                }

                Numbers.AssertClose(expected, y.Span, error, "y");
                Numbers.AssertClose(expectedGradients, dx.Span, j => 16 * Numbers.Rounding * magnitudes[j], "dx");
                y.AssertFrameIsIntact();
                dx.AssertFrameIsIntact();
            }
        }
    }
}
