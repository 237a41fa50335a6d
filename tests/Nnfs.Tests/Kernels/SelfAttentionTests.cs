using Nnfs.Kernels;

namespace Nnfs.Tests.Kernels;

/// <summary>The softmax of an attention against plain loops in float64, for steps about the sizes of its blocks.</summary>
public class SelfAttentionTests
{
    /// <summary>Sums of up to 260 terms, some of them differences.</summary>
    private const double Tolerance = 5e-6;

    private const int Samples = 2;

    public static TheoryData<int, int, int> Sizes => new()
    {
        { 1, 1, 1 }, { 1, 5, 1 }, { 2, 3, 3 }, { 5, 12, 3 }, { 7, 15, 3 }, { 16, 16, 1 }, { 17, 34, 2 }, { 23, 8, 2 }, { 24, 4, 2 }, { 25, 6, 2 },
        { 49, 40, 5 }, { 64, 64, 4 }, { 127, 2, 1 }, { 128, 9, 1 }, { 129, 4, 2 }, { 260, 6, 2 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Outputs_and_gradients_agree_with_plain_loops(int steps, int features, int heads)
    {
        Check(steps, features, heads, isCausal: false, scale: 1f);
        Check(steps, features, heads, isCausal: true, scale: 1f);
    }

    /// <summary>Scores of many hundreds: all but one of the shares are zero, and nothing overflows.</summary>
    [Fact]
    public void Large_scores_agree_with_plain_loops()
    {
        Check(steps: 9, features: 8, heads: 2, isCausal: false, scale: 30f);
        Check(steps: 140, features: 4, heads: 1, isCausal: true, scale: 30f);
    }

    [Fact]
    public void Samples_have_the_same_bits_alone_and_without_logarithms()
    {
        const int Steps = 50;
        const int Features = 12;
        float[] qkv = Numbers.Gaussians(Samples * Steps * 3 * Features, seed: 1);
        float[] all = new float[Samples * Steps * Features];
        float[] alone = new float[all.Length];

        SelfAttention.Forward(qkv, Steps, Features, 3, isCausal: true, all, new float[Samples * 3 * Steps], Samples);

        for (int i = 0; i < Samples; i++)
        {
            SelfAttention.Forward(
                qkv.AsSpan(i * Steps * 3 * Features), Steps, Features, 3, isCausal: true, alone.AsSpan(i * Steps * Features), logSums: default, samples: 1);
        }

        Numbers.AssertSameBits(all, alone, "y");
    }

    [Fact]
    public void Later_steps_change_nothing_where_it_is_causal()
    {
        const int Steps = 40;
        const int Features = 6;
        float[] qkv = Numbers.Gaussians(Steps * 3 * Features, seed: 2);
        float[] before = new float[Steps * Features];
        float[] after = new float[Steps * Features];

        SelfAttention.Forward(qkv, Steps, Features, 2, isCausal: true, before, logSums: default, samples: 1);
        qkv.AsSpan(30 * 3 * Features).Fill(1e30f);
        SelfAttention.Forward(qkv, Steps, Features, 2, isCausal: true, after, logSums: default, samples: 1);

        Numbers.AssertSameBits(before.AsSpan(0, 30 * Features), after.AsSpan(0, 30 * Features), "y");
    }

    [Fact]
    public void Wrong_sizes_are_refused()
    {
        float[] qkv = new float[2 * 3 * 4];
        float[] y = new float[2 * 4];

        Assert.Throws<ArgumentException>("qkv", () => SelfAttention.Forward(qkv.AsSpan(1), 2, 4, 2, isCausal: false, y, logSums: default, samples: 1));
        Assert.Throws<ArgumentException>("y", () => SelfAttention.Forward(qkv, 2, 4, 2, isCausal: false, y.AsSpan(1), logSums: default, samples: 1));
        Assert.Throws<ArgumentException>("logSums", () => SelfAttention.Forward(qkv, 2, 4, 2, isCausal: false, y, new float[3], samples: 1));
        Assert.Throws<ArgumentOutOfRangeException>("heads", () => SelfAttention.Forward(qkv, 2, 4, 3, isCausal: false, y, logSums: default, samples: 1));
        Assert.Throws<ArgumentOutOfRangeException>("heads", () => SelfAttention.Forward(qkv, 2, 4, 0, isCausal: false, y, logSums: default, samples: 1));
        Assert.Throws<ArgumentException>(
            "dqkv", () => SelfAttention.Backward(qkv, y, new float[4], y, 2, 4, 2, isCausal: false, new float[23], samples: 1));
    }

    private static void Check(int steps, int features, int heads, bool isCausal, float scale)
    {
        int size = features / heads;
        float[] qkv = Numbers.Gaussians(Samples * steps * 3 * features, seed: 3, scale);
        float[] dy = Numbers.Gaussians(Samples * steps * features, seed: 4);
        double[] expectedY = new double[dy.Length];
        double[] expectedLogSums = new double[Samples * heads * steps];
        double[] expectedGradients = new double[qkv.Length];
        int row = 3 * features;

        for (int query = 0; query < Samples * steps; query++)
        {
            int first = query / steps * steps;
            int count = isCausal ? query - first + 1 : steps;

            for (int head = 0; head < heads; head++)
            {
                int q = (query * row) + (head * size);
                int y = (query * features) + (head * size);
                int[] keys = [.. Enumerable.Range(first, count).Select(key => (key * row) + features + (head * size))];
                double[] scores = [.. keys.Select(k => Enumerable.Range(0, size).Sum(j => (double)qkv[q + j] * qkv[k + j]) / Math.Sqrt(size))];
                double logSum = scores.Max() + Math.Log(scores.Sum(score => Math.Exp(score - scores.Max())));
                double[] shares = [.. scores.Select(score => Math.Exp(score - logSum))];
                double[] ofShares = [.. keys.Select(k => Enumerable.Range(0, size).Sum(j => (double)dy[y + j] * qkv[k + features + j]))];
                double mean = shares.Zip(ofShares, static (share, gradient) => share * gradient).Sum();
                expectedLogSums[(((query / steps * heads) + head) * steps) + query - first] = logSum;

                for (int i = 0; i < count; i++)
                {
                    double ofScore = shares[i] * (ofShares[i] - mean) / Math.Sqrt(size);

                    for (int j = 0; j < size; j++)
                    {
                        expectedY[y + j] += shares[i] * qkv[keys[i] + features + j];
                        expectedGradients[q + j] += ofScore * qkv[keys[i] + j];
                        expectedGradients[keys[i] + j] += ofScore * qkv[q + j];
                        expectedGradients[keys[i] + features + j] += shares[i] * dy[y + j];
                    }
                }
            }
        }

        FramedBlock actualY = FramedBlock.Destination(dy.Length, misalignment: 1);
        FramedBlock logSums = FramedBlock.Destination(expectedLogSums.Length, misalignment: 2);
        FramedBlock gradients = FramedBlock.Destination(qkv.Length, misalignment: 3);
        ReadOnlySpan<float> source = FramedBlock.Source(qkv, misalignment: 5).Span;

        SelfAttention.Forward(source, steps, features, heads, isCausal, actualY.Span, logSums.Span, Samples);
        SelfAttention.Backward(
            source, actualY.Span, logSums.Span, FramedBlock.Source(dy, misalignment: 7).Span, steps, features, heads, isCausal, gradients.Span, Samples);

        actualY.AssertFrameIsIntact();
        logSums.AssertFrameIsIntact();
        gradients.AssertFrameIsIntact();

        // Scores are off by roundings of their own size, and shares by as much as scores.
        double factor = Math.Max(1, expectedLogSums.Max(Math.Abs) / 4);
        AssertClose(expectedY, actualY.Span, factor, "y");
        AssertClose(expectedLogSums, logSums.Span, 1, "logSums");
        AssertClose(expectedGradients, gradients.Span, factor * scale, "dqkv");
    }

    private static void AssertClose(double[] expected, ReadOnlySpan<float> actual, double factor, string what) =>
        Numbers.AssertClose(expected, actual, Tolerance * factor * Math.Max(1e-3, expected.Max(Math.Abs)), what);
}
