namespace Nnfs.Tests.Kernels;

public class RegularizationTests
{
    public static TheoryData<float, float> Factors => new() { { 0f, 0f }, { 5e-4f, 0f }, { 0f, 5e-4f }, { 0.3f, 0.7f } };

    [Theory]
    [MemberData(nameof(Factors))]
    public void Loss_of_any_length_agrees_with_the_specification(float l1, float l2)
    {
        foreach (int length in KernelSizes.All.Append(1_000_003))
        {
            float[] parameters = Numbers.Gaussians(length, seed: length);

            float actual = Nnfs.Kernels.Regularization.Loss(FramedBlock.Source(parameters, misalignment: length % 5).Span, l1, l2);

            // Sums are off by at most 4.2e-7; squares and the result are rounded.
            double expected = parameters.Sum(w => Penalty(w, l1, l2));
            Assert.Equal(expected, actual, 1e-6 * expected);
        }
    }

    [Theory]
    [MemberData(nameof(Factors))]
    public void Backward_of_any_length_adds_what_the_specification_says(float l1, float l2)
    {
        foreach (int length in KernelSizes.All)
        {
            float[] parameters = Numbers.Gaussians(length, seed: length);
            float[] before = Numbers.Gaussians(length, seed: length + 1000);
            parameters[length / 2] = length % 2 == 0 ? 0f : -0f;
            FramedBlock w = FramedBlock.Source(parameters, misalignment: length % 5);
            FramedBlock gradients = FramedBlock.InPlace(before, misalignment: length % 3);

            Nnfs.Kernels.Regularization.Backward(w.Span, l1, l2, gradients.Span);

            // A product and two sums, of numbers that may cancel.
            double[] expected = [.. before.Zip(parameters, (gradient, parameter) => gradient + Slope(parameter, l1, l2))];
            Numbers.AssertClose(
                expected, gradients.Span, i => 3 * Numbers.Rounding * (Math.Abs(before[i]) + Math.Abs(Slope(parameters[i], l1, l2))), "gradients");
            gradients.AssertFrameIsIntact();
        }
    }

    [Theory]
    [InlineData(1, 1, 4)]
    [InlineData(5, 3, 4)]
    [InlineData(7, 17, 32)]
    [InlineData(3, 120, 144)]
    [InlineData(2, 16, 16)]
    public void Padding_after_rows_is_neither_counted_nor_changed(int rows, int columns, int stride)
    {
        float[] values = Numbers.Gaussians(rows * columns, seed: 1);
        float[] before = Numbers.Gaussians(rows * columns, seed: 2);
        float[] padded = WithPadding(values);
        float[] gradients = WithPadding(before);
        float[] expected = [.. before];
        Nnfs.Kernels.Regularization.Backward(values, 0.3f, 0.7f, expected);

        float loss = Nnfs.Kernels.Regularization.Loss(padded, columns, stride, 0.3f, 0.7f);
        Nnfs.Kernels.Regularization.Backward(padded, columns, stride, 0.3f, 0.7f, gradients);

        // Sums are off by at most 4.2e-7; squares and the result are rounded.
        double expectedLoss = values.Sum(static w => Penalty(w, 0.3f, 0.7f));
        Assert.Equal(expectedLoss, loss, 1e-6 * expectedLoss);
        Assert.Equal(WithPadding(expected), gradients);

        float[] WithPadding(float[] numbers)
        {
            float[] result = new float[rows * stride];
            Array.Fill(result, float.NaN);

            for (int row = 0; row < rows; row++)
            {
                numbers.AsSpan(row * columns, columns).CopyTo(result.AsSpan(row * stride));
            }

            return result;
        }
    }

    [Fact]
    public void Rows_that_cannot_be_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("columns", static () => Nnfs.Kernels.Regularization.Loss(new float[8], 0, 4, 1f, 1f));
        Assert.Throws<ArgumentOutOfRangeException>("stride", static () => Nnfs.Kernels.Regularization.Loss(new float[8], 5, 4, 1f, 1f));
        Assert.Throws<ArgumentException>("parameters", static () => Nnfs.Kernels.Regularization.Loss(new float[7], 3, 4, 1f, 1f));
        Assert.ThrowsAny<ArgumentException>(static () => Nnfs.Kernels.Regularization.Backward(new float[8], 3, 4, 1f, 1f, new float[7]));
    }

    [Fact]
    public void Gradient_is_that_of_finite_differences()
    {
        const double Step = 1e-4;
        float[] parameters = Numbers.Gaussians(100, seed: 1);
        float[] gradients = new float[100];

        Nnfs.Kernels.Regularization.Backward(parameters, 0.3f, 0.7f, gradients);

        // A square's central difference is exact, and no parameter is so near zero that its sign changes.
        Numbers.AssertClose(
            [.. parameters.Select(static w => (Penalty(w + Step, 0.3f, 0.7f) - Penalty(w - Step, 0.3f, 0.7f)) / (2 * Step))],
            gradients, 1e-6, "gradients");
    }

    [Fact]
    public void Padding_adds_nothing_and_its_gradient_stays_zero()
    {
        float[] parameters = new float[48];
        float[] gradients = new float[48];
        Numbers.Gaussians(33, seed: 1).CopyTo(parameters, 0);

        Nnfs.Kernels.Regularization.Backward(parameters, 0.3f, 0.7f, gradients);

        Assert.All(gradients[..33], static gradient => Assert.NotEqual(0f, gradient));
        Numbers.AssertSameBits(new float[15], gradients.AsSpan(33), "gradients of padding");
        Assert.Equal(
            Nnfs.Kernels.Regularization.Loss(parameters.AsSpan(0, 33), 0.3f, 0.7f), Nnfs.Kernels.Regularization.Loss(parameters, 0.3f, 0.7f));
    }

    [Theory]
    [InlineData(5e-4f, 0f)]
    [InlineData(0f, 5e-4f)]
    [InlineData(0.3f, 0.7f)]
    public void NaN_gives_NaN_and_infinity_stays_infinite(float l1, float l2)
    {
        for (int bad = 0; bad < 37; bad++)
        {
            float[] parameters = Numbers.Gaussians(37, seed: 1);
            float[] gradients = new float[37];

            parameters[bad] = float.NaN;
            Nnfs.Kernels.Regularization.Backward(parameters, l1, l2, gradients);
            Assert.True(float.IsNaN(Nnfs.Kernels.Regularization.Loss(parameters, l1, l2)));
            Assert.True(float.IsNaN(gradients[bad]));
            Assert.Equal(1, gradients.Count(float.IsNaN));

            gradients[bad] = 0f;
            parameters[bad] = float.NegativeInfinity;
            Nnfs.Kernels.Regularization.Backward(parameters, l1, l2, gradients);
            Assert.Equal(float.PositiveInfinity, Nnfs.Kernels.Regularization.Loss(parameters, l1, l2));
            Assert.Equal(l2 == 0f ? -l1 : float.NegativeInfinity, gradients[bad]);
        }
    }

    [Fact]
    public void Gradients_of_another_length_throw_before_they_are_written()
    {
        FramedBlock gradients = FramedBlock.Destination(19);

        LossTests.AssertOtherLength("gradients", 19, () => Nnfs.Kernels.Regularization.Backward(new float[20], 1f, 1f, gradients.Span));
        gradients.AssertNothingIsWritten();
    }

    private static double Penalty(double w, float l1, float l2) => (l1 * Math.Abs(w)) + (l2 * w * w);

    private static double Slope(double w, float l1, float l2) => (l1 * Math.Sign(w)) + (2.0 * l2 * w);
}
