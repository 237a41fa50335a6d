using Nnfs.Catalogue.Losses;

namespace Nnfs.Tests.Kernels;

/// <summary>The losses that are means over single outputs.</summary>
public class LossTests
{
    /// <summary>Sums are off by at most 4.2e-7, and each term by a few roundings.</summary>
    private const double LossTolerance = 1e-6;

    /// <summary>A difference, a product, a quotient and the factor are rounded, some twice.</summary>
    private const double GradientTolerance = 8 * Numbers.Rounding;

    /// <summary>The attributes of all losses that have such kernels.</summary>
    public static TheoryData<string> Losses => [.. All.Select(static loss => loss.Attribute)];

    /// <summary>All losses that have such kernels; a weight is applied outside of them.</summary>
    internal static IReadOnlyList<ElementwiseLoss> All { get; } =
    [
        .. LossEntries.All.SelectMany(static entry => entry.Examples)
            .OfType<ElementwiseLoss>()
            .Where(static loss => loss.Kernels is not null && loss.Weight == 1),
    ];

    [Theory]
    [MemberData(nameof(Losses))]
    public void Loss_of_any_length_agrees_with_the_specification(string name)
    {
        (ElementwiseLoss loss, LossKernels kernels) = Find(name);

        foreach (int length in KernelSizes.All)
        {
            (float[] outputs, float[] targets) = Draw(loss, length, seed: length);
            FramedBlock y = FramedBlock.Source(outputs, misalignment: length % 5);
            FramedBlock t = FramedBlock.Source(targets, misalignment: length % 3);

            float actual = kernels.Forward(y.Span, t.Span);

            double expected = Expected(loss, outputs, targets);
            Assert.Equal(expected, actual, LossTolerance * expected);
        }
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Gradient_of_any_length_agrees_with_the_specification_in_place_too(string name)
    {
        (ElementwiseLoss loss, LossKernels kernels) = Find(name);

        foreach (int length in KernelSizes.All)
        {
            (float[] outputs, float[] targets) = Draw(loss, length, seed: length);
            FramedBlock y = FramedBlock.Source(outputs, misalignment: length % 5);
            FramedBlock t = FramedBlock.Source(targets, misalignment: length % 3);
            FramedBlock dy = FramedBlock.Destination(length, misalignment: length % 4);
            FramedBlock sameAsY = FramedBlock.InPlace(outputs, misalignment: length % 4);
            FramedBlock sameAsT = FramedBlock.InPlace(targets, misalignment: length % 4);

            kernels.Backward(y.Span, t.Span, dy.Span);
            kernels.Backward(sameAsY.Span, t.Span, sameAsY.Span);
            kernels.Backward(y.Span, sameAsT.Span, sameAsT.Span);

            double[] expected = ExpectedGradient(loss, outputs, targets);
            Numbers.AssertClose(expected, dy.Span, i => GradientTolerance * Math.Abs(expected[i]), "dy");
            Numbers.AssertSameBits(dy.Span, sameAsY.Span, "dy in the place of y");
            Numbers.AssertSameBits(dy.Span, sameAsT.Span, "dy in the place of targets");
            dy.AssertFrameIsIntact();
            sameAsY.AssertFrameIsIntact();
            sameAsT.AssertFrameIsIntact();
        }
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Gradient_is_that_of_finite_differences(string name)
    {
        const double Step = 1e-6;
        (ElementwiseLoss loss, LossKernels kernels) = Find(name);
        (float[] outputs, float[] targets) = Draw(loss, 500, seed: 1);

        for (int i = 0; i < outputs.Length; i++)
        {
            // Where the loss has a corner, at equality and at the bounds of clipping, the difference tells nothing.
            if (outputs[i] == targets[i] || (TakesProbabilities(loss) && outputs[i] is < 1e-3f or > 0.999f))
            {
                continue;
            }

            // Alone, so that n is 1. The remainder of the difference is its third derivative times the step's square.
            float[] dy = new float[1];
            kernels.Backward(outputs.AsSpan(i, 1), targets.AsSpan(i, 1), dy);

            double difference = (loss.Term(outputs[i] + Step, targets[i]) - loss.Term(outputs[i] - Step, targets[i])) / (2 * Step);
            Assert.Equal(difference, dy[0], 1e-5 * Math.Max(1, Math.Abs(difference)));
        }
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Loss_of_a_million_outputs_keeps_its_digits(string name)
    {
        (ElementwiseLoss loss, LossKernels kernels) = Find(name);
        (float[] y, float[] targets) = Draw(loss, 1_000_003, seed: 5);

        double expected = Expected(loss, y, targets);
        Assert.Equal(expected, kernels.Forward(y, targets), LossTolerance * expected);

        // Of equal terms the roundings of the sum are equal too, and add up.
        Array.Fill(y, 0.3f);
        Array.Fill(targets, TakesProbabilities(loss) ? 0f : 0.7f);
        double ofEqual = Expected(loss, y, targets);
        Assert.Equal(ofEqual, kernels.Forward(y, targets), LossTolerance * ofEqual);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void NaN_anywhere_gives_NaN(string name)
    {
        (ElementwiseLoss loss, LossKernels kernels) = Find(name);

        foreach (int length in (int[])[1, 16, 37, 150])
        {
            for (int bad = 0; bad < length; bad++)
            {
                (float[] y, float[] targets) = Draw(loss, length, seed: 2);
                float[] dy = new float[length];

                float good = y[bad];
                y[bad] = float.NaN;
                Assert.True(float.IsNaN(kernels.Forward(y, targets)), $"y[{bad}]");
                kernels.Backward(y, targets, dy);
                Assert.True(float.IsNaN(dy[bad]), $"dy[{bad}] of a bad output");
                Assert.Equal(1, dy.Count(float.IsNaN));

                y[bad] = good;
                targets[bad] = float.NaN;
                Assert.True(float.IsNaN(kernels.Forward(y, targets)), $"targets[{bad}]");
                kernels.Backward(y, targets, dy);
                Assert.True(float.IsNaN(dy[bad]), $"dy[{bad}] of a bad target");
                Assert.Equal(1, dy.Count(float.IsNaN));
            }
        }
    }

    [Theory]
    [InlineData("MeanSquaredError", float.PositiveInfinity)]
    [InlineData("MeanAbsoluteError", 0.01f)]
    [InlineData("Huber", 0.01f)]
    public void Infinite_outputs_give_an_infinite_loss_and_the_gradient_of_the_formula(string name, float slope)
    {
        (ElementwiseLoss loss, LossKernels kernels) = Find(name);

        for (int bad = 0; bad < 100; bad += 33)
        {
            foreach (float infinity in (float[])[float.PositiveInfinity, float.NegativeInfinity])
            {
                (float[] y, float[] targets) = Draw(loss, 100, seed: 3);
                float[] dy = new float[100];
                y[bad] = infinity;

                Assert.Equal(float.PositiveInfinity, kernels.Forward(y, targets));
                kernels.Backward(y, targets, dy);
                Assert.Equal(Math.Sign(infinity) * slope, dy[bad]);
            }
        }
    }

    [Theory]
    [InlineData("MeanAbsoluteError", 3e38f)]
    [InlineData("Huber", 3e38f)]
    [InlineData("MeanSquaredError", 1.8e19f)]
    public void Sums_beyond_the_range_of_float_have_a_finite_mean(string name, float error)
    {
        (ElementwiseLoss loss, LossKernels kernels) = Find(name);
        float[] y = new float[1000];
        Array.Fill(y, error);

        double expected = Expected(loss, y, new float[1000]);
        Assert.Equal(expected, kernels.Forward(y, new float[1000]), LossTolerance * expected);
    }

    [Fact]
    public void BinaryCrossEntropy_of_sure_networks_is_that_of_clipped_probabilities()
    {
        float[] dp = new float[1];

        foreach ((float p, float t) in ((float, float)[])[(0f, 0f), (0f, 1f), (1f, 0f), (1f, 1f), (1f - 6e-8f, 1f), (1e-8f, 0f), (1e-6f, 0f), (1f - 1e-6f, 1f)])
        {
            (ElementwiseLoss loss, LossKernels kernels) = Find("BinaryCrossEntropy");

            Assert.Equal(loss.Term(p, t), kernels.Forward([p], [t]), LossTolerance * loss.Term(p, t));
            kernels.Backward([p], [t], dp);
            Assert.Equal(loss.Slope(p, t), dp[0], GradientTolerance * Math.Abs(loss.Slope(p, t)));
        }
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Kernel_allocates_nothing(string name)
    {
        (ElementwiseLoss loss, LossKernels kernels) = Find(name);
        (float[] y, float[] targets) = Draw(loss, 1000, seed: 4);
        float[] dy = new float[1000];

        Allocations.AssertNone(() => Allocations.Of(() =>
        {
            kernels.Forward(y, targets);
            kernels.Backward(y, targets, dy);
        }));
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Kernel_with_a_span_of_another_length_throws_before_it_writes(string name)
    {
        (ElementwiseLoss loss, LossKernels kernels) = Find(name);

        foreach (int length in (int[])[19, 21])
        {
            FramedBlock dy = FramedBlock.Destination(20);
            FramedBlock other = FramedBlock.Destination(length);
            string destination = TakesProbabilities(loss) ? "dp" : "dy";

            AssertOtherLength("targets", length, () => kernels.Forward(new float[20], new float[length]));
            AssertOtherLength("targets", length, () => kernels.Backward(new float[20], new float[length], dy.Span));
            AssertOtherLength(destination, length, () => kernels.Backward(new float[20], new float[20], other.Span));
            dy.AssertNothingIsWritten();
            other.AssertNothingIsWritten();
        }
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Huber_with_a_delta_that_is_not_positive_and_finite_throws_before_it_writes(float delta)
    {
        FramedBlock dy = FramedBlock.Destination(2);

        Assert.Throws<ArgumentOutOfRangeException>(nameof(delta), () => Nnfs.Kernels.Huber.Forward(new float[2], new float[2], delta));
        Assert.Throws<ArgumentOutOfRangeException>(nameof(delta), () => Nnfs.Kernels.Huber.Backward(new float[2], new float[2], delta, dy.Span));
        dy.AssertNothingIsWritten();
    }

    private static (ElementwiseLoss Loss, LossKernels Kernels) Find(string attribute)
    {
        ElementwiseLoss loss = All.Single(loss => loss.Attribute == attribute);

        return (loss, loss.Kernels!);
    }

    /// <summary>Whether outputs and targets are from 0 to 1.</summary>
    private static bool TakesProbabilities(ElementwiseLoss loss) => loss.Targets == TargetKind.Bits;

    /// <summary>The mean over all outputs.</summary>
    private static double Expected(ElementwiseLoss loss, float[] y, float[] targets) => y.Zip(targets, (output, target) => loss.Term(output, target)).Average();

    private static double[] ExpectedGradient(ElementwiseLoss loss, float[] y, float[] targets) =>
        [.. y.Zip(targets, (output, target) => loss.Slope(output, target) / y.Length)];

    /// <summary>Outputs and targets of a loss. Some are equal, and of probabilities some are 0 and 1.</summary>
    internal static (float[] Y, float[] Targets) Draw(ElementwiseLoss loss, int length, int seed)
    {
        float[] y = Numbers.Gaussians(length, seed, scale: 3f);
        float[] targets = Numbers.Gaussians(length, seed + 1000, scale: 3f);

        for (int i = 0; i < length; i++)
        {
            if (TakesProbabilities(loss))
            {
                y[i] = i % 7 == 3 ? i % 2 : Probability(3 * y[i]);
                targets[i] = i % 3 == 0 ? i / 3 % 2 : Probability(targets[i]);
            }
            else if (i % 5 == 2)
            {
                targets[i] = y[i];
            }
        }

        return (y, targets);
    }

    private static float Probability(float logit) => (float)(1 / (1 + Math.Exp(-logit)));

    internal static void AssertOtherLength(string parameter, int length, Action call)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(parameter, call);

        Assert.Contains($"Expected 20 values, one for each output, but the length is {length}.", exception.Message, StringComparison.Ordinal);
    }
}
