using Nnfs.Catalogue.Layers;

namespace Nnfs.Tests.Kernels;

public class ActivationLanesTests
{
    /// <summary>A tile of features would show here, if there were one.</summary>
    private static readonly int[] s_features = [1, 2, 7];

    internal delegate void ForwardKernel(ReadOnlySpan<float> x, Span<float> y, int features, int stride, int samples);

    internal delegate void KeepingKernel(ReadOnlySpan<float> x, Span<float> y, Span<float> derivatives, int features, int stride, int samples);

    internal delegate void BackwardKernel(ReadOnlySpan<float> kept, ReadOnlySpan<float> dy, Span<float> dx, int features, int stride, int samples);

    public static TheoryData<string> Names => ActivationTests.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Forward_of_any_number_of_samples_agrees_with_the_specification_and_has_the_bits_of_rows(string name)
    {
        (ElementwiseLayer layer, ElementwiseKernels kernels) = ActivationTests.Find(name);
        ForwardKernel kernel = Bind<ForwardKernel>("Forward", kernels);

        foreach (int features in s_features)
        {
            foreach (int samples in LanesBlock.Samples)
            {
                int stride = Nnfs.Kernels.Lanes.Stride(samples);
                float[] rows = ActivationTests.Mixed(samples * features, seed: samples);
                float[] block = LanesBlock.Of(rows, features, stride, samples, filler: 3f);
                FramedBlock x = FramedBlock.Source(block, misalignment: features % 4);
                FramedBlock y = FramedBlock.Destination(block.Length, misalignment: samples % 5);
                FramedBlock same = FramedBlock.InPlace(block, misalignment: samples % 4);
                float[] ofRows = new float[rows.Length];

                kernel(x.Span, y.Span, features, stride, samples);
                kernel(same.Span, same.Span, features, stride, samples);
                kernels.Forward(rows, ofRows);

                double[] expected = [.. rows.Select(value => layer.Function(value))];
                float[] actual = LanesBlock.Rows(y.Span, features, stride, samples);
                Numbers.AssertClose(expected, actual, i => kernels.Tolerance(rows[i], expected[i]), "y");
                Numbers.AssertSameBits(ofRows, actual, "y beside that of rows");
                Numbers.AssertSameBits(actual, LanesBlock.Rows(same.Span, features, stride, samples), "y in place");
                LanesBlock.Fillers(y.Span, features, stride, samples);
                y.AssertFrameIsIntact();
                same.AssertFrameIsIntact();
            }
        }
    }

    [Theory]
    [MemberData(nameof(ActivationTests.KeepingNames), MemberType = typeof(ActivationTests))]
    public void Forward_that_keeps_derivatives_has_the_bits_of_rows(string name)
    {
        (_, ElementwiseKernels kernels) = ActivationTests.Find(name);
        KeepingKernel kernel = Bind<KeepingKernel>("Forward", kernels);

        foreach (int features in s_features)
        {
            foreach (int samples in LanesBlock.Samples)
            {
                int stride = Nnfs.Kernels.Lanes.Stride(samples);
                float[] rows = ActivationTests.Mixed(samples * features, seed: samples);
                float[] block = LanesBlock.Of(rows, features, stride, samples, filler: 3f);
                FramedBlock y = FramedBlock.Destination(block.Length, misalignment: samples % 5);
                FramedBlock derivatives = FramedBlock.Destination(block.Length, misalignment: features % 4);
                FramedBlock same = FramedBlock.InPlace(block, misalignment: samples % 4);
                FramedBlock derivativesInPlace = FramedBlock.Destination(block.Length);
                float[] ofRows = new float[rows.Length];

                kernel(block, y.Span, derivatives.Span, features, stride, samples);
                kernel(same.Span, same.Span, derivativesInPlace.Span, features, stride, samples);
                kernels.Forward(rows, ofRows);

                float[] expected = kernels.Kept(rows);
                Numbers.AssertSameBits(ofRows, LanesBlock.Rows(y.Span, features, stride, samples), "y beside that of rows");
                Numbers.AssertSameBits(ofRows, LanesBlock.Rows(same.Span, features, stride, samples), "y in place");
                Numbers.AssertSameBits(expected, LanesBlock.Rows(derivatives.Span, features, stride, samples), "derivatives beside those of rows");
                Numbers.AssertSameBits(expected, LanesBlock.Rows(derivativesInPlace.Span, features, stride, samples), "derivatives in place");

                foreach (FramedBlock written in (FramedBlock[])[y, derivatives, same, derivativesInPlace])
                {
                    LanesBlock.Fillers(written.Span, features, stride, samples);
                    written.AssertFrameIsIntact();
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Backward_of_any_number_of_samples_agrees_with_the_specification_and_has_the_bits_of_rows(string name)
    {
        (_, ElementwiseKernels kernels) = ActivationTests.Find(name);
        BackwardKernel kernel = Bind<BackwardKernel>("Backward", kernels);

        foreach (int features in s_features)
        {
            foreach (int samples in LanesBlock.Samples)
            {
                int stride = Nnfs.Kernels.Lanes.Stride(samples);
                float[] keptRows = ActivationTests.Kept(name, ActivationTests.Mixed(samples * features, seed: samples));
                float[] gradients = Numbers.Gaussians(samples * features, seed: 1000 + samples);
                float[] block = LanesBlock.Of(gradients, features, stride, samples);
                FramedBlock kept = FramedBlock.Source(LanesBlock.Of(keptRows, features, stride, samples, filler: 0.5f), misalignment: features % 4);
                FramedBlock dy = FramedBlock.Source(block, misalignment: samples % 3);
                FramedBlock dx = FramedBlock.Destination(block.Length, misalignment: samples % 5);
                FramedBlock same = FramedBlock.InPlace(block, misalignment: samples % 4);
                float[] ofRows = new float[gradients.Length];

                kernel(kept.Span, dy.Span, dx.Span, features, stride, samples);
                kernel(kept.Span, same.Span, same.Span, features, stride, samples);
                kernels.Backward(keptRows, gradients, ofRows);

                double[] expected = [.. keptRows.Zip(gradients, (value, gradient) => kernels.Gradient(value) * gradient)];
                float[] actual = LanesBlock.Rows(dx.Span, features, stride, samples);
                Numbers.AssertClose(expected, actual, i => ActivationTests.GradientTolerance * Math.Abs(gradients[i]), "dx");
                Numbers.AssertSameBits(ofRows, actual, "dx beside that of rows");
                Numbers.AssertSameBits(actual, LanesBlock.Rows(same.Span, features, stride, samples), "dx in place");

                // Fillers stay zero, so that the layer before may sum over them.
                Assert.All(LanesBlock.Fillers(dx.Span, features, stride, samples), static filler => Assert.Equal(0f, filler));
                dx.AssertFrameIsIntact();
                same.AssertFrameIsIntact();
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Kernels_of_no_samples_write_nothing(string name)
    {
        (_, ElementwiseKernels kernels) = ActivationTests.Find(name);
        FramedBlock block = FramedBlock.Destination(48);

        Bind<ForwardKernel>("Forward", kernels)(new float[48], block.Span, 3, 16, 0);
        Bind<BackwardKernel>("Backward", kernels)(new float[48], new float[48], block.Span, 3, 16, 0);

        block.AssertNothingIsWritten();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Kernels_with_a_span_too_short_throw_before_they_write(string name)
    {
        (_, ElementwiseKernels kernels) = ActivationTests.Find(name);
        ForwardKernel forward = Bind<ForwardKernel>("Forward", kernels);
        BackwardKernel backward = Bind<BackwardKernel>("Backward", kernels);
        FramedBlock whole = FramedBlock.Destination(48);
        FramedBlock shorter = FramedBlock.Destination(47);

        Assert.Throws<ArgumentException>("x", () => forward(new float[47], whole.Span, 3, 16, 4));
        Assert.Throws<ArgumentException>("y", () => forward(new float[48], shorter.Span, 3, 16, 4));
        Assert.Throws<ArgumentException>(
            "derivatives", () => Bind<KeepingKernel>("Forward", kernels)(new float[48], whole.Span, shorter.Span, 3, 16, 4));
        Assert.Throws<ArgumentException>("kept", () => backward(new float[47], new float[48], whole.Span, 3, 16, 4));
        Assert.Throws<ArgumentException>("dy", () => backward(new float[48], new float[47], whole.Span, 3, 16, 4));
        Assert.Throws<ArgumentException>("dx", () => backward(new float[48], new float[48], shorter.Span, 3, 16, 4));
        whole.AssertNothingIsWritten();
        shorter.AssertNothingIsWritten();
    }

    internal static TKernel Bind<TKernel>(string method, ElementwiseKernels kernels)
        where TKernel : Delegate =>
        ActivationKernel.Bind<TKernel>(typeof(Nnfs.Kernels.ActivationLanes), method, Type.EmptyTypes, kernels.Activation);
}
