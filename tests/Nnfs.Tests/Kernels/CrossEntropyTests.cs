using Nnfs.Catalogue.Layers;
using Nnfs.Catalogue.Losses;
using static Nnfs.Tests.Numbers;

namespace Nnfs.Tests.Kernels;

/// <summary>Both cross-entropies, of probabilities and of logits, with labels and with targets.</summary>
public class CrossEntropyTests
{
    private delegate float LabelLoss(ReadOnlySpan<float> p, ReadOnlySpan<int> labels, int samples);

    private delegate float TargetLoss(ReadOnlySpan<float> p, ReadOnlySpan<float> targets, int samples);

    private delegate float FusedLabelLoss(ReadOnlySpan<float> z, ReadOnlySpan<int> labels, Span<float> p, int samples);

    private delegate float FusedTargetLoss(ReadOnlySpan<float> z, ReadOnlySpan<float> targets, Span<float> p, int samples);

    private delegate void LabelGradient(ReadOnlySpan<float> p, ReadOnlySpan<int> labels, Span<float> dx, int samples);

    private delegate void TargetGradient(ReadOnlySpan<float> p, ReadOnlySpan<float> targets, Span<float> dx, int samples);

    public static TheoryData<int> Classes => KernelSizes.Theory;

    public static TheoryData<Type> Kernels => [typeof(Nnfs.Kernels.CategoricalCrossEntropy), typeof(Nnfs.Kernels.SoftmaxCrossEntropy)];

    [Theory]
    [MemberData(nameof(Classes))]
    public void CategoricalCrossEntropy_of_any_number_of_classes_agrees_with_the_specification(int classes)
    {
        LabelLoss labelLoss = BinaryDimension.Bind<LabelLoss>(typeof(Nnfs.Kernels.CategoricalCrossEntropy), "Forward", classes);
        TargetLoss targetLoss = BinaryDimension.Bind<TargetLoss>(typeof(Nnfs.Kernels.CategoricalCrossEntropy), "Forward", classes);
        LabelGradient labelGradient = BinaryDimension.Bind<LabelGradient>(typeof(Nnfs.Kernels.CategoricalCrossEntropy), "Backward", classes);
        TargetGradient targetGradient = BinaryDimension.Bind<TargetGradient>(typeof(Nnfs.Kernels.CategoricalCrossEntropy), "Backward", classes);

        foreach (int samples in KernelSizes.Samples)
        {
            float[] probabilities = SoftmaxTests.Probabilities(samples, classes);
            int[] labels = Numbers.Labels(samples, classes, seed: classes);
            float[] oneHot = Numbers.OneHot(labels, classes);
            float[] soft = Soft(samples, classes);
            double[] exact = ToDoubles(probabilities);
            FramedBlock p = FramedBlock.Source(probabilities, misalignment: samples % 4);

            if (samples > 0)
            {
                // Computed in float64, rounded at the end.
                const double Tolerance = 16 * 2 * Numbers.Rounding;
                double ofOneHot = CategoricalCrossEntropyLoss.Forward(exact, ToDoubles(oneHot), samples);
                Assert.Equal(ofOneHot, labelLoss(p.Span, labels, samples), Tolerance);
                Assert.Equal(ofOneHot, targetLoss(p.Span, oneHot, samples), Tolerance);
                Assert.Equal(CategoricalCrossEntropyLoss.Forward(exact, ToDoubles(soft), samples), targetLoss(p.Span, soft, samples), Tolerance);
            }

            foreach (float[] targets in (float[][])[oneHot, soft])
            {
                FramedBlock dp = FramedBlock.Destination(samples * classes, misalignment: classes % 5);
                targetGradient(p.Span, FramedBlock.Source(targets, misalignment: classes % 4).Span, dp.Span, samples);
                double[] expected = CategoricalCrossEntropyLoss.Backward(exact, ToDoubles(targets), samples);
                Numbers.AssertClose(expected, dp.Span, i => 2 * Numbers.Rounding * Math.Abs(expected[i]), "dp of targets");
                dp.AssertFrameIsIntact();
            }

            FramedBlock ofLabels = FramedBlock.Destination(samples * classes, misalignment: classes % 5);
            labelGradient(p.Span, labels, ofLabels.Span, samples);
            double[] expectedOfLabels = CategoricalCrossEntropyLoss.Backward(exact, ToDoubles(oneHot), samples);
            Numbers.AssertClose(expectedOfLabels, ofLabels.Span, i => 2 * Numbers.Rounding * Math.Abs(expectedOfLabels[i]), "dp of labels");
            ofLabels.AssertFrameIsIntact();
        }
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void SoftmaxCrossEntropy_of_any_number_of_classes_agrees_with_the_specification(int classes)
    {
        FusedLabelLoss labelLoss = BinaryDimension.Bind<FusedLabelLoss>(typeof(Nnfs.Kernels.SoftmaxCrossEntropy), "Forward", classes);
        FusedTargetLoss targetLoss = BinaryDimension.Bind<FusedTargetLoss>(typeof(Nnfs.Kernels.SoftmaxCrossEntropy), "Forward", classes);

        foreach (int samples in KernelSizes.Samples)
        {
            float[] logits = Numbers.Gaussians(samples * classes, seed: classes, scale: 10f);
            int[] labels = Numbers.Labels(samples, classes, seed: classes);
            float[] oneHot = Numbers.OneHot(labels, classes);
            float[] soft = Soft(samples, classes);
            double[] exact = ToDoubles(logits);
            double[] probabilities = SoftmaxLayer.Probabilities(exact, classes);
            FramedBlock z = FramedBlock.Source(logits, misalignment: samples % 4);
            FramedBlock p = FramedBlock.Destination(samples * classes, misalignment: classes % 5);
            double[] losses =
            [
                labelLoss(z.Span, labels, p.Span, samples),
                targetLoss(z.Span, FramedBlock.Source(oneHot, misalignment: classes % 4).Span, p.Span, samples),
                targetLoss(z.Span, FramedBlock.Source(soft, misalignment: classes % 4).Span, p.Span, samples),
            ];

            // As for softmax alone.
            Numbers.AssertClose(probabilities, p.Span, i => ((60 + classes) * Numbers.Rounding * probabilities[i]) + 1.7e-28, "p");
            p.AssertFrameIsIntact();

            if (samples > 0)
            {
                // Differences up to 100 and logarithms up to 5, each rounded a few times; the mean is taken in float64.
                double tolerance = (100 + classes) * 2 * Numbers.Rounding;
                Assert.Equal(SoftmaxCrossEntropyLoss.Forward(exact, ToDoubles(oneHot), classes, samples), losses[0], tolerance);
                Assert.Equal(SoftmaxCrossEntropyLoss.Forward(exact, ToDoubles(oneHot), classes, samples), losses[1], tolerance);
                Assert.Equal(SoftmaxCrossEntropyLoss.Forward(exact, ToDoubles(soft), classes, samples), losses[2], tolerance);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void SoftmaxCrossEntropy_gradient_of_any_number_of_classes_agrees_with_the_specification(int classes)
    {
        LabelGradient labelGradient = BinaryDimension.Bind<LabelGradient>(typeof(Nnfs.Kernels.SoftmaxCrossEntropy), "Backward", classes);
        TargetGradient targetGradient = BinaryDimension.Bind<TargetGradient>(typeof(Nnfs.Kernels.SoftmaxCrossEntropy), "Backward", classes);

        foreach (int samples in KernelSizes.Samples)
        {
            float[] probabilities = SoftmaxTests.Probabilities(samples, classes);
            int[] labels = Numbers.Labels(samples, classes, seed: classes);
            float[] oneHot = Numbers.OneHot(labels, classes);
            float[] soft = Soft(samples, classes);
            FramedBlock p = FramedBlock.Source(probabilities, misalignment: samples % 4);
            FramedBlock ofLabels = FramedBlock.Destination(samples * classes, misalignment: classes % 5);
            FramedBlock ofOneHot = FramedBlock.Destination(samples * classes, misalignment: classes % 4);
            FramedBlock ofSoft = FramedBlock.Destination(samples * classes, misalignment: classes % 3);

            labelGradient(p.Span, labels, ofLabels.Span, samples);
            targetGradient(p.Span, FramedBlock.Source(oneHot, misalignment: classes % 4).Span, ofOneHot.Span, samples);
            targetGradient(p.Span, FramedBlock.Source(soft, misalignment: classes % 4).Span, ofSoft.Span, samples);

            // Probabilities in float32 sum to 1 within a rounding for each.
            double tolerance = (classes + 6) * Numbers.Rounding / Math.Max(1, samples);
            Numbers.AssertClose(
                SoftmaxCrossEntropyLoss.Backward(ToDoubles(probabilities), ToDoubles(oneHot), classes, samples), ofLabels.Span, tolerance, "dz of labels");
            Numbers.AssertClose(
                SoftmaxCrossEntropyLoss.Backward(ToDoubles(probabilities), ToDoubles(soft), classes, samples), ofSoft.Span, tolerance, "dz of soft targets");
            Assert.Equal(ofLabels.Span, ofOneHot.Span);
            ofLabels.AssertFrameIsIntact();
            ofOneHot.AssertFrameIsIntact();
            ofSoft.AssertFrameIsIntact();
        }
    }

    [Fact]
    public void SoftmaxCrossEntropy_gradient_of_a_sure_network_keeps_its_digits()
    {
        // 1 − 2⁻²⁴·… has no digits left of 3e-9; the sum of the other probabilities has all.
        float[] p = [1f, 1e-9f, 2e-9f];
        float[] dz = new float[3];

        BinaryDimension.Bind<LabelGradient>(typeof(Nnfs.Kernels.SoftmaxCrossEntropy), "Backward", 3)(p, [0], dz, 1);
        Numbers.AssertClose([-3e-9, 1e-9, 2e-9], dz, 1e-15, "dz of labels");

        BinaryDimension.Bind<TargetGradient>(typeof(Nnfs.Kernels.SoftmaxCrossEntropy), "Backward", 3)(p, [1f, 0f, 0f], dz, 1);
        Numbers.AssertClose([-3e-9, 1e-9, 2e-9], dz, 1e-15, "dz of targets");
    }

    [Fact]
    public void SoftmaxCrossEntropy_of_hopeless_classes_that_are_no_target_is_finite()
    {
        float[] z = [float.MaxValue, -float.MaxValue, 0f];
        float[] p = new float[3];

        Assert.Equal(0f, BinaryDimension.Bind<FusedTargetLoss>(typeof(Nnfs.Kernels.SoftmaxCrossEntropy), "Forward", 3)(z, [1f, 0f, 0f], p, 1));
        Assert.Equal(0f, BinaryDimension.Bind<FusedLabelLoss>(typeof(Nnfs.Kernels.SoftmaxCrossEntropy), "Forward", 3)(z, [0], p, 1));
        Assert.Equal([1f, 0f, 0f], p);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Backward_with_bad_arguments_throws_before_it_writes(Type kernel)
    {
        LabelGradient ofLabels = BinaryDimension.Bind<LabelGradient>(kernel, "Backward", 3);
        TargetGradient ofTargets = BinaryDimension.Bind<TargetGradient>(kernel, "Backward", 3);
        string destination = kernel == typeof(Nnfs.Kernels.SoftmaxCrossEntropy) ? "dz" : "dp";
        FramedBlock dx = FramedBlock.Destination(12);

        SoftmaxTests.AssertTooShort("p", () => ofLabels(new float[11], new int[4], dx.Span, 4));
        SoftmaxTests.AssertTooShort("p", () => ofTargets(new float[11], new float[12], dx.Span, 4));
        SoftmaxTests.AssertTooShort("targets", () => ofTargets(new float[12], new float[11], dx.Span, 4));
        SoftmaxTests.AssertTooShort(destination, () => ofLabels(new float[12], new int[4], dx.Span[..11], 4));
        SoftmaxTests.AssertTooShort(destination, () => ofTargets(new float[12], new float[12], dx.Span[..11], 4));
        AssertBadLabels(labels => ofLabels(new float[12], labels, dx.Span, 4));
        dx.AssertNothingIsWritten();
    }

    [Fact]
    public void SoftmaxCrossEntropy_with_bad_arguments_throws_before_it_writes()
    {
        FusedLabelLoss ofLabels = BinaryDimension.Bind<FusedLabelLoss>(typeof(Nnfs.Kernels.SoftmaxCrossEntropy), "Forward", 3);
        FusedTargetLoss ofTargets = BinaryDimension.Bind<FusedTargetLoss>(typeof(Nnfs.Kernels.SoftmaxCrossEntropy), "Forward", 3);
        FramedBlock p = FramedBlock.Destination(12);

        SoftmaxTests.AssertTooShort("z", () => ofLabels(new float[11], new int[4], p.Span, 4));
        SoftmaxTests.AssertTooShort("z", () => ofTargets(new float[11], new float[12], p.Span, 4));
        SoftmaxTests.AssertTooShort("targets", () => ofTargets(new float[12], new float[11], p.Span, 4));
        SoftmaxTests.AssertTooShort("p", () => ofLabels(new float[12], new int[4], p.Span[..11], 4));
        SoftmaxTests.AssertTooShort("p", () => ofTargets(new float[12], new float[12], p.Span[..11], 4));
        AssertBadLabels(labels => ofLabels(new float[12], labels, p.Span, 4));
        p.AssertNothingIsWritten();
    }

    [Fact]
    public void CategoricalCrossEntropy_with_bad_arguments_throws()
    {
        LabelLoss ofLabels = BinaryDimension.Bind<LabelLoss>(typeof(Nnfs.Kernels.CategoricalCrossEntropy), "Forward", 3);
        TargetLoss ofTargets = BinaryDimension.Bind<TargetLoss>(typeof(Nnfs.Kernels.CategoricalCrossEntropy), "Forward", 3);

        SoftmaxTests.AssertTooShort("p", () => ofLabels(new float[11], new int[4], 4));
        SoftmaxTests.AssertTooShort("p", () => ofTargets(new float[11], new float[12], 4));
        SoftmaxTests.AssertTooShort("targets", () => ofTargets(new float[12], new float[11], 4));
        AssertBadLabels(labels => ofLabels(new float[12], labels, 4));
    }

    private static void AssertBadLabels(Action<int[]> call)
    {
        ArgumentException count = Assert.Throws<ArgumentException>("labels", () => call([0, 1, 2]));
        Assert.Contains("Expected 4 values (4 samples of 1), but the length is 3.", count.Message, StringComparison.Ordinal);

        foreach (int label in (int[])[-2, 3, int.MinValue, int.MaxValue])
        {
            ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>("labels", () => call([0, 2, label, 1]));

            Assert.Equal(label, exception.ActualValue);
            Assert.Contains(
                $"Expected labels from 0 to 2, or -1 for a position that does not count, but labels[2] is {label}.",
                exception.Message,
                StringComparison.Ordinal);
        }
    }

    /// <summary>Targets that are distributions, with some classes excluded.</summary>
    private static float[] Soft(int samples, int classes)
    {
        float[] targets = SoftmaxTests.Probabilities(samples, classes);

        for (int i = 0; i + 1 < targets.Length; i += 3)
        {
            if (i / classes == (i + 1) / classes)
            {
                targets[i + 1] += targets[i];
                targets[i] = 0f;
            }
        }

        return targets;
    }
}
