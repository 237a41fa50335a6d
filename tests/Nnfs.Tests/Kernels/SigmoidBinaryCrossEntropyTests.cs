using Fused = Nnfs.Kernels.SigmoidBinaryCrossEntropy;

namespace Nnfs.Tests.Kernels;

public class SigmoidBinaryCrossEntropyTests
{
    /// <summary>Sums are off by at most 4.2e-7, and each term by a few roundings.</summary>
    private const double LossTolerance = 1e-6;

    /// <summary>An exponential within 2 ULP, a sum and a quotient.</summary>
    private const double ProbabilityTolerance = 6 * Numbers.Rounding;

    [Fact]
    public void Forward_of_any_length_agrees_with_the_specification_in_place_too()
    {
        foreach (int length in KernelSizes.All)
        {
            (float[] logits, float[] targets) = Draw(length, seed: length);
            FramedBlock z = FramedBlock.Source(logits, misalignment: length % 5);
            FramedBlock t = FramedBlock.Source(targets, misalignment: length % 3);
            FramedBlock p = FramedBlock.Destination(length, misalignment: length % 4);
            FramedBlock same = FramedBlock.InPlace(logits, misalignment: length % 4);

            float actual = Fused.Forward(z.Span, t.Span, p.Span);
            float inPlace = Fused.Forward(same.Span, t.Span, same.Span);

            double expected = Expected(logits, targets);
            double[] probabilities = [.. logits.Select(static logit => Sigmoid(logit))];
            Assert.Equal(expected, actual, LossTolerance * expected);
            Assert.Equal(actual, inPlace);
            Numbers.AssertClose(probabilities, p.Span, i => ProbabilityTolerance * probabilities[i], "p");
            Numbers.AssertSameBits(p.Span, same.Span, "p in the place of z");
            p.AssertFrameIsIntact();
            same.AssertFrameIsIntact();
        }
    }

    [Fact]
    public void Backward_of_any_length_agrees_with_the_specification()
    {
        foreach (int length in KernelSizes.All)
        {
            (float[] logits, float[] targets) = Draw(length, seed: length);
            float[] probabilities = [.. logits.Select(static logit => (float)Sigmoid(logit))];
            FramedBlock p = FramedBlock.Source(probabilities, misalignment: length % 5);
            FramedBlock dz = FramedBlock.Destination(length, misalignment: length % 4);

            Fused.Backward(p.Span, FramedBlock.Source(targets, misalignment: length % 3).Span, dz.Span);

            double[] expected = [.. probabilities.Zip(targets, (probability, target) => ((double)probability - target) / length)];
            Numbers.AssertClose(expected, dz.Span, i => 3 * Numbers.Rounding * Math.Abs(expected[i]), "dz");
            dz.AssertFrameIsIntact();
        }
    }

    [Fact]
    public void Gradient_is_that_of_finite_differences()
    {
        const double Step = 1e-5;
        (float[] z, float[] targets) = Draw(500, seed: 1);
        float[] p = new float[1];
        float[] dz = new float[1];

        for (int i = 0; i < z.Length; i++)
        {
            Fused.Forward(z.AsSpan(i, 1), targets.AsSpan(i, 1), p);
            Fused.Backward(p, targets.AsSpan(i, 1), dz);

            double difference = (Term(z[i] + Step, targets[i]) - Term(z[i] - Step, targets[i])) / (2 * Step);
            Assert.Equal(difference, dz[0], 1e-6);
        }
    }

    [Theory]
    [InlineData(20f)]
    [InlineData(60f)]
    [InlineData(63.9f)]
    [InlineData(100f)]
    [InlineData(1e30f)]
    [InlineData(float.MaxValue)]
    public void Great_logits_have_a_finite_loss_that_keeps_its_digits(float great)
    {
        foreach (float z in (float[])[great, -great])
        {
            foreach (float t in (float[])[0f, 0.25f, 1f])
            {
                float[] p = new float[40];
                float[] logits = new float[40];
                float[] targets = new float[40];
                Array.Fill(logits, z);
                Array.Fill(targets, t);

                float actual = Fused.Forward(logits, targets, p);

                // Exponentials below e⁻⁶⁴ are zero.
                double expected = Expected(logits, targets);
                Assert.True(float.IsFinite(actual));
                Assert.Equal(expected, actual, (LossTolerance * expected) + 1.7e-28);
                Assert.All(p, value => Assert.Equal(Sigmoid(z), value, (ProbabilityTolerance * Sigmoid(z)) + 1.7e-28));
            }
        }
    }

    [Fact]
    public void Loss_of_a_million_logits_keeps_its_digits()
    {
        (float[] z, float[] targets) = Draw(1_000_003, seed: 7);
        float[] p = new float[z.Length];
        double expected = Expected(z, targets);
        Assert.Equal(expected, Fused.Forward(z, targets, p), LossTolerance * expected);

        // A sure network: each term is about 2e-7.
        float[] sure = [.. targets.Select((_, i) => i % 2 == 0 ? 15.3f : -15.3f)];
        float[] sides = [.. targets.Select((_, i) => i % 2 == 0 ? 1f : 0f)];
        double small = Expected(sure, sides);
        Assert.Equal(small, Fused.Forward(sure, sides, p), LossTolerance * small);
    }

    [Fact]
    public void NaN_anywhere_gives_NaN()
    {
        for (int bad = 0; bad < 37; bad++)
        {
            (float[] z, float[] targets) = Draw(37, seed: 2);
            float[] p = new float[37];
            float[] dz = new float[37];

            float good = z[bad];
            z[bad] = float.NaN;
            Assert.True(float.IsNaN(Fused.Forward(z, targets, p)), $"z[{bad}]");
            Assert.True(float.IsNaN(p[bad]), $"p[{bad}]");
            Fused.Backward(p, targets, dz);
            Assert.True(float.IsNaN(dz[bad]), $"dz[{bad}]");
            Assert.Equal(1, dz.Count(float.IsNaN));

            z[bad] = good;
            targets[bad] = float.NaN;
            Assert.True(float.IsNaN(Fused.Forward(z, targets, p)), $"targets[{bad}]");
            Assert.DoesNotContain(float.NaN, p);
        }
    }

    [Fact]
    public void Infinite_logits_on_the_wrong_side_give_an_infinite_loss_and_sure_probabilities()
    {
        float[] p = new float[2];

        Assert.Equal(float.PositiveInfinity, Fused.Forward([float.PositiveInfinity, 1f], [0f, 0f], p));
        Assert.Equal(1f, p[0]);
        Assert.Equal(float.PositiveInfinity, Fused.Forward([float.NegativeInfinity, 1f], [1f, 0f], p));
        Assert.Equal(0f, p[0]);
    }

    [Fact]
    public void Kernel_with_a_span_of_another_length_throws_before_it_writes()
    {
        foreach (int length in (int[])[19, 21])
        {
            FramedBlock p = FramedBlock.Destination(20);
            FramedBlock other = FramedBlock.Destination(length);

            LossTests.AssertOtherLength("targets", length, () => Fused.Forward(new float[20], new float[length], p.Span));
            LossTests.AssertOtherLength("p", length, () => Fused.Forward(new float[20], new float[20], other.Span));
            LossTests.AssertOtherLength("targets", length, () => Fused.Backward(new float[20], new float[length], p.Span));
            LossTests.AssertOtherLength("dz", length, () => Fused.Backward(new float[20], new float[20], other.Span));
            p.AssertNothingIsWritten();
            other.AssertNothingIsWritten();
        }
    }

    private static (float[] Z, float[] Targets) Draw(int length, int seed)
    {
        float[] targets = [.. Numbers.Gaussians(length, seed + 1000).Select(static (value, i) => i % 3 == 0 ? i / 3 % 2 : (float)Sigmoid(value))];

        return (Numbers.Gaussians(length, seed, scale: 8f), targets);
    }

    private static double Expected(float[] z, float[] targets) => z.Zip(targets, static (logit, target) => Term(logit, target)).Average();

    /// <summary><c>−t·log σ(z) − (1 − t)·log σ(−z)</c>, with each logarithm as <c>−log σ(x) = max(−x, 0) + log(1 + exp(−|x|))</c>.</summary>
    private static double Term(double z, double t) => (t * Softplus(-z)) + ((1 - t) * Softplus(z));

    private static double Softplus(double x)
    {
        double exp = Math.Exp(-Math.Abs(x));

        // log(1 + e) of an e whose square is nothing beside it is e − e²/2.
        return Math.Max(x, 0) + (exp < 1e-8 ? exp - (exp * exp / 2) : Math.Log(1 + exp));
    }

    private static double Sigmoid(double z) => z > 0 ? 1 / (1 + Math.Exp(-z)) : Math.Exp(z) / (1 + Math.Exp(z));
}
