using Nnfs.Catalogue.Layers;
using static Nnfs.Tests.Numbers;

namespace Nnfs.Tests.Kernels;

public class SoftmaxTests
{
    private delegate void ForwardKernel(ReadOnlySpan<float> x, Span<float> y, int samples);

    private delegate void SampleKernel(Span<float> x, Span<float> y);

    private delegate void BackwardKernel(ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx, int samples);

    public static TheoryData<int> Classes => KernelSizes.Theory;

    [Theory]
    [MemberData(nameof(Classes))]
    public void Forward_of_any_number_of_classes_agrees_with_the_specification(int classes)
    {
        ForwardKernel kernel = BinaryDimension.Bind<ForwardKernel>(typeof(Nnfs.Kernels.Softmax), "Forward", classes);

        foreach (int samples in KernelSizes.Samples)
        {
            float[] logits = Numbers.Gaussians(samples * classes, seed: classes, scale: 10f);
            FramedBlock x = FramedBlock.Source(logits, misalignment: samples % 4);
            FramedBlock y = FramedBlock.Destination(samples * classes, misalignment: classes % 5);
            FramedBlock same = FramedBlock.InPlace(logits, misalignment: classes % 4);

            kernel(x.Span, y.Span, samples);
            kernel(same.Span, same.Span, samples);

            // The difference of two logits of up to 50 is rounded before the exponential, which turns that into a relative error of 50 roundings;
            // the exponential adds 4, the sum one for each class at most, the division one. Below e⁻⁶⁴ a probability is zero.
            double[] expected = SoftmaxLayer.Probabilities(ToDoubles(logits), classes);
            Numbers.AssertClose(expected, y.Span, i => ((60 + classes) * Numbers.Rounding * expected[i]) + 1.7e-28, "y");
            Numbers.AssertSameBits(y.Span, same.Span, "y in place");
            y.AssertFrameIsIntact();
            same.AssertFrameIsIntact();
        }
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void Backward_of_any_number_of_classes_agrees_with_the_specification(int classes)
    {
        BackwardKernel kernel = BinaryDimension.Bind<BackwardKernel>(typeof(Nnfs.Kernels.Softmax), "Backward", classes);

        foreach (int samples in KernelSizes.Samples)
        {
            float[] probabilities = Probabilities(samples, classes);
            float[] gradients = Numbers.Gaussians(samples * classes, seed: classes + 1);
            FramedBlock y = FramedBlock.Source(probabilities, misalignment: samples % 4);
            FramedBlock dy = FramedBlock.Source(gradients, misalignment: classes % 4);
            FramedBlock dx = FramedBlock.Destination(samples * classes, misalignment: classes % 5);
            FramedBlock same = FramedBlock.InPlace(gradients, misalignment: classes % 4);

            kernel(y.Span, dy.Span, dx.Span, samples);
            kernel(y.Span, same.Span, same.Span, samples);

            // Gradients up to 5 differ by up to 10. Probabilities in float32 sum to 1 within a rounding for each.
            double[] expected = SoftmaxLayer.Backward(ToDoubles(probabilities), ToDoubles(gradients), classes);
            Numbers.AssertClose(expected, dx.Span, i => (classes + 4) * Numbers.Rounding * 10 * probabilities[i], "dx");
            Numbers.AssertSameBits(dx.Span, same.Span, "dx in place");
            dx.AssertFrameIsIntact();
            same.AssertFrameIsIntact();
        }
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void Forward_of_extreme_logits_gives_probabilities_that_sum_to_1(int classes)
    {
        ForwardKernel kernel = BinaryDimension.Bind<ForwardKernel>(typeof(Nnfs.Kernels.Softmax), "Forward", classes);
        float[] extremes = [float.MaxValue, -float.MaxValue, 1000f, -1000f, 0f, float.Epsilon];

        for (int shift = 0; shift < extremes.Length; shift++)
        {
            float[] row = [.. Enumerable.Range(shift, classes).Select(i => extremes[i % extremes.Length])];

            kernel(row, row, 1);

            Assert.All(row, static probability => Assert.InRange(probability, 0f, 1f));
            Assert.Equal(1.0, row.Sum(static probability => (double)probability), classes * Numbers.Rounding);
        }
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void Forward_of_NaN_or_positive_infinity_gives_NaN_in_that_sample_only(int classes)
    {
        ForwardKernel kernel = BinaryDimension.Bind<ForwardKernel>(typeof(Nnfs.Kernels.Softmax), "Forward", classes);

        foreach (float bad in (float[])[float.NaN, float.PositiveInfinity])
        {
            for (int place = 0; place < classes; place++)
            {
                float[] x = Numbers.Gaussians(3 * classes, seed: place);
                x[classes + place] = bad;

                kernel(x, x, 3);

                for (int i = 0; i < x.Length; i++)
                {
                    Assert.Equal(i / classes == 1, float.IsNaN(x[i]));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void ForwardSample_of_any_number_of_classes_agrees_with_the_specification(int classes)
    {
        SampleKernel kernel = BindSample(classes);
        int stride = MatrixLayout.RowStride(classes);

        // Padding takes no part, whatever it is.
        foreach (float padding in (float[])[0f, float.NaN, float.MaxValue, float.PositiveInfinity])
        {
            float[] logits = Numbers.Gaussians(classes, seed: classes, scale: 10f);
            FramedBlock x = FramedBlock.Source([.. logits, .. Enumerable.Repeat(padding, stride - classes)], misalignment: classes % 4);
            FramedBlock y = FramedBlock.Destination(classes, misalignment: classes % 5);

            kernel(x.Span, y.Span);

            // As for a batch.
            double[] expected = SoftmaxLayer.Probabilities(ToDoubles(logits), classes);
            Numbers.AssertClose(expected, y.Span, i => ((60 + classes) * Numbers.Rounding * expected[i]) + 1.7e-28, "y");
            y.AssertFrameIsIntact();
        }
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void ForwardSample_of_extreme_logits_gives_probabilities_and_of_NaN_gives_NaN(int classes)
    {
        SampleKernel kernel = BindSample(classes);
        float[] extremes = [float.MaxValue, -float.MaxValue, 1000f, -1000f, 0f, float.Epsilon];
        float[] x = new float[MatrixLayout.RowStride(classes)];
        float[] y = new float[classes];

        for (int shift = 0; shift < extremes.Length; shift++)
        {
            Array.Clear(x);
            Enumerable.Range(shift, classes).Select(i => extremes[i % extremes.Length]).ToArray().CopyTo(x, 0);

            kernel(x, y);

            Assert.All(y, static probability => Assert.InRange(probability, 0f, 1f));
            Assert.Equal(1.0, y.Sum(static probability => (double)probability), classes * Numbers.Rounding);
        }

        for (int place = 0; place < classes; place++)
        {
            Array.Clear(x);
            x[place] = place % 2 == 0 ? float.NaN : float.PositiveInfinity;

            kernel(x, y);

            Assert.All(y, static probability => Assert.True(float.IsNaN(probability)));
        }
    }

    [Theory]
    [InlineData("x", 7, 5)]
    [InlineData("y", 8, 4)]
    public void ForwardSample_with_a_span_too_short_throws_before_it_writes(string parameter, int xLength, int yLength)
    {
        FramedBlock y = FramedBlock.Destination(yLength);

        Assert.Throws<ArgumentException>(parameter, () => BindSample(5)(new float[xLength], y.Span));
        y.AssertNothingIsWritten();
    }

    [Theory]
    [InlineData("x", 11, 12)]
    [InlineData("y", 12, 11)]
    public void Forward_with_a_span_too_short_throws_before_it_writes(string parameter, int xLength, int yLength)
    {
        ForwardKernel kernel = BinaryDimension.Bind<ForwardKernel>(typeof(Nnfs.Kernels.Softmax), "Forward", 3);
        FramedBlock y = FramedBlock.Destination(yLength);

        AssertTooShort(parameter, () => kernel(new float[xLength], y.Span, 4));
        y.AssertNothingIsWritten();
    }

    [Theory]
    [InlineData("y", 11, 12, 12)]
    [InlineData("dy", 12, 11, 12)]
    [InlineData("dx", 12, 12, 11)]
    public void Backward_with_a_span_too_short_throws_before_it_writes(string parameter, int yLength, int dyLength, int dxLength)
    {
        BackwardKernel kernel = BinaryDimension.Bind<BackwardKernel>(typeof(Nnfs.Kernels.Softmax), "Backward", 3);
        FramedBlock dx = FramedBlock.Destination(dxLength);

        AssertTooShort(parameter, () => kernel(new float[yLength], new float[dyLength], dx.Span, 4));
        dx.AssertNothingIsWritten();
    }

    private static SampleKernel BindSample(int classes) => BinaryDimension.Bind<SampleKernel>(typeof(Nnfs.Kernels.Softmax), "ForwardSample", classes);

    /// <summary>Probabilities as softmax gives them, of logits that leave some classes hopeless.</summary>
    internal static float[] Probabilities(int samples, int classes) =>
        Numbers.ToFloats(SoftmaxLayer.Probabilities(ToDoubles(Numbers.Gaussians(samples * classes, seed: classes, scale: 4f)), classes));

    internal static void AssertTooShort(string parameter, Action call)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(parameter, call);

        Assert.Contains("Expected at least 12 values (4 × 3), but the length is 11.", exception.Message, StringComparison.Ordinal);
    }
}
