using Nnfs.Catalogue.Graphs;
using Nnfs.Catalogue.Layers;
using Nnfs.Catalogue.Losses;

namespace Nnfs.Generators.Tests.Graphs;

/// <summary>Chains of dense layers, activations and softmax at the edges of kernels and plans.</summary>
internal static class AwkwardChains
{
    private const int NoLoss = 0;
    private const int Classes = 2;

    public static readonly GraphCase[] All =
    [
        // Odd widths, less than a vector and one more than one; a batch that is not a whole number of tiles.
        .. EveryHead([7, 13, 17, 5], batch: 7),
        .. EveryHead([33, 65, 31, 10], batch: 13),

        // One of everything: a softmax of one class is 1, whatever comes.
        .. EveryHead([1, 1, 1], batch: 1),
        .. EveryHead([1, 1, 1], batch: 6),

        // One wide layer between narrow ones.
        .. EveryHead([3, 200, 1], batch: 7),

        // Batches around those of the kernels' tiles, and one that is many.
        Chain([100, 50, 20, 10], Classes).Build(batch: 1, seed: 11, Answers.Labels, workspaceBatch: 1),
        Chain([100, 50, 20, 10], Classes).Build(batch: 5, seed: 12, Answers.OneHot, workspaceBatch: 5),
        Chain([100, 50, 20, 10], Classes).Build(batch: 17, seed: 13, Answers.Labels, workspaceBatch: 100),
        Chain([100, 50, 20, 10], Classes).Build(batch: 100, seed: 14, Answers.Soft, workspaceBatch: 100),

        // Samples in lanes: batches about the groups of 16, the tiles of 64 and the three that are predicted alone. The last layer's weights lie by neuron.
        .. ((int[])[1, 2, 3, 4, 15, 16, 17, 63, 64, 65, 129]).Select(
            static batch => Chain([7, 33, 20, 5], Classes).Build(batch, seed: batch, (Answers)(batch % 3), batch + (batch % 3))),
        .. ((int[])[1, 3, 17, 65]).Select(static batch => Chain([21, 16, 8], NoLoss).Build(batch, seed: batch, Answers.Labels, batch + 70)),

        // The most weights and inputs that samples in lanes have, and one more.
        Chain([64, 64], Classes).Build(batch: 65, seed: 17, Answers.Labels, workspaceBatch: 65),
        Chain([64, 65], Classes).Build(batch: 65, seed: 18, Answers.Labels, workspaceBatch: 65),
        Chain([128, 16, 8], Classes).Build(batch: 17, seed: 19, Answers.Soft, workspaceBatch: 18),
        Chain([129, 16, 8], Classes).Build(batch: 17, seed: 20, Answers.Soft, workspaceBatch: 18),

        // One class in lanes, where rows of outputs are single floats.
        Chain([3, 20, 1], Classes).Build(batch: 6, seed: 21, Answers.OneHot, workspaceBatch: 6),
        Chain([3, 20, 1], NoLoss).Build(batch: 5, seed: 22, Answers.OneHot, workspaceBatch: 5),

        // Logits that a ReLU gives, with samples in lanes, and logits that no dense layer gives.
        Logits(GraphBuilder.Chain(6, 4).Layer(new ReLULayer())).Build(batch: 18, seed: 24, Answers.Soft, workspaceBatch: 18),
        Logits(GraphBuilder.Chain(6, 10).Layer(new ReLULayer()).Layer(new ReLULayer())).Build(batch: 7, seed: 23, Answers.Labels, workspaceBatch: 7),

        // In lanes every activation between the last two layers, which are one kernel, and after each of three, which are one for a sample alone.
        .. Activations().Select(static (layer, i) => new GraphBuilder().Input(1 + (i % 4))
            .Layer(new DenseLayer(20))
            .Layer(layer)
            .Layer(new DenseLayer(1 + ((i + 2) % 4)))
            .Output(null, new SoftmaxCrossEntropyLoss()).Build(batch: 19 + (i * 7), seed: 100 + i, (Answers)(i % 3))),
        .. Activations().Select(static (layer, i) => new GraphBuilder().Input(5)
            .Layer(new DenseLayer(12))
            .Layer(layer)
            .Layer(new DenseLayer(17))
            .Layer(layer)
            .Layer(new DenseLayer(3))
            .Layer(layer)
            .Output(null, loss: null).Build(batch: 5 + i, seed: 130 + i)),

        // In lanes every loss, of which most take rows.
        .. LossEntries.All.SelectMany(static entry => entry.Examples).Select(static (loss, i) => WithLoss(
            GraphBuilder.Chain(4, 10, 3).WithTolerances(Tolerances.OfGraph), loss).Build(batch: 18 + i, seed: 160 + i, (Answers)(i % 3))),

        // A network that is only a loss: no parameters, and the inputs are the logits.
        Chain([4], Classes).Build(batch: 6, seed: 15, Answers.Labels, workspaceBatch: 6),
        Chain([4], Classes).Build(batch: 6, seed: 16, Answers.Soft, workspaceBatch: 9),
    ];

    private static IEnumerable<GraphCase> EveryHead(int[] sizes, int batch) =>
        Enumerable.Range(0, 4).Select(head => Chain(sizes, head).Build(batch, seed: head, (Answers)(head % 3), batch + head));

    private static GraphBuilder Chain(int[] sizes, int head) => ChainDraw.WithHead(GraphBuilder.Chain(sizes), head);

    private static IEnumerable<ReferenceLayer> Activations() =>
        LayerEntries.All.Where(static entry => entry.IsActivation).SelectMany(static entry => entry.Examples);

    private static GraphBuilder WithLoss(GraphBuilder chain, ReferenceLoss loss) =>
        (loss.Entry.Expects is { } expected ? chain.Layer(expected.Examples[0]) : chain).Output(null, loss);

    private static GraphBuilder Logits(GraphBuilder chain) => chain.Output(null, new SoftmaxCrossEntropyLoss());
}
