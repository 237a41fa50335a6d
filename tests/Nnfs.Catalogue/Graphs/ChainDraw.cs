using Nnfs.Catalogue.Drawing;
using Nnfs.Catalogue.Layers;
using Nnfs.Catalogue.Losses;

namespace Nnfs.Catalogue.Graphs;

/// <summary>Random chains of dense layers, ReLU and softmax, which kernels fuse, and of which many take samples in lanes.</summary>
internal static class ChainDraw
{
    /// <summary>Numbers about the tiles of 64, the groups of 16 and the three samples that are predicted alone.</summary>
    private static readonly int[] s_batches = [1, 2, 3, 4, 15, 16, 17, 63, 64, 65, 67, 68, 129];

    /// <summary>Widths around the sizes of vectors and tiles are where kernels have their edges.</summary>
    private static readonly int[] s_edges = [1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 48, 49, 63, 64, 65];

    /// <summary>Two ends without a loss, and two with.</summary>
    private static readonly (bool HasSoftmax, ReferenceLoss? Loss)[] s_heads =
    [
        (false, null), (true, null), (false, new SoftmaxCrossEntropyLoss()), (true, new CategoricalCrossEntropyLoss()),
    ];

    /// <summary>The chain of a seed.</summary>
    public static GraphCase Of(int seed)
    {
        Random random = new(seed);

        return random.Next(5) < 3 ? Mixed(random, seed) : Narrow(random, seed);
    }

    /// <summary>The narrow chain of a seed, which mostly takes samples in lanes.</summary>
    public static GraphCase NarrowOf(int seed) => Narrow(new Random(seed), seed);

    /// <summary>The ends that a chain may have: the gradient of the last layer or of a softmax is given, or a loss is of logits or of probabilities.</summary>
    public static GraphBuilder WithHead(GraphBuilder chain, int head)
    {
        (bool hasSoftmax, ReferenceLoss? loss) = s_heads[head];

        return (hasSoftmax ? chain.Layer(new SoftmaxLayer()) : chain).Output(null, loss);
    }

    /// <summary>1 to 5 dense layers, and ReLU and softmax before, between and after them.</summary>
    private static GraphCase Mixed(Random random, int seed)
    {
        GraphBuilder chain = Start(Width(random));
        Append(chain, random.Pick("", "", "", "", "", "", "", "R", "R", "S", "RS"));

        for (int layers = random.Next(1, 6); layers > 0; layers--)
        {
            chain.Layer(new DenseLayer(Width(random)));
            Append(chain, random.Pick("", "", "", "", "", "R", "R", "R", "R", "R", "R", "R", "R", "R", "RR", "S", "SR", "SS", "RS"));
        }

        return Build(WithHead(chain, random.Next(s_heads.Length)), random, mostSpare: 9, seed);
    }

    /// <summary>
    /// Narrow dense layers and nothing else but ReLU, so that samples go in lanes; up to 8 neurons with 16 inputs have their weights by neuron. Few neurons
    /// at the end, mostly without a ReLU, are what one kernel computes with the layers before and the loss.
    /// </summary>
    private static GraphCase Narrow(Random random, int seed)
    {
        GraphBuilder chain = Start(random.Next(5) switch { < 2 => random.Next(1, 41), < 4 => random.Next(1, 6), _ => random.Pick(63, 64, 65, 127, 128, 129) });

        for (int layers = random.Pick(1, 2, 2, 3, 4); layers > 0; layers--)
        {
            bool isLast = layers == 1;
            int most = isLast ? random.Pick(5, 5, 10) : 40;
            chain.Layer(new DenseLayer(random.Next(isLast || random.Next(4) == 0 ? 1 : 10, most)));
            Append(chain, isLast ? random.Pick("", "", "", "R") : random.Pick("", "R", "R", "R"));
        }

        return Build(WithHead(chain, random.Pick(0, 2)), random, mostSpare: 70, seed);
    }

    private static GraphBuilder Start(int inputs) => GraphBuilder.Chain(inputs);

    private static void Append(GraphBuilder chain, string layers)
    {
        foreach (char layer in layers)
        {
            chain.Layer(layer == 'R' ? new ReLULayer() : new SoftmaxLayer());
        }
    }

    private static GraphCase Build(GraphBuilder chain, Random random, int mostSpare, int seed)
    {
        int batch = random.Next(5) < 4 ? random.Next(1, 21) : random.Pick<int>(s_batches);
        int spare = random.Next(2) == 0 ? 0 : random.Next(1, mostSpare + 1);

        return chain.Build(batch, seed, random.Pick(Enum.GetValues<Answers>()), batch + spare);
    }

    private static int Width(Random random) =>
        random.Next(11) switch { < 4 => random.Next(1, 13), < 8 => random.Next(13, 71), _ => random.Pick<int>(s_edges) };
}
