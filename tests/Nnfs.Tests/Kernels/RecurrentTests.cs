using Nnfs.Kernels;

namespace Nnfs.Tests.Kernels;

/// <summary>What kernels of recurrent layers refuse. What they compute is tested through networks, for any size and at every width of vectors.</summary>
public class RecurrentTests
{
    private const int Samples = 2;

    /// <summary>The outputs are the states, beside those of the other direction.</summary>
    private static readonly RecurrentSteps s_sequences = new(2, returnsSequences: true, isBidirectional: true);

    [Theory]
    [InlineData("x")]
    [InlineData("inputWeights")]
    [InlineData("recurrentWeights")]
    [InlineData("biases")]
    [InlineData("recurrentBiases")]
    [InlineData("y")]
    public void Short_span_of_a_prediction_is_refused(string shortened)
    {
        FramedBlock y = FramedBlock.Destination(Length("y", Samples * 2 * 6));

        Assert.Throws<ArgumentException>(shortened, () => GRU.Predict<Two, Three>(
            Values("x", Samples * 2 * 2),
            Values("inputWeights", 2 * 16),
            Values("recurrentWeights", 3 * 16),
            Values("biases", 16),
            Values("recurrentBiases", 16),
            y.Span,
            s_sequences,
            Samples));
        y.AssertNothingIsWritten();

        float[] Values(string name, int length) => new float[Length(name, length)];

        int Length(string name, int length) => name == shortened ? length - 1 : length;
    }

    [Theory]
    [InlineData("gates")]
    [InlineData("cells")]
    [InlineData("states")]
    [InlineData("initial")]
    [InlineData("carried")]
    [InlineData("y")]
    public void Short_span_of_a_pass_is_refused(string shortened)
    {
        FramedBlock y = FramedBlock.Destination(Length("y", Samples * 3));

        Assert.Throws<ArgumentException>(shortened, () => LSTM.Forward<Two, Three>(
            new float[Samples * 2 * 2],
            new float[2 * 16],
            new float[3 * 16],
            new float[16],
            Values("gates", Samples * 2 * 12),
            Values("cells", Samples * 2 * 3),
            Values("states", Samples * 2 * 3),
            Values("initial", Samples * 6),
            Values("carried", Samples * 6),
            y.Span,
            new RecurrentSteps(2),
            Samples));
        y.AssertNothingIsWritten();

        float[] Values(string name, int length) => new float[Length(name, length)];

        int Length(string name, int length) => name == shortened ? length - 1 : length;
    }

    [Theory]
    [InlineData("transposed")]
    [InlineData("gates")]
    [InlineData("products")]
    [InlineData("states")]
    [InlineData("initial")]
    [InlineData("dy")]
    [InlineData("dz")]
    [InlineData("dq")]
    public void Short_span_of_a_way_back_is_refused(string shortened)
    {
        FramedBlock dz = FramedBlock.Destination(Length("dz", Samples * 2 * 9));
        FramedBlock dq = FramedBlock.Destination(Length("dq", Samples * 2 * 3));

        Assert.Throws<ArgumentException>(shortened, () => GRU.Backward<Three>(
            Values("transposed", 9 * 4),
            Values("gates", Samples * 2 * 9),
            Values("products", Samples * 2 * 3),
            Values("states", Samples * 2 * 6),
            Values("initial", Samples * 3),
            Values("dy", Samples * 2 * 6),
            dz.Span,
            dq.Span,
            s_sequences,
            Samples));
        dz.AssertNothingIsWritten();
        dq.AssertNothingIsWritten();

        float[] Values(string name, int length) => new float[Length(name, length)];

        int Length(string name, int length) => name == shortened ? length - 1 : length;
    }

    [Fact]
    public void Way_without_steps_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("count", static () => new RecurrentSteps(0));
        Assert.Throws<ArgumentOutOfRangeException>("truncateAfter", static () => new RecurrentSteps(3, truncateAfter: -1));
    }

    private readonly struct Two : IDimension
    {
        public static int Value => 2;
    }

    private readonly struct Three : IDimension
    {
        public static int Value => 3;
    }
}
