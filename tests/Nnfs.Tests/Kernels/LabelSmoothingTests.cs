using Nnfs.Catalogue.Losses;
using static Nnfs.Tests.Numbers;

namespace Nnfs.Tests.Kernels;

/// <summary>Softmax cross-entropy of targets that are partly spread over all classes.</summary>
public class LabelSmoothingTests
{
    private delegate float LabelLoss(ReadOnlySpan<float> z, ReadOnlySpan<int> labels, float smoothing, Span<float> p, int samples);

    private delegate float TargetLoss(ReadOnlySpan<float> z, ReadOnlySpan<float> targets, float smoothing, Span<float> p, int samples);

    private delegate void LabelGradient(ReadOnlySpan<float> p, ReadOnlySpan<int> labels, float smoothing, Span<float> dz, int samples);

    private delegate void TargetGradient(ReadOnlySpan<float> p, ReadOnlySpan<float> targets, float smoothing, Span<float> dz, int samples);

    private delegate float PlainLoss(ReadOnlySpan<float> z, ReadOnlySpan<int> labels, Span<float> p, int samples);

    public static TheoryData<int> Classes => KernelSizes.Theory;

    [Theory]
    [MemberData(nameof(Classes))]
    public void Loss_of_any_number_of_classes_agrees_with_the_specification(int classes)
    {
        LabelLoss labelLoss = Bind<LabelLoss>("Forward", classes);
        TargetLoss targetLoss = Bind<TargetLoss>("Forward", classes);
        PlainLoss plainLoss = Bind<PlainLoss>("Forward", classes);

        foreach (int samples in KernelSizes.Samples)
        {
            float[] logits = Numbers.Gaussians(samples * classes, seed: classes, scale: 10f);
            int[] labels = Numbers.Labels(samples, classes, seed: classes);
            float[] oneHot = Numbers.OneHot(labels, classes);
            float[] soft = SoftmaxTests.Probabilities(samples, classes);
            double[] exact = ToDoubles(logits);
            FramedBlock z = FramedBlock.Source(logits, misalignment: samples % 4);
            FramedBlock p = FramedBlock.Destination(samples * classes, misalignment: classes % 5);
            float[] plain = new float[samples * classes];
            plainLoss(z.Span, labels, plain, samples);

            foreach (float smoothing in (float[])[0.1f, 0.9f])
            {
                double[] losses =
                [
                    labelLoss(z.Span, labels, smoothing, p.Span, samples),
                    targetLoss(z.Span, FramedBlock.Source(oneHot, misalignment: classes % 4).Span, smoothing, p.Span, samples),
                    targetLoss(z.Span, FramedBlock.Source(soft, misalignment: classes % 4).Span, smoothing, p.Span, samples),
                ];

                Numbers.AssertSameBits(plain, p.Span, "p");
                p.AssertFrameIsIntact();

                if (samples > 0)
                {
                    // Differences up to 100 and logarithms up to 5, each rounded a few times, as without smoothing.
                    double tolerance = (100 + classes) * 2 * Numbers.Rounding;
                    double ofOneHot = SoftmaxCrossEntropyLoss.Forward(exact, Smooth(oneHot, classes, smoothing), classes, samples);
                    Assert.Equal(ofOneHot, losses[0], tolerance);
                    Assert.Equal(ofOneHot, losses[1], tolerance);
                    Assert.Equal(SoftmaxCrossEntropyLoss.Forward(exact, Smooth(soft, classes, smoothing), classes, samples), losses[2], tolerance);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void Gradient_of_any_number_of_classes_agrees_with_the_specification(int classes)
    {
        LabelGradient labelGradient = Bind<LabelGradient>("Backward", classes);
        TargetGradient targetGradient = Bind<TargetGradient>("Backward", classes);

        foreach (int samples in KernelSizes.Samples)
        {
            float[] probabilities = SoftmaxTests.Probabilities(samples, classes);
            int[] labels = Numbers.Labels(samples, classes, seed: classes);
            float[] oneHot = Numbers.OneHot(labels, classes);

            // Not a distribution: the sum of each row counts.
            float[] targets = [.. Numbers.Gaussians(samples * classes, seed: classes + 1).Select(Math.Abs)];
            double[] exact = ToDoubles(probabilities);
            FramedBlock p = FramedBlock.Source(probabilities, misalignment: samples % 4);

            foreach (float smoothing in (float[])[0.1f, 0.9f])
            {
                FramedBlock ofLabels = FramedBlock.Destination(samples * classes, misalignment: classes % 5);
                FramedBlock ofOneHot = FramedBlock.Destination(samples * classes, misalignment: classes % 4);
                FramedBlock ofTargets = FramedBlock.Destination(samples * classes, misalignment: classes % 3);

                labelGradient(p.Span, labels, smoothing, ofLabels.Span, samples);
                targetGradient(p.Span, FramedBlock.Source(oneHot, misalignment: classes % 4).Span, smoothing, ofOneHot.Span, samples);
                targetGradient(p.Span, FramedBlock.Source(targets, misalignment: classes % 4).Span, smoothing, ofTargets.Span, samples);

                // Probabilities in float32 sum to 1 within a rounding for each.
                double tolerance = (classes + 6) * Numbers.Rounding / Math.Max(1, samples);
                double[] ofDistribution = SoftmaxCrossEntropyLoss.Backward(exact, Smooth(oneHot, classes, smoothing), classes, samples);
                Numbers.AssertClose(ofDistribution, ofLabels.Span, tolerance, "dz of labels");
                Numbers.AssertClose(ofDistribution, ofOneHot.Span, tolerance, "dz of one-hot targets");

                // A sum of targets is about as many as there are classes, and so are the errors.
                double[] ofAny = SoftmaxCrossEntropyLoss.Backward(exact, Smooth(targets, classes, smoothing), classes, samples);
                Numbers.AssertClose(ofAny, ofTargets.Span, 4 * tolerance * Math.Max(1, classes / 16.0), "dz of targets");

                ofLabels.AssertFrameIsIntact();
                ofOneHot.AssertFrameIsIntact();
                ofTargets.AssertFrameIsIntact();
            }
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(17)]
    public void Gradient_is_that_of_finite_differences(int classes)
    {
        const double Step = 1e-5;
        const float Smoothing = 0.2f;
        const int Samples = 5;
        float[] logits = Numbers.Gaussians(Samples * classes, seed: 3, scale: 2f);
        int[] labels = Numbers.Labels(Samples, classes, seed: 3);
        double[] targets = Smooth(Numbers.OneHot(labels, classes), classes, Smoothing);
        float[] p = new float[logits.Length];
        float[] dz = new float[logits.Length];

        Bind<LabelLoss>("Forward", classes)(logits, labels, Smoothing, p, Samples);
        Bind<LabelGradient>("Backward", classes)(p, labels, Smoothing, dz, Samples);

        for (int i = 0; i < logits.Length; i++)
        {
            double[] above = ToDoubles(logits);
            double[] below = ToDoubles(logits);
            above[i] += Step;
            below[i] -= Step;

            double lossAbove = SoftmaxCrossEntropyLoss.Forward(above, targets, classes, Samples);
            double lossBelow = SoftmaxCrossEntropyLoss.Forward(below, targets, classes, Samples);
            Assert.Equal((lossAbove - lossBelow) / (2 * Step), dz[i], 1e-6);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    public void Great_logits_have_a_finite_loss(int classes)
    {
        float[] logits = [.. Numbers.Gaussians(classes, seed: 4).Select(static (value, i) => i % 2 == 0 ? 1e30f * value : -1e30f)];
        float[] p = new float[classes];

        for (int label = 0; label < classes; label++)
        {
            float[] oneHot = Numbers.OneHot([label], classes);
            double expected = SoftmaxCrossEntropyLoss.Forward(ToDoubles(logits), Smooth(oneHot, classes, 0.1f), classes, 1);

            Assert.Equal(expected, Bind<LabelLoss>("Forward", classes)(logits, [label], 0.1f, p, 1), 1e-5 * expected);
            Assert.Equal(expected, Bind<TargetLoss>("Forward", classes)(logits, oneHot, 0.1f, p, 1), 1e-5 * expected);
        }
    }

    [Fact]
    public void Class_without_hope_makes_the_loss_infinite_as_it_is_a_target_too()
    {
        float[] p = new float[3];

        foreach (int label in (int[])[0, 1, 2])
        {
            float[] z = [1f, float.NegativeInfinity, 2f];

            Assert.Equal(float.PositiveInfinity, Bind<LabelLoss>("Forward", 3)(z, [label], 0.1f, p, 1));
            Assert.Equal(float.PositiveInfinity, Bind<TargetLoss>("Forward", 3)(z, Numbers.OneHot([label], 3), 0.1f, p, 1));
        }
    }

    [Fact]
    public void NaN_anywhere_gives_NaN()
    {
        for (int bad = 0; bad < 20; bad++)
        {
            float[] z = Numbers.Gaussians(20, seed: 5);
            float[] p = new float[20];
            float[] dz = new float[20];
            z[bad] = float.NaN;

            Assert.True(float.IsNaN(Bind<LabelLoss>("Forward", 20)(z, [7], 0.1f, p, 1)));
            Bind<LabelGradient>("Backward", 20)(p, [7], 0.1f, dz, 1);
            Assert.Equal(20, dz.Count(float.IsNaN));
            Assert.True(float.IsNaN(Bind<TargetLoss>("Forward", 20)(z, new float[20], 0.1f, p, 1)));
            Bind<TargetGradient>("Backward", 20)(p, new float[20], 0.1f, dz, 1);
            Assert.Equal(20, dz.Count(float.IsNaN));
        }
    }

    [Theory]
    [InlineData(-0.1f)]
    [InlineData(1f)]
    [InlineData(float.NaN)]
    public void Smoothing_out_of_its_range_throws_before_anything_is_written(float smoothing)
    {
        FramedBlock x = FramedBlock.Destination(6);

        foreach (Action call in (Action[])
        [
            () => Bind<LabelLoss>("Forward", 3)(new float[6], new int[2], smoothing, x.Span, 2),
            () => Bind<TargetLoss>("Forward", 3)(new float[6], new float[6], smoothing, x.Span, 2),
            () => Bind<LabelGradient>("Backward", 3)(new float[6], new int[2], smoothing, x.Span, 2),
            () => Bind<TargetGradient>("Backward", 3)(new float[6], new float[6], smoothing, x.Span, 2),
        ])
        {
            ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(nameof(smoothing), call);

            Assert.Equal(smoothing, exception.ActualValue);
        }

        x.AssertNothingIsWritten();
    }

    [Fact]
    public void Kernel_with_a_span_too_short_or_a_label_that_is_no_class_throws_before_it_writes()
    {
        FramedBlock x = FramedBlock.Destination(12);

        SoftmaxTests.AssertTooShort("z", () => Bind<LabelLoss>("Forward", 3)(new float[11], new int[4], 0.1f, x.Span, 4));
        SoftmaxTests.AssertTooShort("targets", () => Bind<TargetLoss>("Forward", 3)(new float[12], new float[11], 0.1f, x.Span, 4));
        SoftmaxTests.AssertTooShort("p", () => Bind<LabelLoss>("Forward", 3)(new float[12], new int[4], 0.1f, x.Span[..11], 4));
        SoftmaxTests.AssertTooShort("dz", () => Bind<LabelGradient>("Backward", 3)(new float[12], new int[4], 0.1f, x.Span[..11], 4));
        SoftmaxTests.AssertTooShort("dz", () => Bind<TargetGradient>("Backward", 3)(new float[12], new float[12], 0.1f, x.Span[..11], 4));
        Assert.Throws<ArgumentOutOfRangeException>("labels", () => Bind<LabelLoss>("Forward", 3)(new float[12], [0, 3, 1, 2], 0.1f, x.Span, 4));
        Assert.Throws<ArgumentOutOfRangeException>("labels", () => Bind<LabelGradient>("Backward", 3)(new float[12], [-2, 0, 1, 2], 0.1f, x.Span, 4));
        x.AssertNothingIsWritten();
    }

    internal static double[] Smooth(float[] targets, int classes, float smoothing) =>
        [.. targets.Select(target => (target * (1.0 - smoothing)) + ((double)smoothing / classes))];

    private static TKernel Bind<TKernel>(string method, int classes)
        where TKernel : Delegate =>
        BinaryDimension.Bind<TKernel>(typeof(Nnfs.Kernels.SoftmaxCrossEntropy), method, classes);
}
