namespace Nnfs.Tests.Kernels;

public class ReLUTests
{
    private const int GreatestLength = 130;
    private const int GreatestMisalignment = 5;

    /// <summary>Numbers at which the sign, zero and the order of comparisons matter.</summary>
    private static readonly float[] s_special = [0f, -0f, float.Epsilon, -float.Epsilon, float.PositiveInfinity, float.NegativeInfinity, float.NaN, 1f, -1f];

    public static TheoryData<int> Misalignments => [.. Enumerable.Range(0, GreatestMisalignment)];

    [Theory]
    [MemberData(nameof(Misalignments))]
    public void Forward_of_any_length_and_alignment_agrees_with_the_specification(int misalignment)
    {
        for (int length = 0; length <= GreatestLength; length++)
        {
            float[] content = Mixed(length, seed: length);
            FramedBlock x = FramedBlock.Source(content, misalignment);
            FramedBlock y = FramedBlock.Destination(length, misalignment + length);
            FramedBlock same = FramedBlock.InPlace(content, misalignment);

            Nnfs.Kernels.ReLU.Forward(x.Span, y.Span);
            Nnfs.Kernels.ReLU.Forward(same.Span, same.Span);

            float[] expected = [.. content.Select(static value => value < 0f ? 0f : value)];
            Assert.Equal(expected, y.Span);
            Assert.Equal(expected, same.Span);
            y.AssertFrameIsIntact();
            same.AssertFrameIsIntact();
        }
    }

    [Theory]
    [MemberData(nameof(Misalignments))]
    public void Backward_of_any_length_and_alignment_agrees_with_the_specification(int misalignment)
    {
        for (int length = 0; length <= GreatestLength; length++)
        {
            float[] outputs = Mixed(length, seed: length);
            float[] gradients = [.. Mixed(length, seed: 1000 + length).Reverse()];
            FramedBlock y = FramedBlock.Source(outputs, misalignment);
            FramedBlock dy = FramedBlock.Source(gradients, misalignment + 1);
            FramedBlock dx = FramedBlock.Destination(length, misalignment + length);
            FramedBlock same = FramedBlock.InPlace(gradients, misalignment);

            Nnfs.Kernels.ReLU.Backward(y.Span, dy.Span, dx.Span);
            Nnfs.Kernels.ReLU.Backward(y.Span, same.Span, same.Span);

            float[] expected = [.. outputs.Zip(gradients, static (output, gradient) => output > 0f ? gradient : 0f)];
            Assert.Equal(expected, dx.Span);
            Assert.Equal(expected, same.Span);
            dx.AssertFrameIsIntact();
            same.AssertFrameIsIntact();
        }
    }

    [Fact]
    public void Forward_into_a_longer_span_leaves_the_rest()
    {
        FramedBlock y = FramedBlock.Destination(40);

        Nnfs.Kernels.ReLU.Forward(new float[21], y.Span);

        Assert.False(y.Span[21..].ContainsAnyExcept(FramedBlock.Canary));
    }

    [Fact]
    public void Forward_with_a_span_too_short_throws_before_it_writes()
    {
        FramedBlock y = FramedBlock.Destination(19);

        AssertTooShort("y", 20, 19, () => Nnfs.Kernels.ReLU.Forward(new float[20], y.Span));
        y.AssertNothingIsWritten();
    }

    [Theory]
    [InlineData("dy", 19, 20)]
    [InlineData("dx", 20, 19)]
    public void Backward_with_a_span_too_short_throws_before_it_writes(string parameter, int dyLength, int dxLength)
    {
        FramedBlock dx = FramedBlock.Destination(dxLength);

        AssertTooShort(parameter, 20, 19, () => Nnfs.Kernels.ReLU.Backward(new float[20], new float[dyLength], dx.Span));
        dx.AssertNothingIsWritten();
    }

    private static void AssertTooShort(string parameter, int expected, int length, Action call)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(parameter, call);

        Assert.Contains($"Expected at least {expected} values (1 × {expected}), but the length is {length}.", exception.Message, StringComparison.Ordinal);
    }

    private static float[] Mixed(int length, int seed)
    {
        float[] numbers = Numbers.Gaussians(length, seed);

        for (int i = seed % 3; i < length; i += 3)
        {
            numbers[i] = s_special[(i + seed) % s_special.Length];
        }

        return numbers;
    }
}
