using Nnfs.Catalogue.Layers;
using static Nnfs.Catalogue.Layers.Normalised;
using static Nnfs.Tests.Kernels.Differences;
using static Nnfs.Tests.Numbers;

namespace Nnfs.Tests.Kernels;

public class BatchNormTests
{
    private const float Epsilon = 1e-5f;

    /// <summary>
    /// Roundings in a sum over any number of rows (at most 16 additions in a row, of which two counts and the blocks are added up), and in the
    /// formula around it.
    /// </summary>
    private const double Error = 32 * Numbers.Rounding;

    private delegate void ForwardKernel(
        ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, ReadOnlySpan<float> beta, float epsilon, Span<float> y, Span<float> statistics, int samples,
        int start, int count);

    private delegate void BackwardKernel(
        ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, ReadOnlySpan<float> statistics, ReadOnlySpan<float> dy, Span<float> dx, Span<float> dgamma,
        Span<float> dbeta, int samples, int start, int count);

    private delegate void BackwardParametersKernel(
        ReadOnlySpan<float> x, ReadOnlySpan<float> statistics, ReadOnlySpan<float> dy, Span<float> dgamma, Span<float> dbeta, int samples, int start,
        int count);

    private delegate void UpdateRunningKernel(
        ReadOnlySpan<float> statistics, float epsilon, float momentum, int samples, Span<float> runningMean, Span<float> runningVariance);

    private delegate void PredictKernel(
        ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, ReadOnlySpan<float> beta, ReadOnlySpan<float> runningMean,
        ReadOnlySpan<float> runningVariance, float epsilon, Span<float> y, int samples);

    private delegate void FoldKernel(
        ReadOnlySpan<float> w,
        ReadOnlySpan<float> b,
        ReadOnlySpan<float> gamma,
        ReadOnlySpan<float> beta,
        ReadOnlySpan<float> runningMean,
        ReadOnlySpan<float> runningVariance,
        float epsilon,
        Span<float> scaledWeights,
        Span<float> scaledBiases);

    public static TheoryData<int> Sizes => [.. Enumerable.Range(1, 70)];

    private static IEnumerable<int> Samples => [1, 2, 5, 17, 33, 100];

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

    [Theory]
    [MemberData(nameof(Sizes))]
    public void UpdateRunning_of_any_size_agrees_with_the_specification(int size)
    {
        foreach (int samples in Samples)
        {
            foreach (float momentum in (float[])[0f, 0.1f, 0.5f, 1f])
            {
                float[] inputs = Numbers.Gaussians(samples * size, seed: size, scale: 3f);
                float[] meansBefore = Numbers.Gaussians(size, seed: size + 1);
                float[] variancesBefore = [.. Numbers.Gaussians(size, seed: size + 2).Select(Math.Abs)];
                float[] numbers = new float[2 * size];
                Bind<ForwardKernel>("Forward", size)(inputs, meansBefore, meansBefore, Epsilon, new float[inputs.Length], numbers, samples, 0, size);
                FramedBlock statistics = FramedBlock.Source(numbers, misalignment: size % 4);
                FramedBlock means = FramedBlock.InPlace(meansBefore, misalignment: size % 5);
                FramedBlock variances = FramedBlock.InPlace(variancesBefore, misalignment: size % 3);

                Bind<UpdateRunningKernel>("UpdateRunning", size)(statistics.Span, Epsilon, momentum, samples, means.Span, variances.Span);

                Normalised columns = Columns(ToDoubles(inputs), size, Epsilon);
                double unbiased = samples > 1 ? samples / (samples - 1.0) : 1;
                double[] expectedMeans = [.. columns.Means.Select((mean, j) => ((1 - (double)momentum) * meansBefore[j]) + (momentum * mean))];
                double[] expectedVariances =
                    [.. columns.Variances.Select((variance, j) => ((1 - (double)momentum) * variancesBefore[j]) + (momentum * variance * unbiased))];
                Numbers.AssertClose(
                    expectedMeans, means.Span, j => Error * (Math.Abs(meansBefore[j]) + Math.Abs(columns.Means[j]) + columns.Variances[j]), "means");
                Numbers.AssertClose(
                    expectedVariances, variances.Span, j => 2 * Error * (variancesBefore[j] + (unbiased * (columns.Variances[j] + Epsilon))), "variances");
                means.AssertFrameIsIntact();
                variances.AssertFrameIsIntact();
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Predict_of_any_size_agrees_with_the_specification(int size)
    {
        foreach (int samples in (IEnumerable<int>)[0, .. Samples])
        {
            float[] inputs = Numbers.Gaussians(samples * size, seed: size, scale: 3f);
            float[] scales = Numbers.Gaussians(size, seed: size + 1);
            float[] shifts = Numbers.Gaussians(size, seed: size + 2);
            float[] means = Numbers.Gaussians(size, seed: size + 3);
            float[] variances = [.. Numbers.Gaussians(size, seed: size + 4).Select(Math.Abs)];
            FramedBlock x = FramedBlock.Source(inputs, misalignment: samples % 4);
            FramedBlock gamma = FramedBlock.Source(scales, misalignment: size % 3);
            FramedBlock beta = FramedBlock.Source(shifts, misalignment: size % 4);
            FramedBlock runningMean = FramedBlock.Source(means, misalignment: size % 5);
            FramedBlock runningVariance = FramedBlock.Source(variances, misalignment: size % 2);
            FramedBlock y = FramedBlock.Destination(samples * size, misalignment: size % 5);
            FramedBlock same = FramedBlock.InPlace(inputs, misalignment: size % 3);

            PredictKernel kernel = Bind<PredictKernel>("Predict", size);
            kernel(x.Span, gamma.Span, beta.Span, runningMean.Span, runningVariance.Span, Epsilon, y.Span, samples);
            kernel(same.Span, gamma.Span, beta.Span, runningMean.Span, runningVariance.Span, Epsilon, same.Span, samples);

            double[] factors = [.. variances.Select((variance, j) => scales[j] / Math.Sqrt(variance + (double)Epsilon))];
            double[] expected = [.. inputs.Select((value, i) => ((value - (double)means[i % size]) * factors[i % size]) + shifts[i % size])];
            Numbers.AssertClose(
                expected,
                y.Span,
                i => 8 * Numbers.Rounding * (Math.Abs(factors[i % size]) * (Math.Abs(inputs[i]) + Math.Abs(means[i % size])) + Math.Abs(shifts[i % size])),
                "y");
            Numbers.AssertSameBits(y.Span, same.Span, "y in place");
            y.AssertFrameIsIntact();
            same.AssertFrameIsIntact();
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Fold_of_any_size_agrees_with_the_specification(int size)
    {
        AssertFold(size, hasBiases: true);
        AssertFold(size, hasBiases: false);
    }

    private static void AssertFold(int size, bool hasBiases)
    {
        const int Inputs = 7;
        int stride = MatrixLayout.RowStride(size);
        float[] weights = Numbers.Gaussians(Inputs * stride, seed: size);
        float[] biases = hasBiases ? Numbers.Gaussians(size, seed: size + 5) : new float[size];
        float[] scales = Numbers.Gaussians(size, seed: size + 1);
        float[] shifts = Numbers.Gaussians(size, seed: size + 2);
        float[] means = Numbers.Gaussians(size, seed: size + 3);
        float[] variances = [.. Numbers.Gaussians(size, seed: size + 4).Select(Math.Abs)];
        FramedBlock scaledWeights = FramedBlock.Destination(Inputs * stride, misalignment: size % 5);
        FramedBlock scaledBiases = FramedBlock.Destination(size, misalignment: size % 3);

        Bind<FoldKernel>("Fold", Inputs, size)(
            weights, hasBiases ? biases : [], scales, shifts, means, variances, Epsilon, scaledWeights.Span, scaledBiases.Span);

        double[] factors = [.. variances.Select((variance, j) => scales[j] / Math.Sqrt(variance + (double)Epsilon))];

        for (int k = 0; k < Inputs; k++)
        {
            double[] row = [.. factors.Select((factor, j) => factor * weights[(k * stride) + j])];
            Numbers.AssertClose(row, scaledWeights.Span.Slice(k * stride, size), j => 4 * Numbers.Rounding * Math.Abs(row[j]), $"row {k}");
        }

        double[] expected = [.. factors.Select((factor, j) => ((biases[j] - (double)means[j]) * factor) + shifts[j])];
        Numbers.AssertClose(
            expected,
            scaledBiases.Span,
            j => 8 * Numbers.Rounding * ((Math.Abs(factors[j]) * (Math.Abs(biases[j]) + Math.Abs(means[j]))) + Math.Abs(shifts[j])),
            "biases");
        scaledWeights.AssertFrameIsIntact();
        scaledBiases.AssertFrameIsIntact();
    }

    [Theory]
    [InlineData("w", 11, 3, 3, 3, 3, 3, Epsilon, 12, 3)]
    [InlineData("b", 12, 2, 3, 3, 3, 3, Epsilon, 12, 3)]
    [InlineData("gamma", 12, 3, 2, 3, 3, 3, Epsilon, 12, 3)]
    [InlineData("beta", 12, 3, 3, 2, 3, 3, Epsilon, 12, 3)]
    [InlineData("runningMean", 12, 3, 3, 3, 2, 3, Epsilon, 12, 3)]
    [InlineData("runningVariance", 12, 3, 3, 3, 3, 2, Epsilon, 12, 3)]
    [InlineData("epsilon", 12, 3, 3, 3, 3, 3, 0f, 12, 3)]
    [InlineData("scaledWeights", 12, 3, 3, 3, 3, 3, Epsilon, 11, 3)]
    [InlineData("scaledBiases", 12, 3, 3, 3, 3, 3, Epsilon, 12, 2)]
    public void Fold_with_a_bad_argument_throws_before_it_writes(
        string parameter, int w, int b, int gamma, int beta, int mean, int variance, float epsilon, int scaledWeights, int scaledBiases)
    {
        FramedBlock weights = FramedBlock.Destination(scaledWeights);
        FramedBlock biases = FramedBlock.Destination(scaledBiases);

        ArgumentException exception = Assert.ThrowsAny<ArgumentException>(() => Bind<FoldKernel>("Fold", 3, 3)(
            new float[w], new float[b], new float[gamma], new float[beta], new float[mean], new float[variance], epsilon, weights.Span, biases.Span));

        Assert.Equal(parameter, exception.ParamName);
        weights.AssertNothingIsWritten();
        biases.AssertNothingIsWritten();
    }

    [Fact]
    public void Gradients_of_the_specification_agree_with_finite_differences()
    {
        foreach ((int size, int samples) in ((int, int)[])[(3, 1), (2, 2), (4, 5), (3, 17)])
        {
            double[] x = ToDoubles(Numbers.Gaussians(samples * size, seed: 1, scale: 2f));
            double[] gamma = ToDoubles(Numbers.Gaussians(size, seed: 2));
            double[] beta = ToDoubles(Numbers.Gaussians(size, seed: 3));
            double[] dy = ToDoubles(Numbers.Gaussians(samples * size, seed: 4));
            Normalised columns = Columns(x, size, 1e-3);

            // Steps of 1e-5 leave about the square of that, and roundings of 1e-16 divided by it.
            LayerNormTests.AssertEqual(
                Differentiate(values => Dot(dy, Affine(Columns(values, size, 1e-3).Values, gamma, beta)), x),
                columns.Backward(GradientsOfNormalised(dy, gamma)),
                1e-7);
            LayerNormTests.AssertEqual(
                Differentiate(values => Dot(dy, Affine(columns.Values, values, beta)), gamma), GradientsOfGamma(columns.Values, dy, size), 1e-8);
        }
    }

    /// <summary>A column alone is computed float by float, and in a matrix of 70 columns in vectors of every width: so the width does not matter.</summary>
    [Fact]
    public void Columns_have_the_same_bits_alone_and_among_others()
    {
        const int Size = 70;

        foreach (int samples in (int[])[2, 17, 100])
        {
            float[] x = [.. Numbers.Gaussians(samples * Size, seed: 1).Select(static (value, i) => value + (i % Size))];
            float[] gamma = Numbers.Gaussians(Size, seed: 2);
            float[] beta = Numbers.Gaussians(Size, seed: 3);
            float[] dy = Numbers.Gaussians(samples * Size, seed: 4);
            Results together = Results.Compute(Size, samples, x, gamma, beta, dy);

            for (int j = 0; j < Size; j++)
            {
                Results alone = Results.Compute(1, samples, Column(x, j), [gamma[j]], [beta[j]], Column(dy, j));

                Numbers.AssertSameBits(Column(together.Y, j), alone.Y, "y");
                Numbers.AssertSameBits(Column(together.Dx, j), alone.Dx, "dx");
                Numbers.AssertSameBits(Column(together.Predictions, j), alone.Predictions, "predictions");
                Numbers.AssertSameBits(Column(together.Statistics, j), alone.Statistics, "statistics");
                Numbers.AssertSameBits(Column(together.Parameters, j), alone.Parameters, "dgamma, dbeta, running mean and variance");
            }
        }

        static float[] Column(float[] matrix, int j) => [.. matrix.Where((_, i) => i % Size == j)];
    }

    [Fact]
    public void Sums_over_many_samples_are_within_a_millionth()
    {
        const int Size = 23;
        const int Many = 10_000;
        float[] offsets = [.. Enumerable.Range(0, Size).Select(static j => j < 8 ? 0f : j < 16 ? 5f : 1000f)];
        float[] inputs = [.. Numbers.Gaussians(Many * Size, seed: 1).Select((value, i) => value + offsets[i % Size])];
        float[] gradients = [.. Numbers.Gaussians(Many * Size, seed: 2).Select(static value => value + 3f)];
        float[] statistics = new float[2 * Size];
        float[] dgamma = new float[Size];
        float[] dbeta = new float[Size];

        Bind<ForwardKernel>("Forward", Size)(inputs, new float[Size], new float[Size], Epsilon, new float[inputs.Length], statistics, Many, 0, Size);
        Bind<BackwardParametersKernel>("BackwardParameters", Size)(inputs, statistics, gradients, dgamma, dbeta, Many, 0, Size);

        Normalised columns = Columns(ToDoubles(inputs), Size, Epsilon);
        double[] terms = GradientsOfGamma(Absolute(columns.Values), Absolute(ToDoubles(gradients)), Size);
        double[] sums = SumOfRows(ToDoubles(gradients), Size);

        // A mean of nearly nothing is as exact as the terms that cancel: they are about 1.
        Numbers.AssertClose(columns.Means, statistics.AsSpan(0, Size), j => 1e-6 * Math.Max(0.1, Math.Abs(columns.Means[j])), "means");
        Numbers.AssertClose(columns.Reciprocals, statistics.AsSpan(Size), j => 1e-6 * columns.Reciprocals[j], "reciprocals");
        Numbers.AssertClose(GradientsOfGamma(columns.Values, ToDoubles(gradients), Size), dgamma, j => 1e-6 * terms[j], "dgamma");
        Numbers.AssertClose(sums, dbeta, j => 1e-6 * sums[j], "dbeta");
    }

    [Theory]
    [InlineData("x", 11, 3, 3, 12, 6)]
    [InlineData("gamma", 12, 2, 3, 12, 6)]
    [InlineData("beta", 12, 3, 2, 12, 6)]
    [InlineData("y", 12, 3, 3, 11, 6)]
    [InlineData("statistics", 12, 3, 3, 12, 5)]
    public void Forward_with_a_span_too_short_throws_before_it_writes(string parameter, int x, int gamma, int beta, int y, int statistics)
    {
        FramedBlock yBlock = FramedBlock.Destination(y);
        FramedBlock statisticsBlock = FramedBlock.Destination(statistics);

        Assert.Throws<ArgumentException>(
            parameter,
            () => Bind<ForwardKernel>("Forward", 3)(
                new float[x], new float[gamma], new float[beta], Epsilon, yBlock.Span, statisticsBlock.Span, 4, 0, 3));
        yBlock.AssertNothingIsWritten();
        statisticsBlock.AssertNothingIsWritten();
    }

    [Theory]
    [InlineData("epsilon", 0f, 4)]
    [InlineData("epsilon", -1f, 4)]
    [InlineData("epsilon", float.NaN, 4)]
    [InlineData("samples", Epsilon, 0)]
    public void Forward_with_a_number_out_of_range_throws_before_it_writes(string parameter, float epsilon, int samples)
    {
        FramedBlock y = FramedBlock.Destination(12);
        FramedBlock statistics = FramedBlock.Destination(6);

        Assert.Throws<ArgumentOutOfRangeException>(
            parameter, () => Bind<ForwardKernel>("Forward", 3)(new float[12], new float[3], new float[3], epsilon, y.Span, statistics.Span, samples, 0, 3));
        y.AssertNothingIsWritten();
        statistics.AssertNothingIsWritten();
    }

    [Theory]
    [InlineData("x", 11, 3, 6, 12, 12, 3, 3)]
    [InlineData("gamma", 12, 2, 6, 12, 12, 3, 3)]
    [InlineData("statistics", 12, 3, 5, 12, 12, 3, 3)]
    [InlineData("dy", 12, 3, 6, 11, 12, 3, 3)]
    [InlineData("dx", 12, 3, 6, 12, 11, 3, 3)]
    [InlineData("dgamma", 12, 3, 6, 12, 12, 2, 3)]
    [InlineData("dbeta", 12, 3, 6, 12, 12, 3, 2)]
    public void Backward_with_a_span_too_short_throws_before_it_writes(
        string parameter, int x, int gamma, int statistics, int dy, int dx, int dgamma, int dbeta)
    {
        FramedBlock inputs = FramedBlock.Destination(dx);
        FramedBlock gammas = FramedBlock.Destination(dgamma);
        FramedBlock betas = FramedBlock.Destination(dbeta);

        Assert.Throws<ArgumentException>(
            parameter,
            () => Bind<BackwardKernel>("Backward", 3)(
                new float[x], new float[gamma], new float[statistics], new float[dy], inputs.Span, gammas.Span, betas.Span, 4, 0, 3));

        if (parameter is not ("gamma" or "dx"))
        {
            Assert.Throws<ArgumentException>(
                parameter,
                () => Bind<BackwardParametersKernel>("BackwardParameters", 3)(
                    new float[x], new float[statistics], new float[dy], gammas.Span, betas.Span, 4, 0, 3));
        }

        inputs.AssertNothingIsWritten();
        gammas.AssertNothingIsWritten();
        betas.AssertNothingIsWritten();
    }

    [Theory]
    [InlineData("start", -1, 1)]
    [InlineData("count", 0, -1)]
    [InlineData("count", 2, 2)]
    [InlineData("count", 4, 0)]
    public void Features_that_are_not_there_are_refused_before_anything_is_written(string parameter, int start, int count)
    {
        FramedBlock matrix = FramedBlock.Destination(12);
        FramedBlock statistics = FramedBlock.Destination(6);
        FramedBlock gammas = FramedBlock.Destination(3);
        FramedBlock betas = FramedBlock.Destination(3);

        Assert.Throws<ArgumentOutOfRangeException>(
            parameter,
            () => Bind<ForwardKernel>("Forward", 3)(
                new float[12], new float[3], new float[3], Epsilon, matrix.Span, statistics.Span, 4, start, count));
        Assert.Throws<ArgumentOutOfRangeException>(
            parameter,
            () => Bind<BackwardKernel>("Backward", 3)(
                new float[12], new float[3], new float[6], new float[12], matrix.Span, gammas.Span, betas.Span, 4, start, count));
        Assert.Throws<ArgumentOutOfRangeException>(
            parameter,
            () => Bind<BackwardParametersKernel>("BackwardParameters", 3)(
                new float[12], new float[6], new float[12], gammas.Span, betas.Span, 4, start, count));

        matrix.AssertNothingIsWritten();
        statistics.AssertNothingIsWritten();
        gammas.AssertNothingIsWritten();
        betas.AssertNothingIsWritten();
    }

    [Theory]
    [InlineData("statistics", 5, 3, 3, Epsilon, 0.1f, 4)]
    [InlineData("runningMean", 6, 2, 3, Epsilon, 0.1f, 4)]
    [InlineData("runningVariance", 6, 3, 2, Epsilon, 0.1f, 4)]
    [InlineData("epsilon", 6, 3, 3, 0f, 0.1f, 4)]
    [InlineData("momentum", 6, 3, 3, Epsilon, 1.1f, 4)]
    [InlineData("momentum", 6, 3, 3, Epsilon, float.NaN, 4)]
    [InlineData("samples", 6, 3, 3, Epsilon, 0.1f, 0)]
    public void UpdateRunning_with_a_bad_argument_throws_before_it_writes(
        string parameter, int statistics, int mean, int variance, float epsilon, float momentum, int samples)
    {
        FramedBlock means = FramedBlock.Destination(mean);
        FramedBlock variances = FramedBlock.Destination(variance);

        ArgumentException exception = Assert.ThrowsAny<ArgumentException>(
            () => Bind<UpdateRunningKernel>("UpdateRunning", 3)(new float[statistics], epsilon, momentum, samples, means.Span, variances.Span));

        Assert.Equal(parameter, exception.ParamName);
        means.AssertNothingIsWritten();
        variances.AssertNothingIsWritten();
    }

    [Theory]
    [InlineData("x", 11, 3, 3, 3, 3, Epsilon, 12)]
    [InlineData("gamma", 12, 2, 3, 3, 3, Epsilon, 12)]
    [InlineData("beta", 12, 3, 2, 3, 3, Epsilon, 12)]
    [InlineData("runningMean", 12, 3, 3, 2, 3, Epsilon, 12)]
    [InlineData("runningVariance", 12, 3, 3, 3, 2, Epsilon, 12)]
    [InlineData("epsilon", 12, 3, 3, 3, 3, 0f, 12)]
    [InlineData("y", 12, 3, 3, 3, 3, Epsilon, 11)]
    public void Predict_with_a_bad_argument_throws_before_it_writes(string parameter, int x, int gamma, int beta, int mean, int variance, float epsilon, int y)
    {
        FramedBlock block = FramedBlock.Destination(y);

        ArgumentException exception = Assert.ThrowsAny<ArgumentException>(
            () => Bind<PredictKernel>("Predict", 3)(
                new float[x], new float[gamma], new float[beta], new float[mean], new float[variance], epsilon, block.Span, 4));

        Assert.Equal(parameter, exception.ParamName);
        block.AssertNothingIsWritten();
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
        FramedBlock statistics = FramedBlock.Destination(2 * size, misalignment: size % 4);

        // In two parts, as two threads do it.
        ForwardKernel kernel = Bind<ForwardKernel>("Forward", size);
        kernel(x.Span, gamma.Span, beta.Span, Epsilon, y.Span, statistics.Span, samples, size / 3, size - (size / 3));
        kernel(x.Span, gamma.Span, beta.Span, Epsilon, y.Span, statistics.Span, samples, 0, size / 3);

        Normalised columns = Columns(ToDoubles(inputs), size, Epsilon);
        double[] expected = Affine(columns.Values, ToDoubles(scales), ToDoubles(shifts));
        Numbers.AssertClose(
            expected, y.Span, i => Error * (((1 + Math.Abs(columns.Values[i])) * Math.Abs(scales[i % size])) + Math.Abs(shifts[i % size])), "y");
        Numbers.AssertClose(
            columns.Means,
            statistics.Span[..size],
            j => (2 * Numbers.Rounding * Math.Abs(columns.Means[j])) + (Error * Math.Sqrt(columns.Variances[j])),
            "means");
        Numbers.AssertClose(columns.Reciprocals, statistics.Span[size..], j => Error * columns.Reciprocals[j], "reciprocals");
        y.AssertFrameIsIntact();
        statistics.AssertFrameIsIntact();
    }

    private static void AssertBackward(int size, int samples, float mean)
    {
        float[] inputs = [.. Numbers.Gaussians(samples * size, seed: size, scale: 2f).Select(value => value + mean)];
        float[] scales = Numbers.Gaussians(size, seed: size + 1);
        float[] gradients = Numbers.Gaussians(samples * size, seed: size + 2);
        float[] numbers = new float[2 * size];
        Bind<ForwardKernel>("Forward", size)(inputs, scales, new float[size], Epsilon, new float[samples * size], numbers, samples, 0, size);

        FramedBlock x = FramedBlock.Source(inputs, misalignment: samples % 4);
        FramedBlock gamma = FramedBlock.Source(scales, misalignment: size % 3);
        FramedBlock statistics = FramedBlock.Source(numbers, misalignment: size % 2);
        FramedBlock dy = FramedBlock.Source(gradients, misalignment: size % 4);
        FramedBlock dx = FramedBlock.Destination(samples * size, misalignment: size % 5);
        FramedBlock same = FramedBlock.InPlace(gradients, misalignment: size % 3);
        FramedBlock dgamma = FramedBlock.Destination(size, misalignment: size % 4);
        FramedBlock dbeta = FramedBlock.Destination(size, misalignment: size % 5);
        FramedBlock dgammaAlone = FramedBlock.Destination(size, misalignment: size % 3);
        FramedBlock dbetaAlone = FramedBlock.Destination(size, misalignment: size % 2);

        // In two parts, as two threads do it.
        foreach ((int start, int count) in ((int, int)[])[(size / 3, size - (size / 3)), (0, size / 3)])
        {
            BackwardKernel kernel = Bind<BackwardKernel>("Backward", size);
            kernel(x.Span, gamma.Span, statistics.Span, dy.Span, dx.Span, dgamma.Span, dbeta.Span, samples, start, count);
            kernel(x.Span, gamma.Span, statistics.Span, same.Span, same.Span, new float[size], new float[size], samples, start, count);
            Bind<BackwardParametersKernel>("BackwardParameters", size)(
                x.Span, statistics.Span, dy.Span, dgammaAlone.Span, dbetaAlone.Span, samples, start, count);
        }


        Normalised columns = Columns(ToDoubles(inputs), size, Epsilon);
        double[] g = GradientsOfNormalised(ToDoubles(gradients), ToDoubles(scales));
        double[] spread = [.. columns.Values.Select(static value => 1 + Math.Abs(value))];
        double[] sizes = SumOfRows([.. g.Zip(spread, static (gradient, value) => Math.Abs(gradient) * value)], size);
        Numbers.AssertClose(
            columns.Backward(g),
            dx.Span,
            i => Error * columns.Reciprocals[i % size] * (Math.Abs(g[i]) + (spread[i] * sizes[i % size] / samples)),
            "dx");

        double[] terms = GradientsOfGamma(spread, Absolute(ToDoubles(gradients)), size);
        double[] sums = SumOfRows(Absolute(ToDoubles(gradients)), size);
        Numbers.AssertClose(GradientsOfGamma(columns.Values, ToDoubles(gradients), size), dgamma.Span, j => Error * terms[j], "dgamma");
        Numbers.AssertClose(SumOfRows(ToDoubles(gradients), size), dbeta.Span, j => Error * sums[j], "dbeta");
        Numbers.AssertSameBits(dx.Span, same.Span, "dx in place");
        Numbers.AssertSameBits(dgamma.Span, dgammaAlone.Span, "dgamma alone");
        Numbers.AssertSameBits(dbeta.Span, dbetaAlone.Span, "dbeta alone");
        Assert.All((FramedBlock[])[dx, same, dgamma, dbeta, dgammaAlone, dbetaAlone], static block => block.AssertFrameIsIntact());
    }

    private static TKernel Bind<TKernel>(string method, params ReadOnlySpan<int> sizes)
        where TKernel : Delegate =>
        BinaryDimension.Bind<TKernel>(typeof(Nnfs.Kernels.BatchNorm), method, sizes);

    /// <summary>The results of all kernels, as matrices of the size's columns.</summary>
    private sealed record Results(float[] Y, float[] Dx, float[] Predictions, float[] Statistics, float[] Parameters)
    {
        public static Results Compute(int size, int samples, float[] x, float[] gamma, float[] beta, float[] dy)
        {
            float[] y = new float[x.Length];
            float[] dx = new float[x.Length];
            float[] predictions = new float[x.Length];
            float[] statistics = new float[2 * size];
            float[] dgamma = new float[size];
            float[] dbeta = new float[size];
            float[] mean = [.. gamma];
            float[] variance = [.. beta.Select(Math.Abs)];

            Bind<ForwardKernel>("Forward", size)(x, gamma, beta, Epsilon, y, statistics, samples, 0, size);
            Bind<BackwardKernel>("Backward", size)(x, gamma, statistics, dy, dx, dgamma, dbeta, samples, 0, size);
            Bind<UpdateRunningKernel>("UpdateRunning", size)(statistics, Epsilon, 0.1f, samples, mean, variance);
            Bind<PredictKernel>("Predict", size)(x, gamma, beta, mean, variance, Epsilon, predictions, samples);

            return new Results(y, dx, predictions, statistics, [.. dgamma, .. dbeta, .. mean, .. variance]);
        }
    }
}
