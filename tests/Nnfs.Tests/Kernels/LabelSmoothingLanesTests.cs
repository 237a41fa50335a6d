using Nnfs.Catalogue.Losses;
using static Nnfs.Tests.Numbers;

namespace Nnfs.Tests.Kernels;

/// <summary>Softmax cross-entropy of targets that are partly spread over all classes, with samples in the lanes.</summary>
public class LabelSmoothingLanesTests
{
    internal delegate float LabelLoss(ReadOnlySpan<float> z, ReadOnlySpan<int> labels, float smoothing, Span<float> p, int stride, int samples);

    internal delegate float TargetLoss(ReadOnlySpan<float> z, ReadOnlySpan<float> targets, float smoothing, Span<float> p, int stride, int samples);

    internal delegate void LabelGradient(ReadOnlySpan<float> p, ReadOnlySpan<int> labels, float smoothing, Span<float> dz, int stride, int samples);

    internal delegate void TargetGradient(ReadOnlySpan<float> p, ReadOnlySpan<float> targets, float smoothing, Span<float> dz, int stride, int samples);

    private delegate void ProbabilityKernel(ReadOnlySpan<float> x, Span<float> y, int stride, int samples);

    public static TheoryData<int> Classes => KernelSizes.Theory;

    [Theory]
    [MemberData(nameof(Classes))]
    public void Loss_of_any_number_of_classes_agrees_with_the_specification(int classes)
    {
        LabelLoss labelLoss = Bind<LabelLoss>("Forward", classes);
        TargetLoss targetLoss = Bind<TargetLoss>("Forward", classes);
        ProbabilityKernel softmax = BinaryDimension.Bind<ProbabilityKernel>(typeof(Nnfs.Kernels.SoftmaxLanes), "Forward", classes);

        foreach (int samples in LanesBlock.Samples)
        {
            int stride = Nnfs.Kernels.Lanes.Stride(samples);
            float[] logits = Numbers.Gaussians(samples * classes, seed: classes, scale: 10f);
            int[] labels = Numbers.Labels(samples, classes, seed: classes + samples);
            float[] oneHot = Numbers.OneHot(labels, classes);
            float[] soft = SoftmaxTests.Probabilities(samples, classes);
            double[] exact = ToDoubles(logits);

            // What the fillers' logits are must not count.
            FramedBlock z = FramedBlock.Source(LanesBlock.Of(logits, classes, stride, samples, filler: 88f));
            FramedBlock p = FramedBlock.Destination(z.Span.Length);
            float[] probabilities = new float[z.Span.Length];
            softmax(z.Span, probabilities, stride, samples);

            foreach (float smoothing in (float[])[0.1f, 0.9f])
            {
                double[] losses =
                [
                    labelLoss(z.Span, labels, smoothing, p.Span, stride, samples),
                    targetLoss(z.Span, LanesBlock.Of(oneHot, classes, stride, samples), smoothing, p.Span, stride, samples),
                    targetLoss(z.Span, LanesBlock.Of(soft, classes, stride, samples), smoothing, p.Span, stride, samples),
                ];

                Numbers.AssertSameBits(
                    LanesBlock.Rows(probabilities, classes, stride, samples), LanesBlock.Rows(p.Span, classes, stride, samples), "p");
                LanesBlock.Fillers(p.Span, classes, stride, samples);
                p.AssertFrameIsIntact();

                // As for rows: differences up to 100 and logarithms up to 5, each rounded a few times.
                double tolerance = (100 + classes) * 2 * Numbers.Rounding;
                double ofOneHot = SoftmaxCrossEntropyLoss.Forward(exact, LabelSmoothingTests.Smooth(oneHot, classes, smoothing), classes, samples);
                double ofSoft = SoftmaxCrossEntropyLoss.Forward(exact, LabelSmoothingTests.Smooth(soft, classes, smoothing), classes, samples);
                Assert.Equal(ofOneHot, losses[0], tolerance);
                Assert.Equal(ofOneHot, losses[1], tolerance);
                Assert.Equal(ofSoft, losses[2], tolerance);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void Gradient_of_any_number_of_classes_agrees_with_the_specification(int classes)
    {
        LabelGradient labelGradient = Bind<LabelGradient>("Backward", classes);
        TargetGradient targetGradient = Bind<TargetGradient>("Backward", classes);

        foreach (int samples in LanesBlock.Samples)
        {
            int stride = Nnfs.Kernels.Lanes.Stride(samples);
            float[] probabilities = SoftmaxTests.Probabilities(samples, classes);
            int[] labels = Numbers.Labels(samples, classes, seed: classes);
            float[] oneHot = Numbers.OneHot(labels, classes);

            // Not a distribution: the sum of each row counts.
            float[] targets = [.. Numbers.Gaussians(samples * classes, seed: classes + 1).Select(Math.Abs)];
            double[] exact = ToDoubles(probabilities);
            FramedBlock p = FramedBlock.Source(LanesBlock.Of(probabilities, classes, stride, samples, filler: 1f / classes));

            foreach (float smoothing in (float[])[0.1f, 0.9f])
            {
                FramedBlock ofLabels = FramedBlock.Destination(p.Span.Length, misalignment: classes % 5);
                FramedBlock ofOneHot = FramedBlock.Destination(p.Span.Length, misalignment: classes % 4);
                FramedBlock ofTargets = FramedBlock.InPlace(LanesBlock.Of(targets, classes, stride, samples), misalignment: classes % 3);

                labelGradient(p.Span, labels, smoothing, ofLabels.Span, stride, samples);
                targetGradient(p.Span, LanesBlock.Of(oneHot, classes, stride, samples), smoothing, ofOneHot.Span, stride, samples);
                targetGradient(p.Span, ofTargets.Span, smoothing, ofTargets.Span, stride, samples);

                // As for rows: probabilities in float32 sum to 1 within a rounding for each.
                double tolerance = (classes + 6) * Numbers.Rounding / samples;
                double[] ofDistribution = SoftmaxCrossEntropyLoss.Backward(exact, LabelSmoothingTests.Smooth(oneHot, classes, smoothing), classes, samples);
                Numbers.AssertClose(ofDistribution, LanesBlock.Rows(ofLabels.Span, classes, stride, samples), tolerance, "dz of labels");
                Numbers.AssertClose(ofDistribution, LanesBlock.Rows(ofOneHot.Span, classes, stride, samples), tolerance, "dz of one-hot targets");

                // A sum of targets is about as many as there are classes, and so are the errors.
                double[] ofAny = SoftmaxCrossEntropyLoss.Backward(exact, LabelSmoothingTests.Smooth(targets, classes, smoothing), classes, samples);
                Numbers.AssertClose(
                    ofAny, LanesBlock.Rows(ofTargets.Span, classes, stride, samples), 4 * tolerance * Math.Max(1, classes / 16.0), "dz of targets");

                // The last block was full of targets: only between its features there is nothing to look for.
                foreach (FramedBlock dz in (FramedBlock[])[ofLabels, ofOneHot])
                {
                    Assert.All(LanesBlock.Fillers(dz.Span, classes, stride, samples), static filler => Assert.Equal(0f, filler));
                    dz.AssertFrameIsIntact();
                }

                ofTargets.AssertFrameIsIntact();
            }
        }
    }

    [Fact]
    public void Class_without_hope_makes_the_loss_infinite_as_it_is_a_target_too()
    {
        float[] p = new float[48];
        float[] z = LanesBlock.Of([1f, float.NegativeInfinity, 2f], 3, 16, 1);

        foreach (int label in (int[])[0, 1, 2])
        {
            float[] targets = LanesBlock.Of(Numbers.OneHot([label], 3), 3, 16, 1);

            Assert.Equal(float.PositiveInfinity, Bind<LabelLoss>("Forward", 3)(z, [label], 0.1f, p, 16, 1));
            Assert.Equal(float.PositiveInfinity, Bind<TargetLoss>("Forward", 3)(z, targets, 0.1f, p, 16, 1));
        }
    }

    [Fact]
    public void Fillers_that_are_no_number_do_not_count()
    {
        float[] z = LanesBlock.Of([1f, 2f, 3f], 3, 16, 1, filler: float.NaN);
        float[] p = new float[48];
        float[] dz = new float[48];

        float loss = Bind<LabelLoss>("Forward", 3)(z, [2], 0.3f, p, 16, 1);
        Bind<LabelGradient>("Backward", 3)(p, [2], 0.3f, dz, 16, 1);

        double expected = SoftmaxCrossEntropyLoss.Forward([1, 2, 3], LabelSmoothingTests.Smooth([0f, 0f, 1f], 3, 0.3f), 3, 1);
        Assert.Equal(expected, loss, 1e-6);
        Assert.All(LanesBlock.Fillers(dz, 3, 16, 1), static filler => Assert.Equal(0f, filler));
    }

    [Fact]
    public void NaN_anywhere_gives_NaN_in_that_sample()
    {
        for (int bad = 0; bad < 20; bad++)
        {
            float[] rows = Numbers.Gaussians(40, seed: 5);
            rows[20 + bad] = float.NaN;
            float[] z = LanesBlock.Of(rows, 20, 16, 2);
            float[] p = new float[320];
            float[] dz = new float[320];

            Assert.True(float.IsNaN(Bind<LabelLoss>("Forward", 20)(z, [3, 7], 0.1f, p, 16, 2)));
            Bind<LabelGradient>("Backward", 20)(p, [3, 7], 0.1f, dz, 16, 2);
            Assert.Equal(20, LanesBlock.Rows(dz, 20, 16, 2).Skip(20).Count(float.IsNaN));
            Assert.Equal(20, dz.Count(float.IsNaN));
        }
    }

    [Theory]
    [InlineData(-0.1f)]
    [InlineData(1f)]
    [InlineData(float.NaN)]
    public void Smoothing_out_of_its_range_throws_before_anything_is_written(float smoothing)
    {
        FramedBlock block = FramedBlock.Destination(48);

        foreach (Action call in (Action[])
        [
            () => Bind<LabelLoss>("Forward", 3)(new float[48], new int[2], smoothing, block.Span, 16, 2),
            () => Bind<TargetLoss>("Forward", 3)(new float[48], new float[48], smoothing, block.Span, 16, 2),
            () => Bind<LabelGradient>("Backward", 3)(new float[48], new int[2], smoothing, block.Span, 16, 2),
            () => Bind<TargetGradient>("Backward", 3)(new float[48], new float[48], smoothing, block.Span, 16, 2),
        ])
        {
            Assert.Throws<ArgumentOutOfRangeException>(nameof(smoothing), call);
        }

        block.AssertNothingIsWritten();
    }

    [Theory]
    [InlineData("x", 47, 4, 48)]
    [InlineData("answers", 48, 3, 48)]
    [InlineData("y", 48, 4, 47)]
    public void Kernel_with_a_span_too_short_throws_before_it_writes(string which, int length, int answers, int destination)
    {
        FramedBlock y = FramedBlock.Destination(destination);
        string[] forward = ["z", "labels", "targets", "p"];
        string[] backward = ["p", "labels", "targets", "dz"];
        float[] targets = new float[answers == 4 ? 48 : 47];
        string Name(string[] names, int answer) => which switch { "x" => names[0], "y" => names[3], _ => names[answer] };

        Assert.Throws<ArgumentException>(Name(forward, 1), () => Bind<LabelLoss>("Forward", 3)(new float[length], new int[answers], 0.1f, y.Span, 16, 4));
        Assert.Throws<ArgumentException>(Name(forward, 2), () => Bind<TargetLoss>("Forward", 3)(new float[length], targets, 0.1f, y.Span, 16, 4));
        Assert.Throws<ArgumentException>(Name(backward, 1), () => Bind<LabelGradient>("Backward", 3)(new float[length], new int[answers], 0.1f, y.Span, 16, 4));
        Assert.Throws<ArgumentException>(Name(backward, 2), () => Bind<TargetGradient>("Backward", 3)(new float[length], targets, 0.1f, y.Span, 16, 4));
        y.AssertNothingIsWritten();
    }

    internal static TKernel Bind<TKernel>(string method, int classes)
        where TKernel : Delegate =>
        BinaryDimension.Bind<TKernel>(typeof(Nnfs.Kernels.SoftmaxCrossEntropyLanes), method, classes);
}
