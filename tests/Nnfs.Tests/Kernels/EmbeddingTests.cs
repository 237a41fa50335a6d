using Nnfs.Kernels;

namespace Nnfs.Tests.Kernels;

/// <summary>The kernels of embeddings against plain loops, with memory around them that must not change.</summary>
public class EmbeddingTests
{
    private const int Vocabulary = 7;

    public static TheoryData<int> Dimensions => [.. Enumerable.Range(1, 35), 64, 67];

    [Theory]
    [MemberData(nameof(Dimensions))]
    public void Rows_are_those_that_the_indices_name(int dimensions)
    {
        int[] indices = Numbers.Labels(12, Vocabulary, seed: 1);
        float[] table = Numbers.Gaussians(Vocabulary * dimensions, seed: 2);
        FramedBlock y = FramedBlock.Destination(indices.Length * dimensions, misalignment: 3);

        Embedding.Forward(indices, FramedBlock.Source(table, misalignment: 1).Span, dimensions, y.Span, indices.Length);

        y.AssertFrameIsIntact();
        Assert.Equal(indices.SelectMany(index => table.AsSpan(index * dimensions, dimensions).ToArray()), y.Span.ToArray());
    }

    [Theory]
    [MemberData(nameof(Dimensions))]
    public void Gradients_are_added_up_over_the_indices_of_a_row(int dimensions)
    {
        int[] indices = Numbers.Labels(12, Vocabulary - 1, seed: 3);
        float[] dy = Numbers.Gaussians(indices.Length * dimensions, seed: 4);
        double[] sums = new double[Vocabulary * dimensions];

        for (int i = 0; i < dy.Length; i++)
        {
            sums[(indices[i / dimensions] * dimensions) + (i % dimensions)] += dy[i];
        }

        FramedBlock dw = FramedBlock.Destination(sums.Length, misalignment: 5);
        Embedding.BackwardParameters(indices, FramedBlock.Source(dy).Span, dimensions, dw.Span, indices.Length, 0, Vocabulary, adds: false);
        dw.AssertFrameIsIntact();
        Numbers.AssertClose(sums, dw.Span, 1e-5, "dw");

        // Rows that threads share, and samples that come part by part, give the same bits.
        FramedBlock shared = FramedBlock.Destination(sums.Length);

        foreach ((int start, int count) in ((int, int)[])[(0, 2), (2, 4), (6, 1)])
        {
            Embedding.BackwardParameters(indices, dy, dimensions, shared.Span, 5, start, count, adds: false);
            Embedding.BackwardParameters(indices.AsSpan(5), dy.AsSpan(5 * dimensions), dimensions, shared.Span, 7, start, count, adds: true);
        }

        shared.AssertFrameIsIntact();
        Numbers.AssertSameBits(dw.Span, shared.Span, "dw in parts");
        Assert.All(dw.Span[((Vocabulary - 1) * dimensions)..].ToArray(), static value => Assert.Equal(0f, value));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(Vocabulary)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public void An_index_that_names_no_row_is_refused(int index) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Embedding.Forward([index], new float[Vocabulary * 4], 4, new float[4], 1));

    [Fact]
    public void Wrong_lengths_are_refused()
    {
        Assert.Throws<ArgumentException>("y", static () => Embedding.Forward([1, 2], new float[Vocabulary * 4], 4, new float[7], 2));
        Assert.Throws<ArgumentException>("x", static () => Embedding.Forward([1], new float[Vocabulary * 4], 4, new float[8], 2));
        Assert.Throws<ArgumentException>(
            "dy", static () => Embedding.BackwardParameters([1, 2], new float[7], 4, new float[Vocabulary * 4], 2, 0, Vocabulary, adds: false));
        Assert.Throws<ArgumentOutOfRangeException>(
            static () => Embedding.BackwardParameters([1, 2], new float[8], 4, new float[Vocabulary * 4], 2, 3, Vocabulary, adds: false));
        Assert.Throws<ArgumentOutOfRangeException>(static () => Embedding.Forward([0], new float[4], 0, new float[4], 1));
    }

    [Theory]
    [MemberData(nameof(Dimensions))]
    public void Positions_are_added_to_each_sample_and_their_gradients_up_over_samples(int size)
    {
        const int Samples = 5;
        float[] x = Numbers.Gaussians(Samples * size, seed: 5);
        float[] w = Numbers.Gaussians(size, seed: 6);
        FramedBlock y = FramedBlock.Destination(x.Length, misalignment: 1);

        PositionalEmbedding.Forward(FramedBlock.Source(x).Span, FramedBlock.Source(w, misalignment: 2).Span, y.Span, Samples);
        y.AssertFrameIsIntact();
        Assert.Equal(x.Select((value, i) => value + w[i % size]), y.Span.ToArray());

        FramedBlock dw = FramedBlock.Destination(size);
        PositionalEmbedding.BackwardParameters(FramedBlock.Source(x).Span, dw.Span, Samples, 0, size, adds: false);
        dw.AssertFrameIsIntact();
        Numbers.AssertClose(
            [.. Enumerable.Range(0, size).Select(j => Enumerable.Range(0, Samples).Sum(i => (double)x[(i * size) + j]))], dw.Span, 1e-5, "dw");

        FramedBlock shared = FramedBlock.Destination(size);
        int half = size / 2;

        foreach ((int start, int count) in ((int, int)[])[(0, half), (half, size - half)])
        {
            PositionalEmbedding.BackwardParameters(x, shared.Span, 2, start, count, adds: false);
            PositionalEmbedding.BackwardParameters(x.AsSpan(2 * size), shared.Span, 3, start, count, adds: true);
        }

        Numbers.AssertSameBits(dw.Span, shared.Span, "dw in parts");
    }
}
