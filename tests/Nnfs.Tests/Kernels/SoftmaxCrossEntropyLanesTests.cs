using Nnfs.Catalogue.Layers;
using Nnfs.Catalogue.Losses;
using static Nnfs.Tests.Numbers;

namespace Nnfs.Tests.Kernels;

public class SoftmaxCrossEntropyLanesTests
{
    private delegate float LabelLoss(ReadOnlySpan<float> z, ReadOnlySpan<int> labels, Span<float> p, int stride, int samples);

    private delegate float TargetLoss(ReadOnlySpan<float> z, ReadOnlySpan<float> targets, Span<float> p, int stride, int samples);

    private delegate void LabelGradient(ReadOnlySpan<float> p, ReadOnlySpan<int> labels, Span<float> dz, int stride, int samples);

    private delegate void TargetGradient(ReadOnlySpan<float> p, ReadOnlySpan<float> targets, Span<float> dz, int stride, int samples);

    private delegate float RowLoss(ReadOnlySpan<float> z, ReadOnlySpan<int> labels, Span<float> p, int samples);

    private delegate void RowGradient(ReadOnlySpan<float> p, ReadOnlySpan<int> labels, Span<float> dz, int samples);

    public static TheoryData<int> Classes => KernelSizes.Theory;

    [Theory]
    [MemberData(nameof(Classes))]
    public void Forward_of_any_number_of_classes_agrees_with_the_specification_and_with_rows(int classes)
    {
        LabelLoss labelLoss = Bind<LabelLoss>("Forward", classes);
        TargetLoss targetLoss = Bind<TargetLoss>("Forward", classes);
        RowLoss rowLoss = BinaryDimension.Bind<RowLoss>(typeof(Nnfs.Kernels.SoftmaxCrossEntropy), "Forward", classes);

        foreach (int samples in LanesBlock.Samples)
        {
            int stride = Nnfs.Kernels.Lanes.Stride(samples);
            float[] logits = Numbers.Gaussians(samples * classes, seed: classes, scale: 10f);
            int[] labels = Numbers.Labels(samples, classes, seed: classes + samples);
            float[] oneHot = Numbers.OneHot(labels, classes);
            float[] soft = SoftmaxTests.Probabilities(samples, classes);
            double[] exact = ToDoubles(logits);
            double[] probabilities = SoftmaxLayer.Probabilities(exact, classes);

            // What the fillers' logits are must not count.
            FramedBlock z = FramedBlock.Source(LanesBlock.Of(logits, classes, stride, samples, filler: 88f));
            FramedBlock p = FramedBlock.Destination(z.Span.Length);
            FramedBlock pOfTargets = FramedBlock.Destination(z.Span.Length);
            double[] losses =
            [
                labelLoss(z.Span, labels, p.Span, stride, samples),
                targetLoss(z.Span, LanesBlock.Of(oneHot, classes, stride, samples), pOfTargets.Span, stride, samples),
                targetLoss(z.Span, LanesBlock.Of(soft, classes, stride, samples), pOfTargets.Span, stride, samples),
            ];

            float[] rows = LanesBlock.Rows(p.Span, classes, stride, samples);
            Numbers.AssertClose(probabilities, rows, i => ((60 + classes) * Numbers.Rounding * probabilities[i]) + 1.7e-28, "p");
            Numbers.AssertSameBits(rows, LanesBlock.Rows(pOfTargets.Span, classes, stride, samples), "p of targets");

            // Differences up to 100 and logarithms up to 5, each rounded a few times, and summed eight or sixteen at a time.
            double tolerance = (100 + classes) * 2 * Numbers.Rounding;
            Assert.Equal(SoftmaxCrossEntropyLoss.Forward(exact, ToDoubles(oneHot), classes, samples), losses[0], tolerance);
            Assert.Equal(SoftmaxCrossEntropyLoss.Forward(exact, ToDoubles(oneHot), classes, samples), losses[1], tolerance);
            Assert.Equal(SoftmaxCrossEntropyLoss.Forward(exact, ToDoubles(soft), classes, samples), losses[2], tolerance);

            float[] pOfRows = new float[logits.Length];
            Assert.Equal(rowLoss(logits, labels, pOfRows, samples), losses[0], tolerance);
            Numbers.AssertClose(ToDoubles(pOfRows), rows, i => ((8 + classes) * Numbers.Rounding * pOfRows[i]) + 1.7e-28, "p beside that of rows");
            p.AssertFrameIsIntact();
            pOfTargets.AssertFrameIsIntact();
            LanesBlock.Fillers(p.Span, classes, stride, samples);
        }
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void Backward_of_any_number_of_classes_agrees_with_the_specification_and_with_rows(int classes)
    {
        LabelGradient labelGradient = Bind<LabelGradient>("Backward", classes);
        TargetGradient targetGradient = Bind<TargetGradient>("Backward", classes);
        RowGradient rowGradient = BinaryDimension.Bind<RowGradient>(typeof(Nnfs.Kernels.SoftmaxCrossEntropy), "Backward", classes);

        foreach (int samples in LanesBlock.Samples)
        {
            int stride = Nnfs.Kernels.Lanes.Stride(samples);
            float[] probabilities = SoftmaxTests.Probabilities(samples, classes);
            int[] labels = Numbers.Labels(samples, classes, seed: classes + samples);
            float[] oneHot = Numbers.OneHot(labels, classes);
            float[] soft = SoftmaxTests.Probabilities(samples, classes);
            FramedBlock p = FramedBlock.Source(LanesBlock.Of(probabilities, classes, stride, samples, filler: 1f / classes));
            FramedBlock ofLabels = FramedBlock.Destination(p.Span.Length);
            FramedBlock ofOneHot = FramedBlock.Destination(p.Span.Length);
            FramedBlock ofSoft = FramedBlock.InPlace(LanesBlock.Of(soft, classes, stride, samples));

            labelGradient(p.Span, labels, ofLabels.Span, stride, samples);
            targetGradient(p.Span, LanesBlock.Of(oneHot, classes, stride, samples), ofOneHot.Span, stride, samples);
            targetGradient(p.Span, ofSoft.Span, ofSoft.Span, stride, samples);

            // As for rows: probabilities in float32 sum to 1 within a rounding for each.
            double tolerance = (classes + 6) * Numbers.Rounding / samples;
            double[] exact = ToDoubles(probabilities);
            float[] rows = LanesBlock.Rows(ofLabels.Span, classes, stride, samples);
            Numbers.AssertClose(SoftmaxCrossEntropyLoss.Backward(exact, ToDoubles(oneHot), classes, samples), rows, tolerance, "dz of labels");
            Numbers.AssertClose(
                SoftmaxCrossEntropyLoss.Backward(exact, ToDoubles(soft), classes, samples),
                LanesBlock.Rows(ofSoft.Span, classes, stride, samples),
                tolerance,
                "dz of soft targets");
            Assert.Equal(rows, LanesBlock.Rows(ofOneHot.Span, classes, stride, samples));

            float[] ofRows = new float[probabilities.Length];
            rowGradient(probabilities, labels, ofRows, samples);
            Numbers.AssertClose(ToDoubles(ofRows), rows, i => (classes + 2) * Numbers.Rounding * Math.Abs(ofRows[i]), "dz beside that of rows");

            foreach (FramedBlock dz in (FramedBlock[])[ofLabels, ofOneHot])
            {
                dz.AssertFrameIsIntact();
                Assert.All(LanesBlock.Fillers(dz.Span, classes, stride, samples), static filler => Assert.Equal(0f, filler));
            }
        }
    }

    [Fact]
    public void Label_in_any_lane_takes_its_own_logit()
    {
        // The last class of the last sample, and every class in every lane of two groups.
        const int Groups = 32;
        LabelLoss loss = Bind<LabelLoss>("Forward", 5);
        LabelGradient gradient = Bind<LabelGradient>("Backward", 5);
        float[] p = new float[5 * Groups];
        float[] dz = new float[5 * Groups];

        for (int samples = 1; samples <= Groups; samples++)
        {
            float[] rows = Numbers.Gaussians(samples * 5, seed: samples);
            int[] labels = [.. Enumerable.Range(0, samples).Select(static i => 4 - (i % 5))];
            float[] z = LanesBlock.Of(rows, 5, Groups, samples);

            float actual = loss(z, labels, p, Groups, samples);
            gradient(p, labels, dz, Groups, samples);

            double expected = SoftmaxCrossEntropyLoss.Forward(ToDoubles(rows), ToDoubles(Numbers.OneHot(labels, 5)), 5, samples);
            Assert.Equal(expected, actual, 10 * Numbers.Rounding * Math.Max(1, expected));
            Assert.All(labels.Select((label, i) => dz[(label * Groups) + i]), static value => Assert.True(value < 0f));
        }
    }

    [Fact]
    public void Gradient_of_a_sure_network_keeps_its_digits()
    {
        float[] p = LanesBlock.Of([1f, 1e-9f, 2e-9f], 3, 16, 1);
        float[] dz = new float[48];

        Bind<LabelGradient>("Backward", 3)(p, [0], dz, 16, 1);
        Numbers.AssertClose([-3e-9, 1e-9, 2e-9], LanesBlock.Rows(dz, 3, 16, 1), 1e-15, "dz of labels");

        Bind<TargetGradient>("Backward", 3)(p, LanesBlock.Of([1f, 0f, 0f], 3, 16, 1), dz, 16, 1);
        Numbers.AssertClose([-3e-9, 1e-9, 2e-9], LanesBlock.Rows(dz, 3, 16, 1), 1e-15, "dz of targets");
    }

    [Fact]
    public void Forward_of_hopeless_classes_that_are_no_target_is_finite()
    {
        float[] z = LanesBlock.Of([float.MaxValue, -float.MaxValue, 0f], 3, 16, 1);
        float[] p = new float[48];

        Assert.Equal(0f, Bind<TargetLoss>("Forward", 3)(z, LanesBlock.Of([1f, 0f, 0f], 3, 16, 1), p, 16, 1));
        Assert.Equal(0f, Bind<LabelLoss>("Forward", 3)(z, [0], p, 16, 1));
        Assert.Equal([1f, 0f, 0f], LanesBlock.Rows(p, 3, 16, 1));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Forward_of_a_logit_that_is_no_number_gives_a_loss_that_is_none(float bad)
    {
        for (int place = 0; place < 3; place++)
        {
            for (int label = 0; label < 3; label++)
            {
                float[] rows = [1f, 2f, 3f, 1f, 2f, 3f];
                rows[3 + place] = bad;
                float[] z = LanesBlock.Of(rows, 3, 16, 2);
                float[] p = new float[48];
                float[] targets = LanesBlock.Of(Numbers.OneHot([0, label], 3), 3, 16, 2);

                Assert.True(float.IsNaN(Bind<LabelLoss>("Forward", 3)(z, [0, label], p, 16, 2)), $"label {label}, bad logit {place}");
                Assert.True(float.IsNaN(Bind<TargetLoss>("Forward", 3)(z, targets, p, 16, 2)), $"target {label}, bad logit {place}");
            }
        }
    }

    [Fact]
    public void Fillers_that_are_no_number_do_not_count()
    {
        float[] z = LanesBlock.Of([1f, 2f, 3f], 3, 16, 1, filler: float.NaN);
        float[] p = new float[48];
        float[] dz = new float[48];

        float loss = Bind<LabelLoss>("Forward", 3)(z, [2], p, 16, 1);
        Bind<LabelGradient>("Backward", 3)(p, [2], dz, 16, 1);

        Assert.Equal(Math.Log(1 + Math.Exp(-1) + Math.Exp(-2)), loss, 1e-7);
        Assert.All(LanesBlock.Fillers(dz, 3, 16, 1), static filler => Assert.Equal(0f, filler));
    }

    [Theory]
    [InlineData("x", 47, 4, 48)]
    [InlineData("x", 0, 4, 48)]
    [InlineData("answers", 48, 3, 48)]
    [InlineData("y", 48, 4, 47)]
    [InlineData("y", 48, 4, 0)]
    public void Kernel_with_a_span_too_short_throws_before_it_writes(string which, int length, int answers, int destination)
    {
        FramedBlock y = FramedBlock.Destination(destination);
        string[] forward = ["z", "labels", "targets", "p"];
        string[] backward = ["p", "labels", "targets", "dz"];
        float[] targets = new float[answers == 4 ? 48 : 47];
        string Name(string[] names, int answer) => which switch { "x" => names[0], "y" => names[3], _ => names[answer] };

        Assert.Throws<ArgumentException>(Name(forward, 1), () => Bind<LabelLoss>("Forward", 3)(new float[length], new int[answers], y.Span, 16, 4));
        Assert.Throws<ArgumentException>(Name(forward, 2), () => Bind<TargetLoss>("Forward", 3)(new float[length], targets, y.Span, 16, 4));
        Assert.Throws<ArgumentException>(Name(backward, 1), () => Bind<LabelGradient>("Backward", 3)(new float[length], new int[answers], y.Span, 16, 4));
        Assert.Throws<ArgumentException>(Name(backward, 2), () => Bind<TargetGradient>("Backward", 3)(new float[length], targets, y.Span, 16, 4));
        y.AssertNothingIsWritten();
    }

    private static TKernel Bind<TKernel>(string method, int classes)
        where TKernel : Delegate =>
        BinaryDimension.Bind<TKernel>(typeof(Nnfs.Kernels.SoftmaxCrossEntropyLanes), method, classes);
}
