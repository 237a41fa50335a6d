using Nnfs.Catalogue.Layers;
using static Nnfs.Catalogue.Layers.Normalised;
using static Nnfs.Tests.Kernels.Differences;
using static Nnfs.Tests.Numbers;

namespace Nnfs.Tests.Kernels;

public class LayerNormTests
{
    private const float Epsilon = 1e-5f;

    private delegate void ForwardKernel(
        ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, ReadOnlySpan<float> beta, float epsilon, Span<float> y, Span<float> statistics, int samples);

    private delegate void PredictionKernel(
        ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, ReadOnlySpan<float> beta, float epsilon, Span<float> y, int samples);

    private delegate void BackwardInputsKernel(
        ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, ReadOnlySpan<float> statistics, ReadOnlySpan<float> dy, Span<float> dx, int samples);

    private delegate void BackwardParametersKernel(
        ReadOnlySpan<float> x, ReadOnlySpan<float> statistics, ReadOnlySpan<float> dy, Span<float> dgamma, Span<float> dbeta, int samples, bool adds);

    public static TheoryData<int> Sizes => [.. Enumerable.Range(1, 70), 127, 256, 519];

    private static IEnumerable<int> Samples => [0, 1, 2, 5, 17, 100];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Forward_of_any_size_agrees_with_the_specification(int size)
    {
        foreach (int samples in Samples)
        {
            foreach ((float mean, float deviation) in ((float, float)[])[(0f, 1f), (1000f, 1f), (-30_000f, 0.25f), (0f, 1e-4f)])
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
            double[] beta = ToDoubles(Numbers.Gaussians(size, seed: 3));
            double[] dy = ToDoubles(Numbers.Gaussians(samples * size, seed: 4));
            Normalised rows = Rows(x, size, 1e-3);

            // Steps of 1e-5 leave about the square of that, and roundings of 1e-16 divided by it.
            AssertEqual(
                Differentiate(values => Dot(dy, Affine(Rows(values, size, 1e-3).Values, gamma, beta)), x),
                rows.Backward(GradientsOfNormalised(dy, gamma)),
                1e-7);
            AssertEqual(Differentiate(values => Dot(dy, Affine(rows.Values, values, beta)), gamma), GradientsOfGamma(rows.Values, dy, size), 1e-8);
            AssertEqual(Differentiate(values => Dot(dy, Affine(rows.Values, gamma, values)), beta), SumOfRows(dy, size), 1e-8);
        }
    }

    [Fact]
    public void BackwardParameters_of_many_samples_is_within_a_millionth()
    {
        const int Size = 21;
        const int Many = 10_000;
        float[] inputs = Numbers.Gaussians(Many * Size, seed: 1);
        float[] gradients = [.. Numbers.Gaussians(Many * Size, seed: 2).Select(static value => value + 3f)];
        float[] statistics = new float[2 * Many];
        float[] dgamma = new float[Size];
        float[] dbeta = new float[Size];
        Bind<ForwardKernel>("Forward", Size)(inputs, new float[Size], new float[Size], Epsilon, new float[Many * Size], statistics, Many);

        Bind<BackwardParametersKernel>("BackwardParameters", Size)(inputs, statistics, gradients, dgamma, dbeta, Many, false);

        double[] normalized = Rows(ToDoubles(inputs), Size, Epsilon).Values;
        double[] terms = GradientsOfGamma(Absolute(normalized), Absolute(ToDoubles(gradients)), Size);
        double[] sums = SumOfRows(ToDoubles(gradients), Size);
        Numbers.AssertClose(GradientsOfGamma(normalized, ToDoubles(gradients), Size), dgamma, j => 1e-6 * terms[j], "dgamma");
        Numbers.AssertClose(sums, dbeta, j => 1e-6 * sums[j], "dbeta");
    }

    [Fact]
    public void Forward_of_equal_values_is_beta()
    {
        foreach (float value in (float[])[0f, 3f, -1e8f, 1e12f])
        {
            float[] x = new float[2 * 21];
            Array.Fill(x, value);
            float[] beta = Numbers.Gaussians(21, seed: 1);
            float[] gamma = Numbers.Gaussians(21, seed: 2);
            float[] y = new float[x.Length];

            Bind<PredictionKernel>("Forward", 21)(x, gamma, beta, Epsilon, y, 2);

            // The mean of equal values may be rounded; what is left is nothing to speak of.
            Numbers.AssertClose(ToDoubles([.. beta, .. beta]), y, 1e-5, "y");
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

                Bind<PredictionKernel>("Forward", size)(x, Numbers.Gaussians(size, seed: 1), new float[size], Epsilon, x, 3);

                for (int i = 0; i < x.Length; i++)
                {
                    Assert.Equal(i / size == 1, float.IsNaN(x[i]));
                }
            }
        }
    }

    [Theory]
    [InlineData("x", 11, 3, 3, 12, 8)]
    [InlineData("gamma", 12, 2, 3, 12, 8)]
    [InlineData("beta", 12, 3, 2, 12, 8)]
    [InlineData("y", 12, 3, 3, 11, 8)]
    [InlineData("statistics", 12, 3, 3, 12, 7)]
    public void Forward_with_a_span_too_short_throws_before_it_writes(string parameter, int x, int gamma, int beta, int y, int statistics)
    {
        FramedBlock yBlock = FramedBlock.Destination(y);
        FramedBlock statisticsBlock = FramedBlock.Destination(statistics);

        Assert.Throws<ArgumentException>(
            parameter, () => Bind<ForwardKernel>("Forward", 3)(new float[x], new float[gamma], new float[beta], Epsilon, yBlock.Span, statisticsBlock.Span, 4));
        yBlock.AssertNothingIsWritten();
        statisticsBlock.AssertNothingIsWritten();

        if (parameter != "statistics")
        {
            Assert.Throws<ArgumentException>(
                parameter, () => Bind<PredictionKernel>("Forward", 3)(new float[x], new float[gamma], new float[beta], Epsilon, yBlock.Span, 4));
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
            nameof(epsilon), () => Bind<PredictionKernel>("Forward", 3)(new float[12], new float[3], new float[3], epsilon, y.Span, 4));
        y.AssertNothingIsWritten();
    }

    [Theory]
    [InlineData("x", 11, 3, 8, 12, 12)]
    [InlineData("gamma", 12, 2, 8, 12, 12)]
    [InlineData("statistics", 12, 3, 7, 12, 12)]
    [InlineData("dy", 12, 3, 8, 11, 12)]
    [InlineData("dx", 12, 3, 8, 12, 11)]
    public void BackwardInputs_with_a_span_too_short_throws_before_it_writes(string parameter, int x, int gamma, int statistics, int dy, int dx)
    {
        FramedBlock block = FramedBlock.Destination(dx);

        Assert.Throws<ArgumentException>(
            parameter,
            () => Bind<BackwardInputsKernel>("BackwardInputs", 3)(new float[x], new float[gamma], new float[statistics], new float[dy], block.Span, 4));
        block.AssertNothingIsWritten();
    }

    [Theory]
    [InlineData("x", 11, 8, 12, 3, 3)]
    [InlineData("statistics", 12, 7, 12, 3, 3)]
    [InlineData("dy", 12, 8, 11, 3, 3)]
    [InlineData("dgamma", 12, 8, 12, 2, 3)]
    [InlineData("dbeta", 12, 8, 12, 3, 2)]
    public void BackwardParameters_with_a_span_too_short_throws_before_it_writes(string parameter, int x, int statistics, int dy, int dgamma, int dbeta)
    {
        FramedBlock gammaBlock = FramedBlock.Destination(dgamma);
        FramedBlock betaBlock = FramedBlock.Destination(dbeta);

        Assert.Throws<ArgumentException>(
            parameter,
            () => Bind<BackwardParametersKernel>("BackwardParameters", 3)(
                new float[x], new float[statistics], new float[dy], gammaBlock.Span, betaBlock.Span, 4, true));
        gammaBlock.AssertNothingIsWritten();
        betaBlock.AssertNothingIsWritten();
    }

    private static void AssertForward(int size, int samples, float mean, float deviation)
    {
        float[] inputs = [.. Numbers.Gaussians(samples * size, seed: size, scale: deviation).Select(value => value + mean)];
        float[] scales = Numbers.Gaussians(size, seed: size + 1);
        float[] shifts = Numbers.Gaussians(size, seed: size + 2);
        FramedBlock x = FramedBlock.Source(inputs, misalignment: samples % 4);
        FramedBlock gamma = FramedBlock.Source(scales, misalignment: size % 3);
        FramedBlock beta = FramedBlock.Source(shifts, misalignment: size % 4);
        FramedBlock y = FramedBlock.Destination(samples * size, misalignment: size % 5);
        FramedBlock same = FramedBlock.InPlace(inputs, misalignment: size % 4);
        FramedBlock statistics = FramedBlock.Destination(2 * samples, misalignment: size % 2);

        Bind<ForwardKernel>("Forward", size)(x.Span, gamma.Span, beta.Span, Epsilon, y.Span, statistics.Span, samples);
        Bind<PredictionKernel>("Forward", size)(same.Span, gamma.Span, beta.Span, Epsilon, same.Span, samples);

        // A sum of as many terms as there are features; a handful of roundings in the formula.
        Normalised rows = Rows(ToDoubles(inputs), size, Epsilon);
        double[] expected = Affine(rows.Values, ToDoubles(scales), ToDoubles(shifts));
        double error = (size + 8) * Numbers.Rounding;
        Numbers.AssertClose(expected, y.Span, i => error * (((1 + Math.Abs(rows.Values[i])) * Math.Abs(scales[i % size])) + Math.Abs(shifts[i % size])), "y");
        Numbers.AssertSameBits(y.Span, same.Span, "y in place");

        for (int i = 0; i < samples; i++)
        {
            Assert.Equal(rows.Means[i], statistics.Span[2 * i], (2 * Numbers.Rounding * Math.Abs(rows.Means[i])) + (error * Math.Sqrt(rows.Variances[i])));
            Assert.Equal(rows.Reciprocals[i], statistics.Span[(2 * i) + 1], error * rows.Reciprocals[i]);
        }

        y.AssertFrameIsIntact();
        same.AssertFrameIsIntact();
        statistics.AssertFrameIsIntact();
    }

    private static void AssertBackward(int size, int samples, float mean)
    {
        float[] inputs = [.. Numbers.Gaussians(samples * size, seed: size, scale: 2f).Select(value => value + mean)];
        float[] scales = Numbers.Gaussians(size, seed: size + 1);
        float[] gradients = Numbers.Gaussians(samples * size, seed: size + 2);
        float[] numbers = new float[2 * samples];
        Bind<ForwardKernel>("Forward", size)(inputs, scales, new float[size], Epsilon, new float[samples * size], numbers, samples);

        FramedBlock x = FramedBlock.Source(inputs, misalignment: samples % 4);
        FramedBlock gamma = FramedBlock.Source(scales, misalignment: size % 3);
        FramedBlock statistics = FramedBlock.Source(numbers, misalignment: size % 2);
        FramedBlock dy = FramedBlock.Source(gradients, misalignment: size % 4);
        FramedBlock dx = FramedBlock.Destination(samples * size, misalignment: size % 5);
        FramedBlock same = FramedBlock.InPlace(gradients, misalignment: size % 3);
        FramedBlock dgamma = FramedBlock.Destination(size, misalignment: size % 4);
        FramedBlock dbeta = FramedBlock.Destination(size, misalignment: size % 5);

        Bind<BackwardInputsKernel>("BackwardInputs", size)(x.Span, gamma.Span, statistics.Span, dy.Span, dx.Span, samples);
        Bind<BackwardInputsKernel>("BackwardInputs", size)(x.Span, gamma.Span, statistics.Span, same.Span, same.Span, samples);
        FramedBlock dgammaOfParts = FramedBlock.Destination(size, misalignment: size % 5);
        FramedBlock dbetaOfParts = FramedBlock.Destination(size, misalignment: size % 3);
        BackwardParametersKernel kernel = Bind<BackwardParametersKernel>("BackwardParameters", size);
        kernel(x.Span, statistics.Span, dy.Span, dgamma.Span, dbeta.Span, samples, adds: false);

        bool isNext = false;

        foreach ((int start, int end) in ((int, int)[])[(0, samples / 3), (samples / 3, samples / 3), (samples / 3, samples)])
        {
            kernel(
                x.Span[(start * size)..],
                statistics.Span[(2 * start)..],
                dy.Span[(start * size)..],
                dgammaOfParts.Span,
                dbetaOfParts.Span,
                end - start,
                adds: isNext);
            isNext = true;
        }

        Normalised rows = Rows(ToDoubles(inputs), size, Epsilon);
        double[] g = GradientsOfNormalised(ToDoubles(gradients), ToDoubles(scales));

        // Sums of as many terms as there are features, of the size of these.
        double[] spread = [.. rows.Values.Select(static value => 1 + Math.Abs(value))];
        double[] sizes = [.. g.Zip(spread, static (gradient, value) => Math.Abs(gradient) * value).Chunk(size).Select(static row => row.Average())];
        double error = (size + 16) * Numbers.Rounding;
        Numbers.AssertClose(
            rows.Backward(g), dx.Span, i => error * rows.Reciprocals[i / size] * (Math.Abs(g[i]) + (spread[i] * sizes[i / size])), "dx");
        Numbers.AssertSameBits(dx.Span, same.Span, "dx in place");

        // The mean is rounded to a float here, and may be off by that much more from its own sum.
        double[] terms = GradientsOfGamma(spread, Absolute(ToDoubles(gradients)), size);
        double[] offsets = SumOfRows([.. gradients.Select((gradient, i) => Math.Abs(gradient * rows.Means[i / size] * rows.Reciprocals[i / size]))], size);
        double[] sums = SumOfRows(Absolute(ToDoubles(gradients)), size);

        foreach ((FramedBlock ofGamma, FramedBlock ofBeta) in ((FramedBlock, FramedBlock)[])[(dgamma, dbeta), (dgammaOfParts, dbetaOfParts)])
        {
            Numbers.AssertClose(
                GradientsOfGamma(rows.Values, ToDoubles(gradients), size),
                ofGamma.Span,
                j => (error * terms[j]) + (2 * Numbers.Rounding * offsets[j]),
                "dgamma");
            Numbers.AssertClose(SumOfRows(ToDoubles(gradients), size), ofBeta.Span, j => 16 * Numbers.Rounding * sums[j], "dbeta");
            ofGamma.AssertFrameIsIntact();
            ofBeta.AssertFrameIsIntact();
        }

        dx.AssertFrameIsIntact();
        same.AssertFrameIsIntact();
    }

    internal static void AssertEqual(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);

        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], tolerance);
        }
    }

    private static TKernel Bind<TKernel>(string method, int size)
        where TKernel : Delegate =>
        BinaryDimension.Bind<TKernel>(typeof(Nnfs.Kernels.LayerNorm), method, size);
}
