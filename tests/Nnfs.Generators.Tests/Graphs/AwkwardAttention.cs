using Nnfs.Catalogue;
using Nnfs.Catalogue.Graphs;
using Nnfs.Catalogue.Layers;
using Nnfs.Catalogue.Losses;

namespace Nnfs.Generators.Tests.Graphs;

/// <summary>Embeddings and attention at the edges of their blocks, and in the places that they have in networks.</summary>
internal static class AwkwardAttention
{
    public static readonly GraphCase[] All =
    [
        // A single step, which takes from nothing but itself; one head; heads of one value, and of an odd number.
        .. Attention(new(1, 5), new SelfAttentionLayer(1), batch: 7, seed: 1),
        .. Attention(new(2, 3), new SelfAttentionLayer(3), batch: 6, seed: 2),
        .. Attention(new(7, 15), new SelfAttentionLayer(3), batch: 5, seed: 3),
        .. Attention(new(5, 33), new SelfAttentionLayer(1), batch: 4, seed: 4),

        // Steps about those of a block of queries, and about those of a block of keys.
        .. Attention(new(24, 4), new SelfAttentionLayer(2), batch: 3, seed: 5),
        .. Attention(new(25, 6), new SelfAttentionLayer(2), batch: 3, seed: 6),
        .. Attention(new(128, 4), new SelfAttentionLayer(2), batch: 2, seed: 7),
        .. Attention(new(131, 4), new SelfAttentionLayer(1), batch: 2, seed: 8),

        // A small transformer: indices, places, two residual blocks, and a class at each step.
        Transformer(new GraphBuilder().Input(new SampleShape(6), "tokens"), "tokens").Output(null, new SoftmaxCrossEntropyLoss())
            .Build(batch: 9, seed: 20, Answers.Labels),
        Transformer(new GraphBuilder().Input(new SampleShape(6), "tokens"), "tokens").Output("next", new SoftmaxCrossEntropyLoss(0.1f))
            .Layer(new FlattenLayer(), ["Sum2"]).Layer(new DenseLayer(2)).Output("mood", new MeanSquaredErrorLoss())
            .Build(batch: 5, seed: 21, Answers.Soft),

        // The only input without a name, two tables of it, a table of several dimensions, and indices beside numbers.
        new GraphBuilder().Input(6).Layer(new EmbeddingLayer(11, 4)).Output(null, loss: null).Build(batch: 7, seed: 22),
        new GraphBuilder().Input(1).Layer(new EmbeddingLayer(5, 3)).Layer(new DenseLayer(3)).Output(null, new SoftmaxCrossEntropyLoss())
            .Build(batch: 300, seed: 23, Answers.Labels),
        new GraphBuilder().Input(4, "words").Layer(new EmbeddingLayer(9, 3), ["words"]).Layer(new EmbeddingLayer(7, 3), ["words"])
            .Layer(new AddLayer(), ["Embedding1", "Embedding2"]).Layer(new TanhLayer()).Output(null, loss: null).Build(batch: 8, seed: 24),
        new GraphBuilder().Input(new SampleShape(3, 2, 2)).Layer(new EmbeddingLayer(4, 5)).Layer(new DenseLayer(3) { EachStep = true })
            .Output(null, new SoftmaxCrossEntropyLoss()).Build(batch: 6, seed: 25, Answers.OneHot),
        new GraphBuilder().Input(5, "numbers").Layer(new DenseLayer(8)).Layer(new ReLULayer())
            .Input(2, "kinds").Layer(new EmbeddingLayer(3, 4)).Layer(new FlattenLayer())
            .Layer(new MultiplyLayer(), ["ReLU1", "Flatten1"]).Layer(new DropoutLayer(0.3f)).Layer(new DenseLayer(3))
            .Output(null, new SoftmaxCrossEntropyLoss()).Build(batch: 17, seed: 26, Answers.Labels),

        // A batch normalisation after indices and after an attention: threads share the samples between.
        new GraphBuilder().Input(5).Layer(new EmbeddingLayer(6, 4)).Layer(new BatchNormLayer()).Layer(new SelfAttentionLayer(2)).Layer(new BatchNormLayer())
            .Layer(new DenseLayer(3) { EachStep = true }).Output(null, new SoftmaxCrossEntropyLoss()).Build(batch: 23, seed: 27, Answers.Labels),

        // An attention that several layers read, one that reads a ReLU, and places of what is read twice.
        new GraphBuilder().Input(new SampleShape(6, 8), "x").Layer(new DenseLayer(8) { EachStep = true }).Layer(new ReLULayer(), name: "A")
            .Layer(new PositionalEmbeddingLayer()).Layer(new SelfAttentionLayer(2, Causal: true)).Layer(new AddLayer(), ["A", "SelfAttention1"])
            .Layer(new SelfAttentionLayer(4)).Layer(new MultiplyLayer(), ["SelfAttention2", "SelfAttention1"]).Output(null, loss: null)
            .Build(batch: 6, seed: 28),

        // Enough work for several threads.
        new GraphBuilder().Input(new SampleShape(20, 32)).Layer(new SelfAttentionLayer(4, Causal: true)).Layer(new DenseLayer(4) { EachStep = true })
            .Output(null, new SoftmaxCrossEntropyLoss()).Build(batch: 20, seed: 29, Answers.Labels),
    ];

    /// <summary>An attention alone, with all steps and with those up to its own.</summary>
    private static IEnumerable<GraphCase> Attention(SampleShape shape, SelfAttentionLayer layer, int batch, int seed) =>
    [
        new GraphBuilder().Input(shape).Layer(layer).Output(null, loss: null).Build(batch, seed),
        new GraphBuilder().Input(shape).Layer(new PositionalEmbeddingLayer()).Layer(layer with { Causal = true }).Output(null, loss: null)
            .Build(batch, seed),
    ];

    private static GraphBuilder Transformer(GraphBuilder graph, string tokens)
    {
        graph.Layer(new EmbeddingLayer(7, 8), [tokens]).Layer(new PositionalEmbeddingLayer(), name: "Sum0");

        for (int block = 1; block <= 2; block++)
        {
            graph.Layer(new LayerNormLayer()).Layer(new SelfAttentionLayer(2, Causal: true), name: $"Taken{block}")
                .Layer(new AddLayer(), [$"Sum{block - 1}", $"Taken{block}"], name: $"Mixed{block}")
                .Layer(new LayerNormLayer()).Layer(new DenseLayer(12) { EachStep = true }).Layer(new GELULayer())
                .Layer(new DenseLayer(8) { EachStep = true }, name: $"Made{block}")
                .Layer(new AddLayer(), [$"Mixed{block}", $"Made{block}"], name: $"Sum{block}");
        }

        return graph.Layer(new LayerNormLayer()).Layer(new DenseLayer(7) { EachStep = true });
    }
}
