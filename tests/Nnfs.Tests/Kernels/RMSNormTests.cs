using Nnfs.Catalogue.Layers;
using static Nnfs.Catalogue.Layers.Normalised;
using static Nnfs.Tests.Kernels.Differences;
using static Nnfs.Tests.Numbers;

namespace Nnfs.Tests.Kernels;

public class RMSNormTests
{
    private const float Epsilon = 1e-5f;

    private delegate void ForwardKernel(
        ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, float epsilon, Span<float> y, Span<float> statistics, int samples);

    private delegate void PredictionKernel(ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, float epsilon, Span<float> y, int samples);

    private delegate void BackwardInputsKernel(
        ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, ReadOnlySpan<float> statistics, ReadOnlySpan<float> dy, Span<float> dx, int samples);

    private delegate void BackwardParametersKernel(
        ReadOnlySpan<float> x, ReadOnlySpan<float> statistics, ReadOnlySpan<float> dy, Span<float> dgamma, int samples, bool adds);

    public static TheoryData<int> Sizes => [.. Enumerable.Range(1, 70), 127, 256, 519];

    private static IEnumerable<int> Samples => [0, 1, 2, 5, 17, 100];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Forward_of_any_size_agrees_with_the_specification(int size)
    {
        foreach (int samples in Samples)
        {
            foreach ((float mean, float deviation) in ((float, float)[])[(0f, 1f), (1000f, 1f), (0f, 1e-4f), (0f, 1e12f)])
            {
                AssertForward(size, samples, mean, deviation);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Backward_of_any_size_agrees_with_the_specification(int size)
    {
        foreach (int samples in Samples)
        {
            AssertBackward(size, samples, mean: 0f);
            AssertBackward(size, samples, mean: 500f);
        }
    }

    [Fact]
    public void Gradients_of_the_specification_agree_with_finite_differences()
    {
        foreach ((int size, int samples) in ((int, int)[])[(1, 3), (2, 2), (5, 4), (17, 3)])
        {
            double[] x = ToDoubles(Numbers.Gaussians(samples * size, seed: 1, scale: 2f));
            double[] gamma = ToDoubles(Numbers.Gaussians(size, seed: 2));
            double[] beta = new double[size];
            double[] dy = ToDoubles(Numbers.Gaussians(samples * size, seed: 4));
            Normalised rows = RowsBySquares(x, size, 1e-3);

            // Steps of 1e-5 leave about the square of that, and roundings of 1e-16 divided by it.
            LayerNormTests.AssertEqual(
                Differentiate(values => Dot(dy, Affine(RowsBySquares(values, size, 1e-3).Values, gamma, beta)), x),
                rows.BackwardBySquares(GradientsOfNormalised(dy, gamma)),
                1e-7);
            LayerNormTests.AssertEqual(
                Differentiate(values => Dot(dy, Affine(rows.Values, values, beta)), gamma),
                GradientsOfGamma(rows.Values, dy, size),
                1e-8);
        }
    }

    [Fact]
    public void BackwardParameters_of_many_samples_is_within_a_millionth()
    {
        const int Size = 21;
        const int Many = 10_000;
        float[] inputs = Numbers.Gaussians(Many * Size, seed: 1);
        float[] gradients = [.. Numbers.Gaussians(Many * Size, seed: 2).Select(static value => value + 3f)];
        float[] statistics = new float[Many];
        float[] dgamma = new float[Size];
        Bind<ForwardKernel>("Forward", Size)(inputs, new float[Size], Epsilon, new float[Many * Size], statistics, Many);

        Bind<BackwardParametersKernel>("BackwardParameters", Size)(inputs, statistics, gradients, dgamma, Many, false);

        double[] normalized = RowsBySquares(ToDoubles(inputs), Size, Epsilon).Values;
        double[] terms = GradientsOfGamma(Absolute(normalized), Absolute(ToDoubles(gradients)), Size);
        Numbers.AssertClose(GradientsOfGamma(normalized, ToDoubles(gradients), Size), dgamma, j => 1e-6 * terms[j], "dgamma");
    }

    [Fact]
    public void Forward_of_zeros_is_zero_and_of_equal_values_gamma_with_their_sign()
    {
        float[] gamma = Numbers.Gaussians(21, seed: 2);

        foreach (float value in (float[])[0f, 300f, -1e8f, 1e15f])
        {
            float[] x = new float[2 * 21];
            Array.Fill(x, value);
            float[] y = new float[x.Length];

            Bind<PredictionKernel>("Forward", 21)(x, gamma, Epsilon, y, 2);

            double[] expected = [.. x.Select((_, i) => (double)Math.Sign(value) * gamma[i % 21])];
            Numbers.AssertClose(expected, y, i => 1e-6 * Math.Abs(expected[i]), "y");
        }
    }

    [Fact]
    public void Forward_of_NaN_gives_NaN_in_that_sample_only()
    {
        foreach (int size in (int[])[1, 3, 16, 21])
        {
            for (int place = 0; place < size; place++)
            {
                float[] x = Numbers.Gaussians(3 * size, seed: size);
                x[size + place] = float.NaN;

                Bind<PredictionKernel>("Forward", size)(x, Numbers.Gaussians(size, seed: 1), Epsilon, x, 3);

                for (int i = 0; i < x.Length; i++)
                {
                    Assert.Equal(i / size == 1, float.IsNaN(x[i]));
                }
            }
        }
    }

    [Theory]
    [InlineData("x", 11, 3, 12, 4)]
    [InlineData("gamma", 12, 2, 12, 4)]
    [InlineData("y", 12, 3, 11, 4)]
    [InlineData("statistics", 12, 3, 12, 3)]
    public void Forward_with_a_span_too_short_throws_before_it_writes(string parameter, int x, int gamma, int y, int statistics)
    {
        FramedBlock yBlock = FramedBlock.Destination(y);
        FramedBlock statisticsBlock = FramedBlock.Destination(statistics);

        Assert.Throws<ArgumentException>(
            parameter, () => Bind<ForwardKernel>("Forward", 3)(new float[x], new float[gamma], Epsilon, yBlock.Span, statisticsBlock.Span, 4));
        yBlock.AssertNothingIsWritten();
        statisticsBlock.AssertNothingIsWritten();

        if (parameter != "statistics")
        {
            Assert.Throws<ArgumentException>(parameter, () => Bind<PredictionKernel>("Forward", 3)(new float[x], new float[gamma], Epsilon, yBlock.Span, 4));
            yBlock.AssertNothingIsWritten();
        }
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    public void Forward_with_an_epsilon_that_is_not_positive_throws_before_it_writes(float epsilon)
    {
        FramedBlock y = FramedBlock.Destination(12);

        Assert.Throws<ArgumentOutOfRangeException>(
            nameof(epsilon), () => Bind<PredictionKernel>("Forward", 3)(new float[12], new float[3], epsilon, y.Span, 4));
        y.AssertNothingIsWritten();
    }

    [Theory]
    [InlineData("x", 11, 3, 4, 12, 12)]
    [InlineData("gamma", 12, 2, 4, 12, 12)]
    [InlineData("statistics", 12, 3, 3, 12, 12)]
    [InlineData("dy", 12, 3, 4, 11, 12)]
    [InlineData("dx", 12, 3, 4, 12, 11)]
    public void BackwardInputs_with_a_span_too_short_throws_before_it_writes(string parameter, int x, int gamma, int statistics, int dy, int dx)
    {
        FramedBlock block = FramedBlock.Destination(dx);

        Assert.Throws<ArgumentException>(
            parameter,
            () => Bind<BackwardInputsKernel>("BackwardInputs", 3)(new float[x], new float[gamma], new float[statistics], new float[dy], block.Span, 4));
        block.AssertNothingIsWritten();
    }

    [Theory]
    [InlineData("x", 11, 4, 12, 3)]
    [InlineData("statistics", 12, 3, 12, 3)]
    [InlineData("dy", 12, 4, 11, 3)]
    [InlineData("dgamma", 12, 4, 12, 2)]
    public void BackwardParameters_with_a_span_too_short_throws_before_it_writes(string parameter, int x, int statistics, int dy, int dgamma)
    {
        FramedBlock block = FramedBlock.Destination(dgamma);

        Assert.Throws<ArgumentException>(
            parameter, () => Bind<BackwardParametersKernel>("BackwardParameters", 3)(new float[x], new float[statistics], new float[dy], block.Span, 4, true));
        block.AssertNothingIsWritten();
    }

    private static void AssertForward(int size, int samples, float mean, float deviation)
    {
        float[] inputs = [.. Numbers.Gaussians(samples * size, seed: size, scale: deviation).Select(value => value + mean)];
        float[] scales = Numbers.Gaussians(size, seed: size + 1);
        FramedBlock x = FramedBlock.Source(inputs, misalignment: samples % 4);
        FramedBlock gamma = FramedBlock.Source(scales, misalignment: size % 3);
        FramedBlock y = FramedBlock.Destination(samples * size, misalignment: size % 5);
        FramedBlock same = FramedBlock.InPlace(inputs, misalignment: size % 4);
        FramedBlock statistics = FramedBlock.Destination(samples, misalignment: size % 2);

        Bind<ForwardKernel>("Forward", size)(x.Span, gamma.Span, Epsilon, y.Span, statistics.Span, samples);
        Bind<PredictionKernel>("Forward", size)(same.Span, gamma.Span, Epsilon, same.Span, samples);

        // A sum of as many squares as there are features, none of which is taken away; a handful of roundings in the formula.
        Normalised rows = RowsBySquares(ToDoubles(inputs), size, Epsilon);
        double[] expected = Affine(rows.Values, ToDoubles(scales), new double[size]);
        double error = (size + 8) * Numbers.Rounding;
        Numbers.AssertClose(expected, y.Span, i => error * Math.Abs(expected[i]), "y");
        Numbers.AssertClose(rows.Reciprocals, statistics.Span, i => error * rows.Reciprocals[i], "statistics");
        Numbers.AssertSameBits(y.Span, same.Span, "y in place");
        y.AssertFrameIsIntact();
        same.AssertFrameIsIntact();
        statistics.AssertFrameIsIntact();
    }

    private static void AssertBackward(int size, int samples, float mean)
    {
        float[] inputs = [.. Numbers.Gaussians(samples * size, seed: size, scale: 2f).Select(value => value + mean)];
        float[] scales = Numbers.Gaussians(size, seed: size + 1);
        float[] gradients = Numbers.Gaussians(samples * size, seed: size + 2);
        float[] numbers = new float[samples];
        Bind<ForwardKernel>("Forward", size)(inputs, scales, Epsilon, new float[samples * size], numbers, samples);

        FramedBlock x = FramedBlock.Source(inputs, misalignment: samples % 4);
        FramedBlock gamma = FramedBlock.Source(scales, misalignment: size % 3);
        FramedBlock statistics = FramedBlock.Source(numbers, misalignment: size % 2);
        FramedBlock dy = FramedBlock.Source(gradients, misalignment: size % 4);
        FramedBlock dx = FramedBlock.Destination(samples * size, misalignment: size % 5);
        FramedBlock same = FramedBlock.InPlace(gradients, misalignment: size % 3);
        FramedBlock dgamma = FramedBlock.Destination(size, misalignment: size % 4);

        Bind<BackwardInputsKernel>("BackwardInputs", size)(x.Span, gamma.Span, statistics.Span, dy.Span, dx.Span, samples);
        Bind<BackwardInputsKernel>("BackwardInputs", size)(x.Span, gamma.Span, statistics.Span, same.Span, same.Span, samples);
        FramedBlock dgammaOfParts = FramedBlock.Destination(size, misalignment: size % 5);
        BackwardParametersKernel kernel = Bind<BackwardParametersKernel>("BackwardParameters", size);
        kernel(x.Span, statistics.Span, dy.Span, dgamma.Span, samples, adds: false);
        bool isNext = false;

        foreach ((int start, int end) in ((int, int)[])[(0, samples / 3), (samples / 3, samples / 3), (samples / 3, samples)])
        {
            kernel(x.Span[(start * size)..], statistics.Span[start..], dy.Span[(start * size)..], dgammaOfParts.Span, end - start, adds: isNext);
            isNext = true;
        }

        Normalised rows = RowsBySquares(ToDoubles(inputs), size, Epsilon);
        double[] g = GradientsOfNormalised(ToDoubles(gradients), ToDoubles(scales));

        // Sums of as many terms as there are features, of the size of these.
        double[] products = [.. g.Zip(rows.Values, static (gradient, value) => Math.Abs(gradient * value)).Chunk(size).Select(static row => row.Average())];
        double error = (size + 16) * Numbers.Rounding;
        Numbers.AssertClose(
            rows.BackwardBySquares(g),
            dx.Span,
            i => error * rows.Reciprocals[i / size] * (Math.Abs(g[i]) + (Math.Abs(rows.Values[i]) * products[i / size])),
            "dx");
        Numbers.AssertSameBits(dx.Span, same.Span, "dx in place");

        double[] terms = GradientsOfGamma(Absolute(rows.Values), Absolute(ToDoubles(gradients)), size);
        Numbers.AssertClose(GradientsOfGamma(rows.Values, ToDoubles(gradients), size), dgamma.Span, j => error * terms[j], "dgamma");
        Numbers.AssertClose(GradientsOfGamma(rows.Values, ToDoubles(gradients), size), dgammaOfParts.Span, j => error * terms[j], "dgamma in parts");
        dx.AssertFrameIsIntact();
        same.AssertFrameIsIntact();
        dgamma.AssertFrameIsIntact();
        dgammaOfParts.AssertFrameIsIntact();
    }

    private static TKernel Bind<TKernel>(string method, int size)
        where TKernel : Delegate =>
        BinaryDimension.Bind<TKernel>(typeof(Nnfs.Kernels.RMSNorm), method, size);
}
