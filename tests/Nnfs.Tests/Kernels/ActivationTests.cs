using Nnfs.Catalogue.Layers;

namespace Nnfs.Tests.Kernels;

public class ActivationTests
{
    private const int GreatestLength = 130;
    private const int GreatestMisalignment = 5;

    /// <summary>The greatest error of what a gradient is multiplied by: the largest that the documentation of a kernel says.</summary>
    internal const double GradientTolerance = 3e-7;

    /// <summary>Numbers at which signs, zero, saturation and overflow matter.</summary>
    private static readonly float[] s_special =
    [
        0f, -0f, float.Epsilon, -float.Epsilon, 1e-20f, -1e-20f, 20f, -20f, -64f, -87.4f, 100f, -100f,
        float.MaxValue, -float.MaxValue, float.PositiveInfinity, float.NegativeInfinity,
    ];

    private static readonly ElementwiseLayer[] s_layers =
        [.. LayerEntries.All.SelectMany(static entry => entry.Examples).OfType<ElementwiseLayer>().Where(static layer => layer.Kernels is not null)];

    /// <summary>The attributes of all layers that kernels change value by value.</summary>
    public static TheoryData<string> Names => [.. s_layers.Select(static layer => layer.Attribute)];

    /// <summary>Those of them whose outputs do not tell the gradient.</summary>
    public static TheoryData<string> KeepingNames =>
        [.. s_layers.Where(static layer => layer.Kernels is { TakesOutputs: false }).Select(static layer => layer.Attribute)];

    /// <summary>Those layers.</summary>
    internal static IReadOnlyList<ElementwiseLayer> Layers => s_layers;

    [Theory]
    [MemberData(nameof(Names))]
    public void Forward_of_any_length_and_alignment_agrees_with_the_specification(string name)
    {
        (ElementwiseLayer layer, ElementwiseKernels kernels) = Find(name);

        for (int length = 0; length <= GreatestLength; length++)
        {
            for (int misalignment = 0; misalignment < GreatestMisalignment; misalignment++)
            {
                float[] content = Mixed(length, seed: length);
                FramedBlock x = FramedBlock.Source(content, misalignment);
                FramedBlock y = FramedBlock.Destination(length, misalignment + length);
                FramedBlock same = FramedBlock.InPlace(content, misalignment);

                kernels.Forward(x.Span, y.Span);
                kernels.Forward(same.Span, same.Span);

                double[] expected = [.. content.Select(value => layer.Function(value))];
                Numbers.AssertClose(expected, y.Span, i => kernels.Tolerance(content[i], expected[i]), "y");
                Numbers.AssertSameBits(y.Span, same.Span, "y in place");
                y.AssertFrameIsIntact();
                same.AssertFrameIsIntact();
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Backward_of_any_length_and_alignment_agrees_with_the_specification(string name)
    {
        (ElementwiseLayer layer, ElementwiseKernels kernels) = Find(name);

        for (int length = 0; length <= GreatestLength; length++)
        {
            for (int misalignment = 0; misalignment < GreatestMisalignment; misalignment++)
            {
                float[] content = Kept(name, Mixed(length, seed: length));
                float[] gradients = Numbers.Gaussians(length, seed: 1000 + length);
                FramedBlock kept = FramedBlock.Source(content, misalignment);
                FramedBlock dy = FramedBlock.Source(gradients, misalignment + 1);
                FramedBlock dx = FramedBlock.Destination(length, misalignment + length);
                FramedBlock same = FramedBlock.InPlace(gradients, misalignment);

                kernels.Backward(kept.Span, dy.Span, dx.Span);
                kernels.Backward(kept.Span, same.Span, same.Span);

                double[] expected = [.. content.Zip(gradients, (value, gradient) => kernels.Gradient(value) * gradient)];
                Numbers.AssertClose(expected, dx.Span, i => GradientTolerance * Math.Abs(gradients[i]), "dx");
                Numbers.AssertSameBits(dx.Span, same.Span, "dx in place");
                dx.AssertFrameIsIntact();
                same.AssertFrameIsIntact();
            }
        }
    }

    [Theory]
    [MemberData(nameof(KeepingNames))]
    public void Forward_that_keeps_derivatives_agrees_with_the_specification_at_any_length_and_alignment(string name)
    {
        (ElementwiseLayer layer, ElementwiseKernels kernels) = Find(name);

        for (int length = 0; length <= GreatestLength; length++)
        {
            for (int misalignment = 0; misalignment < GreatestMisalignment; misalignment++)
            {
                float[] content = Mixed(length, seed: length);
                FramedBlock x = FramedBlock.Source(content, misalignment);
                FramedBlock y = FramedBlock.Destination(length, misalignment + length);
                FramedBlock derivatives = FramedBlock.Destination(length, misalignment + 1);
                FramedBlock same = FramedBlock.InPlace(content, misalignment);
                FramedBlock derivativesInPlace = FramedBlock.Destination(length, misalignment);
                float[] alone = new float[length];

                kernels.ForwardKeeping!(x.Span, y.Span, derivatives.Span);
                kernels.ForwardKeeping!(same.Span, same.Span, derivativesInPlace.Span);
                kernels.Forward(content, alone);

                Numbers.AssertClose([.. content.Select(value => layer.Derivative(value))], derivatives.Span, GradientTolerance, "derivatives");
                Numbers.AssertSameBits(alone, y.Span, "y");
                Numbers.AssertSameBits(alone, same.Span, "y in place");
                Numbers.AssertSameBits(derivatives.Span, derivativesInPlace.Span, "derivatives in place");
                y.AssertFrameIsIntact();
                derivatives.AssertFrameIsIntact();
                same.AssertFrameIsIntact();
            }
        }
    }

    [Theory]
    [MemberData(nameof(KeepingNames))]
    public void Derivatives_at_floats_of_every_size_are_as_exact_as_their_documentation_says(string name)
    {
        (ElementwiseLayer layer, ElementwiseKernels kernels) = Find(name);
        float[] x = [.. Numbers.AllFloats(stride: 4001)];

        float[] derivatives = kernels.Kept(x);

        Numbers.AssertClose([.. x.Select(value => layer.Derivative(value))], derivatives, GradientTolerance, "derivatives");
        Assert.All(kernels.Kept([float.NaN]), static derivative => Assert.Equal(float.NaN, derivative));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Forward_of_floats_of_every_size_is_as_exact_as_its_documentation_says(string name)
    {
        (ElementwiseLayer layer, ElementwiseKernels kernels) = Find(name);
        float[] x = [.. Numbers.AllFloats(stride: 4001)];
        float[] y = new float[x.Length];

        kernels.Forward(x, y);

        double[] expected = [.. x.Select(value => layer.Function(value))];
        Numbers.AssertClose(expected, y, i => kernels.Tolerance(x[i], expected[i]), "y");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Backward_of_floats_of_every_size_is_as_exact_as_its_documentation_says(string name)
    {
        (ElementwiseLayer layer, ElementwiseKernels kernels) = Find(name);
        float[] kept = Kept(name, [.. Numbers.AllFloats(stride: 4001)]);
        float[] ones = [.. Enumerable.Repeat(1f, kept.Length)];
        float[] dx = new float[kept.Length];

        kernels.Backward(kept, ones, dx);

        double[] expected = [.. kept.Select(value => kernels.Gradient(value))];
        Numbers.AssertClose(expected, dx, GradientTolerance, "dx");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Forward_and_backward_agree_with_finite_differences(string name)
    {
        const double Step = 1e-5;
        (ElementwiseLayer layer, ElementwiseKernels kernels) = Find(name);

        float[] x = [.. Numbers.Gaussians(2000, seed: 5, scale: 3f).Where(value => layer.Kinks.All(kink => Math.Abs(value - kink) > 2 * Step))];
        float[] dy = Numbers.Gaussians(x.Length, seed: 6);
        float[] dx = new float[x.Length];

        kernels.Backward(kernels.Kept(x), dy, dx);

        double[] differences = [.. x.Select(value => (layer.Function(value + Step) - layer.Function(value - Step)) / (2 * Step))];
        double[] expected = [.. differences.Zip(dy, static (difference, gradient) => difference * gradient)];

        // The step's square times a third derivative below 2, by 6, and roundings of 10 by the step; outputs that were rounded.
        Numbers.AssertClose(expected, dx, i => (1e-9 + GradientTolerance + (2 * Numbers.Rounding)) * Math.Abs(dy[i]), "dx");
        Numbers.AssertClose([.. x.Select(value => layer.Derivative(value))], Numbers.ToFloats(differences), 1e-9 + Numbers.Rounding, "derivative");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Numbers_alone_and_in_vectors_give_the_same_bits(string name)
    {
        (ElementwiseLayer layer, ElementwiseKernels kernels) = Find(name);
        float[] x = [.. Numbers.AllFloats(stride: 200_003), .. Numbers.Gaussians(1000, seed: 7, scale: 5f)];
        float[] kept = Kept(name, x);
        float[] dy = Numbers.Gaussians(x.Length, seed: 8);
        float[] y = new float[x.Length];
        float[] dx = new float[x.Length];
        float[] ys = new float[x.Length];
        float[] dxs = new float[x.Length];

        kernels.Forward(x, y);
        kernels.Backward(kept, dy, dx);

        for (int i = 0; i < x.Length; i++)
        {
            kernels.Forward(x.AsSpan(i, 1), ys.AsSpan(i));
            kernels.Backward(kept.AsSpan(i, 1), dy.AsSpan(i), dxs.AsSpan(i));
        }

        Numbers.AssertSameBits(kernels.Kept(x), [.. x.SelectMany(value => kernels.Kept([value]))], "kept");

        Numbers.AssertSameBits(y, ys, "y");
        Numbers.AssertSameBits(dx, dxs, "dx");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Denormal_numbers_come_only_of_denormal_numbers(string name)
    {
        // Each costs as much as a hundred others. Inputs and gradients are small, but their products are not denormal.
        (ElementwiseLayer layer, ElementwiseKernels kernels) = Find(name);
        float[] x = [.. Numbers.AllFloats(stride: 4001).Where(static value => Math.Abs(value) > 1e-30f)];
        float[] y = new float[x.Length];
        float[] dy = [.. Enumerable.Repeat(1e-9f, x.Length)];
        float[] dx = new float[x.Length];

        kernels.Forward(x, y);
        kernels.Backward(kernels.Kept(x), dy, dx);

        Assert.DoesNotContain(y, float.IsSubnormal);
        Assert.DoesNotContain(dx, float.IsSubnormal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void NaN_gives_NaN_in_its_place_only(string name)
    {
        (ElementwiseLayer layer, ElementwiseKernels kernels) = Find(name);

        for (int place = 0; place < 37; place++)
        {
            float[] x = Numbers.Gaussians(37, seed: place);
            x[place] = float.NaN;
            float[] y = new float[x.Length];
            float[] dx = new float[x.Length];
            float[] ones = [.. Enumerable.Repeat(1f, x.Length)];

            kernels.Forward(x, y);
            kernels.Backward(ones, x, dx);

            for (int i = 0; i < x.Length; i++)
            {
                Assert.Equal(i == place, float.IsNaN(y[i]));
                Assert.Equal(i == place, float.IsNaN(dx[i]));
            }
        }
    }

    [Fact]
    public void Tanh_of_zero_and_tiny_numbers_is_the_number_itself()
    {
        float[] x = [0f, .. Numbers.AllFloats(stride: 30_011).Where(static value => value != 0f && Math.Abs(value) < 3.7e-9f)];
        float[] y = new float[x.Length];

        Nnfs.Kernels.Tanh.Forward(x, y);

        Numbers.AssertSameBits(x, y, "y");
    }

    [Fact]
    public void HardSwish_is_0_up_to_minus_3_and_its_input_from_3_on()
    {
        float[] x = [float.NegativeInfinity, -1e30f, -4f, -3f, 3f, 4f, 1e30f, float.PositiveInfinity];
        float[] y = new float[8];
        float[] derivatives = new float[8];
        float[] dx = new float[8];

        Nnfs.Kernels.HardSwish.Forward(x, y, derivatives);
        Assert.Equal([0f, 0f, 0f, 0f, 3f, 4f, 1e30f, float.PositiveInfinity], y);

        Nnfs.Kernels.HardSwish.Backward(derivatives, [2f, 2f, 2f, 2f, 2f, 2f, 2f, 2f], dx);
        Assert.Equal([0f, 0f, 0f, 0f, 2f, 2f, 2f, 2f], dx);
    }

    [Fact]
    public void LeakyReLU_with_slope_0_is_ReLU_and_with_slope_1_changes_nothing()
    {
        float[] x = [-2f, -0.5f, 0f, 0.5f, 2f, float.PositiveInfinity];
        float[] y = new float[6];
        float[] dx = new float[6];

        Nnfs.Kernels.LeakyReLU.Forward(x, 0f, y);
        Assert.Equal([0f, 0f, 0f, 0.5f, 2f, float.PositiveInfinity], y);

        Nnfs.Kernels.LeakyReLU.Backward(y, 0f, x, dx);
        Assert.Equal([0f, 0f, 0f, 0.5f, 2f, float.PositiveInfinity], dx);

        Nnfs.Kernels.LeakyReLU.Forward(x, 1f, y);
        Assert.Equal(x, y);

        Nnfs.Kernels.LeakyReLU.Backward(y, 1f, x, dx);
        Assert.Equal(x, dx);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Forward_into_a_longer_span_leaves_the_rest(string name)
    {
        FramedBlock y = FramedBlock.Destination(40);

        Find(name).Kernels.Forward(new float[21], y.Span);

        Assert.False(y.Span[..21].Contains(FramedBlock.Canary));
        Assert.False(y.Span[21..].ContainsAnyExcept(FramedBlock.Canary));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Spans_too_short_throw_before_anything_is_written(string name)
    {
        (ElementwiseLayer layer, ElementwiseKernels kernels) = Find(name);
        FramedBlock shorter = FramedBlock.Destination(19);
        FramedBlock whole = FramedBlock.Destination(20);

        AssertTooShort("y", () => kernels.Forward(new float[20], shorter.Span));
        if (kernels.ForwardKeeping is { } keeping)
        {
            AssertTooShort("y", () => keeping(new float[20], shorter.Span, whole.Span));
            AssertTooShort("derivatives", () => keeping(new float[20], whole.Span, shorter.Span));
        }

        AssertTooShort("dy", () => kernels.Backward(new float[20], new float[19], whole.Span));
        AssertTooShort("dx", () => kernels.Backward(new float[20], new float[20], shorter.Span));

        shorter.AssertNothingIsWritten();
        whole.AssertNothingIsWritten();
    }

    [Theory]
    [InlineData(-0.1f)]
    [InlineData(float.NegativeInfinity)]
    [InlineData(1.1f)]
    [InlineData(float.NaN)]
    public void Slopes_below_0_and_above_1_throw(float slope)
    {
        FramedBlock y = FramedBlock.Destination(20);

        Assert.Throws<ArgumentOutOfRangeException>(nameof(slope), () => Nnfs.Kernels.LeakyReLU.Forward(new float[20], slope, y.Span));
        Assert.Throws<ArgumentOutOfRangeException>(nameof(slope), () => Nnfs.Kernels.LeakyReLU.Backward(new float[20], slope, new float[20], y.Span));
        y.AssertNothingIsWritten();
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    public void Alphas_not_above_0_throw(float alpha)
    {
        FramedBlock y = FramedBlock.Destination(20);

        Assert.Throws<ArgumentOutOfRangeException>(nameof(alpha), () => Nnfs.Kernels.ELU.Forward(new float[20], alpha, y.Span));
        Assert.Throws<ArgumentOutOfRangeException>(nameof(alpha), () => Nnfs.Kernels.ELU.Backward(new float[20], alpha, new float[20], y.Span));
        y.AssertNothingIsWritten();
    }

    private static void AssertTooShort(string parameter, Action call)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(parameter, call);

        Assert.Contains("Expected at least 20 values (1 × 20), but the length is 19.", exception.Message, StringComparison.Ordinal);
    }

    internal static (ElementwiseLayer Layer, ElementwiseKernels Kernels) Find(string attribute)
    {
        ElementwiseLayer layer = s_layers.Single(layer => layer.Attribute == attribute);

        return (layer, layer.Kernels!);
    }

    /// <summary>What the kernel of the gradient takes: the outputs, or the derivatives.</summary>
    internal static float[] Kept(string name, float[] x)
    {
        (ElementwiseLayer layer, ElementwiseKernels kernels) = Find(name);

        return [.. x.Select(value => (float)(kernels.TakesOutputs ? layer.Function(value) : layer.Derivative(value)))];
    }

    internal static float[] Mixed(int length, int seed)
    {
        float[] numbers = Numbers.Gaussians(length, seed, scale: 3f);

        for (int i = seed % 3; i < length; i += 3)
        {
            numbers[i] = s_special[(i + seed) % s_special.Length];
        }

        return numbers;
    }
}
