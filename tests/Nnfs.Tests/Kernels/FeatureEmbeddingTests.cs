using Nnfs.Kernels;

namespace Nnfs.Tests.Kernels;

/// <summary>The kernels of embedded features against plain loops, with memory around them that must not change.</summary>
public class FeatureEmbeddingTests
{
    private const int Vocabulary = 7;
    private const int Samples = 12;

    public static TheoryData<int, int> Sizes => new() { { 1, 1 }, { 1, 5 }, { 2, 1 }, { 4, 3 }, { 9, 8 }, { 17, 16 }, { 33, 35 }, { 70, 67 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Row_comes_first_and_then_the_other_values(int size, int dimensions)
    {
        float[] x = Values(size, Vocabulary, seed: 1);
        float[] table = Numbers.Gaussians(Vocabulary * dimensions, seed: 2);
        FramedBlock y = FramedBlock.Destination(Samples * (size - 1 + dimensions), misalignment: 3);

        FeatureEmbedding.Forward(
            FramedBlock.Source(x).Span, size, FramedBlock.Source(table, misalignment: 1).Span, dimensions, y.Span, Samples);

        y.AssertFrameIsIntact();
        Assert.Equal(
            x.Chunk(size).SelectMany(values => table.Skip((int)values[^1] * dimensions).Take(dimensions).Concat(values.SkipLast(1))), y.Span.ToArray());
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Gradients_go_to_the_values_and_are_added_up_for_the_rows(int size, int dimensions)
    {
        float[] x = Values(size, Vocabulary - 1, seed: 3);
        int rowSize = size - 1 + dimensions;
        float[] dy = Numbers.Gaussians(Samples * rowSize, seed: 4);
        double[] sums = new double[Vocabulary * dimensions];

        for (int i = 0; i < Samples; i++)
        {
            for (int j = 0; j < dimensions; j++)
            {
                sums[((int)x[(i * size) + size - 1] * dimensions) + j] += dy[(i * rowSize) + j];
            }
        }

        FramedBlock dx = FramedBlock.Destination(x.Length, misalignment: 2);
        FeatureEmbedding.BackwardInputs(FramedBlock.Source(dy).Span, dimensions, dx.Span, size, Samples);
        dx.AssertFrameIsIntact();
        Assert.Equal(dy.Chunk(rowSize).SelectMany(row => row.Skip(dimensions).Append(0)), dx.Span.ToArray());

        FramedBlock dw = FramedBlock.Destination(sums.Length, misalignment: 5);
        FeatureEmbedding.BackwardParameters(
            FramedBlock.Source(x).Span, size, FramedBlock.Source(dy).Span, dimensions, dw.Span, Samples, 0, Vocabulary, adds: false);
        dw.AssertFrameIsIntact();
        Numbers.AssertClose(sums, dw.Span, 1e-5, "dw");

        // Rows that threads share, and samples that come part by part, give the same bits.
        FramedBlock shared = FramedBlock.Destination(sums.Length);

        foreach ((int start, int count) in ((int, int)[])[(0, 2), (2, 4), (6, 1)])
        {
            FeatureEmbedding.BackwardParameters(x, size, dy, dimensions, shared.Span, 5, start, count, adds: false);
            FeatureEmbedding.BackwardParameters(
                x.AsSpan(5 * size), size, dy.AsSpan(5 * rowSize), dimensions, shared.Span, Samples - 5, start, count, adds: true);
        }

        shared.AssertFrameIsIntact();
        Numbers.AssertSameBits(dw.Span, shared.Span, "dw in parts");
    }

    [Theory]
    [InlineData(-1f)]
    [InlineData((float)Vocabulary)]
    [InlineData(1.5f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Value_that_names_no_row_is_refused(float index) => Assert.Throws<ArgumentOutOfRangeException>(
        "x", () => FeatureEmbedding.Forward([3, index], 2, new float[Vocabulary * 4], 4, new float[5], 1));

    [Fact]
    public void Wrong_lengths_are_refused()
    {
        float[] w = new float[Vocabulary * 4];

        Assert.Throws<ArgumentException>("y", () => FeatureEmbedding.Forward([0, 1, 0, 2], 2, w, 4, new float[9], 2));
        Assert.Throws<ArgumentException>("x", () => FeatureEmbedding.Forward([0, 1, 0], 2, w, 4, new float[10], 2));
        Assert.Throws<ArgumentException>("dy", static () => FeatureEmbedding.BackwardInputs(new float[9], 4, new float[4], 2, 2));
        Assert.Throws<ArgumentException>("dx", static () => FeatureEmbedding.BackwardInputs(new float[10], 4, new float[3], 2, 2));
        Assert.Throws<ArgumentException>(
            "dy", () => FeatureEmbedding.BackwardParameters([0, 1, 0, 2], 2, new float[9], 4, w, 2, 0, Vocabulary, adds: false));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => FeatureEmbedding.BackwardParameters([0, 1, 0, 2], 2, new float[10], 4, w, 2, 3, Vocabulary, adds: false));
        Assert.Throws<ArgumentOutOfRangeException>("xSize", () => FeatureEmbedding.Forward([], 0, w, 4, new float[4], 1));
        Assert.Throws<ArgumentOutOfRangeException>("dimensions", () => FeatureEmbedding.Forward([0], 1, w, 0, new float[4], 1));
    }

    /// <summary>Values of samples, the last of each an index.</summary>
    private static float[] Values(int size, int vocabulary, int seed)
    {
        float[] values = Numbers.Gaussians(Samples * size, seed);
        int[] indices = Numbers.Labels(Samples, vocabulary, seed);

        for (int i = 0; i < Samples; i++)
        {
            values[(i * size) + size - 1] = indices[i];
        }

        return values;
    }
}
