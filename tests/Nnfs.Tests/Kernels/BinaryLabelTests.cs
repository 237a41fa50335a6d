using Nnfs.Catalogue.Losses;

namespace Nnfs.Tests.Kernels;

/// <summary>The losses of binary classification, with labels in place of targets.</summary>
public class BinaryLabelTests
{
    private delegate void LabelGradient(ReadOnlySpan<float> p, ReadOnlySpan<int> labels, Span<float> dx);

    [Fact]
    public void Labels_of_any_number_give_the_bits_that_targets_give()
    {
        foreach (int length in KernelSizes.All)
        {
            int[] labels = Numbers.Labels(length, 2, seed: length);
            float[] targets = [.. labels.Select(static label => (float)label)];
            float[] x = Numbers.Gaussians(length, seed: length, scale: 5f);
            FramedBlock p = FramedBlock.Destination(length, misalignment: length % 3);
            FramedBlock pOfTargets = FramedBlock.Destination(length, misalignment: length % 4);

            Assert.Equal(
                Nnfs.Kernels.SigmoidBinaryCrossEntropy.Forward(x, targets, pOfTargets.Span),
                Nnfs.Kernels.SigmoidBinaryCrossEntropy.Forward(x, labels, p.Span));
            Numbers.AssertSameBits(pOfTargets.Span, p.Span, "p");
            Assert.Equal(Nnfs.Kernels.BinaryCrossEntropy.Forward(p.Span, targets), Nnfs.Kernels.BinaryCrossEntropy.Forward(p.Span, labels));

            AssertSameGradient(Nnfs.Kernels.BinaryCrossEntropy.Backward, Nnfs.Kernels.BinaryCrossEntropy.Backward, p.Span, targets, labels);
            AssertSameGradient(Nnfs.Kernels.SigmoidBinaryCrossEntropy.Backward, Nnfs.Kernels.SigmoidBinaryCrossEntropy.Backward, p.Span, targets, labels);
            p.AssertFrameIsIntact();
        }
    }

    [Fact]
    public void Labels_that_are_not_one_for_each_output_or_neither_0_nor_1_throw_before_anything_is_written()
    {
        FramedBlock p = FramedBlock.Destination(4);

        AssertBadLabels(labels => Nnfs.Kernels.BinaryCrossEntropy.Forward(new float[4], labels));
        AssertBadLabels(labels => Nnfs.Kernels.BinaryCrossEntropy.Backward(new float[4], labels, p.Span));
        AssertBadLabels(labels => Nnfs.Kernels.SigmoidBinaryCrossEntropy.Forward(new float[4], labels, p.Span));
        AssertBadLabels(labels => Nnfs.Kernels.SigmoidBinaryCrossEntropy.Backward(new float[4], labels, p.Span));
        p.AssertNothingIsWritten();
    }

    [Fact]
    public void Destinations_of_another_length_throw_before_they_are_written()
    {
        int[] labels = new int[20];
        FramedBlock x = FramedBlock.Destination(19);

        LossTests.AssertOtherLength("dp", 19, () => Nnfs.Kernels.BinaryCrossEntropy.Backward(new float[20], labels, x.Span));
        LossTests.AssertOtherLength("p", 19, () => Nnfs.Kernels.SigmoidBinaryCrossEntropy.Forward(new float[20], labels, x.Span));
        LossTests.AssertOtherLength("dz", 19, () => Nnfs.Kernels.SigmoidBinaryCrossEntropy.Backward(new float[20], labels, x.Span));
        x.AssertNothingIsWritten();
    }

    private static void AssertSameGradient(
        LossKernels.BackwardKernel ofTargets, LabelGradient ofLabels, ReadOnlySpan<float> p, ReadOnlySpan<float> targets, ReadOnlySpan<int> labels)
    {
        FramedBlock expected = FramedBlock.Destination(p.Length);
        FramedBlock actual = FramedBlock.Destination(p.Length, misalignment: 1);

        ofTargets(p, targets, expected.Span);
        ofLabels(p, labels, actual.Span);

        Numbers.AssertSameBits(expected.Span, actual.Span, "gradient");
        actual.AssertFrameIsIntact();
    }

    private static void AssertBadLabels(Action<int[]> call)
    {
        Assert.Throws<ArgumentException>("labels", () => call([0, 1, 1]));
        Assert.Throws<ArgumentException>("labels", () => call([0, 1, 1, 0, 1]));

        foreach (int label in (int[])[-1, 2, int.MinValue, int.MaxValue])
        {
            ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>("labels", () => call([0, 1, label, 1]));

            Assert.Equal(label, exception.ActualValue);
            Assert.Contains($"Expected labels from 0 to 1, but labels[2] is {label}.", exception.Message, StringComparison.Ordinal);
        }
    }
}
