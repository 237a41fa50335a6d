using Nnfs.Catalogue.Layers;
using static Nnfs.Tests.Numbers;

namespace Nnfs.Tests.Kernels;

public class SoftmaxLanesTests
{
    internal delegate void ForwardKernel(ReadOnlySpan<float> x, Span<float> y, int stride, int samples);

    internal delegate void BackwardKernel(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx, int stride, int samples);

    public static TheoryData<int> Classes => KernelSizes.Theory;

    [Theory]
    [MemberData(nameof(Classes))]
    public void Forward_of_any_number_of_classes_agrees_with_the_specification(int classes)
    {
        ForwardKernel kernel = Bind(classes);

        foreach (int samples in LanesBlock.Samples)
        {
            int stride = Nnfs.Kernels.Lanes.Stride(samples);
            float[] logits = Numbers.Gaussians(samples * classes, seed: classes, scale: 10f);
            float[] block = LanesBlock.Of(logits, classes, stride, samples);
            FramedBlock x = FramedBlock.Source(block);
            FramedBlock y = FramedBlock.Destination(block.Length);
            FramedBlock same = FramedBlock.InPlace(block);

            kernel(x.Span, y.Span, stride, samples);
            kernel(same.Span, same.Span, stride, samples);

            // As for rows: the difference of two logits of up to 50 is rounded before the exponential.
            double[] expected = SoftmaxLayer.Probabilities(ToDoubles(logits), classes);
            float[] rows = LanesBlock.Rows(y.Span, classes, stride, samples);
            Numbers.AssertClose(expected, rows, i => ((60 + classes) * Numbers.Rounding * expected[i]) + 1.7e-28, "y");
            Numbers.AssertSameBits(rows, LanesBlock.Rows(same.Span, classes, stride, samples), "y in place");
            y.AssertFrameIsIntact();
            same.AssertFrameIsIntact();
            LanesBlock.Fillers(y.Span, classes, stride, samples);
        }
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void Backward_of_any_number_of_classes_agrees_with_the_specification(int classes)
    {
        BackwardKernel kernel = BinaryDimension.Bind<BackwardKernel>(typeof(Nnfs.Kernels.SoftmaxLanes), "Backward", classes);

        foreach (int samples in LanesBlock.Samples)
        {
            int stride = Nnfs.Kernels.Lanes.Stride(samples);
            float[] probabilities = SoftmaxTests.Probabilities(samples, classes);
            float[] gradients = Numbers.Gaussians(samples * classes, seed: classes + 1);
            float[] block = LanesBlock.Of(gradients, classes, stride, samples);
            FramedBlock y = FramedBlock.Source(LanesBlock.Of(probabilities, classes, stride, samples, filler: 1f / classes), misalignment: samples % 4);
            FramedBlock dy = FramedBlock.Source(block, misalignment: classes % 4);
            FramedBlock dx = FramedBlock.Destination(block.Length, misalignment: classes % 5);
            FramedBlock same = FramedBlock.InPlace(block, misalignment: classes % 3);

            kernel(y.Span, dy.Span, dx.Span, stride, samples);
            kernel(y.Span, same.Span, same.Span, stride, samples);

            // As for rows: gradients up to 5 differ by up to 10, and probabilities in float32 sum to 1 within a rounding for each.
            double[] expected = SoftmaxLayer.Backward(ToDoubles(probabilities), ToDoubles(gradients), classes);
            float[] actual = LanesBlock.Rows(dx.Span, classes, stride, samples);
            Numbers.AssertClose(expected, actual, i => (classes + 4) * Numbers.Rounding * 10 * probabilities[i], "dx");
            Numbers.AssertSameBits(actual, LanesBlock.Rows(same.Span, classes, stride, samples), "dx in place");
            Assert.All(LanesBlock.Fillers(dx.Span, classes, stride, samples), static filler => Assert.Equal(0f, filler));
            dx.AssertFrameIsIntact();
            same.AssertFrameIsIntact();
        }
    }

    [Theory]
    [InlineData("y", 47, 48, 48)]
    [InlineData("dy", 48, 47, 48)]
    [InlineData("dx", 48, 48, 47)]
    public void Backward_with_a_span_too_short_throws_before_it_writes(string parameter, int yLength, int dyLength, int dxLength)
    {
        BackwardKernel kernel = BinaryDimension.Bind<BackwardKernel>(typeof(Nnfs.Kernels.SoftmaxLanes), "Backward", 3);
        FramedBlock dx = FramedBlock.Destination(dxLength);

        Assert.Throws<ArgumentException>(parameter, () => kernel(new float[yLength], new float[dyLength], dx.Span, 16, 4));
        dx.AssertNothingIsWritten();
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void Forward_of_extreme_logits_gives_probabilities_that_sum_to_1(int classes)
    {
        ForwardKernel kernel = Bind(classes);
        float[] extremes = [float.MaxValue, -float.MaxValue, 1000f, -1000f, 0f, float.Epsilon];
        float[] rows = [.. Enumerable.Range(0, 17).SelectMany(shift => Enumerable.Range(shift, classes).Select(i => extremes[i % extremes.Length]))];
        float[] block = LanesBlock.Of(rows, classes, 32, 17);

        kernel(block, block, 32, 17);

        Assert.All(LanesBlock.Rows(block, classes, 32, 17).Chunk(classes), row =>
        {
            Assert.All(row, static probability => Assert.InRange(probability, 0f, 1f));
            Assert.Equal(1.0, row.Sum(static probability => (double)probability), (classes + 1) * Numbers.Rounding);
        });
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void Forward_of_NaN_or_positive_infinity_gives_NaN_in_that_sample_only(int classes)
    {
        const int Samples = 19;
        ForwardKernel kernel = Bind(classes);

        foreach (float bad in (float[])[float.NaN, float.PositiveInfinity])
        {
            for (int place = 0; place < classes; place++)
            {
                int sample = place % Samples;
                float[] rows = Numbers.Gaussians(Samples * classes, seed: place);
                rows[(sample * classes) + place] = bad;
                float[] block = LanesBlock.Of(rows, classes, 32, Samples);

                kernel(block, block, 32, Samples);

                float[] probabilities = LanesBlock.Rows(block, classes, 32, Samples);
                Assert.True(probabilities.Select((probability, i) => float.IsNaN(probability) == (i / classes == sample)).All(static agrees => agrees));
            }
        }
    }

    [Theory]
    [InlineData("x", 47, 48)]
    [InlineData("x", 0, 48)]
    [InlineData("y", 48, 47)]
    [InlineData("y", 48, 2)]
    public void Forward_with_a_span_too_short_throws_before_it_writes(string parameter, int xLength, int yLength)
    {
        FramedBlock y = FramedBlock.Destination(yLength);

        Assert.Throws<ArgumentException>(parameter, () => Bind(3)(new float[xLength], y.Span, 16, 4));
        y.AssertNothingIsWritten();
    }

    internal static ForwardKernel Bind(int classes) => BinaryDimension.Bind<ForwardKernel>(typeof(Nnfs.Kernels.SoftmaxLanes), "Forward", classes);
}
