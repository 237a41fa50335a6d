using CsCheck;

namespace Nnfs.Generators.Tests.Gradients;

/// <summary>Random networks: 1 to 5 dense layers, and whatever else may stand before, between and behind them.</summary>
internal static class NetworkCases
{
    /// <summary>Widths around the sizes of vectors and tiles are where kernels have their edges.</summary>
    private static readonly Gen<int> s_width = Gen.Frequency<int>(
        (4, Gen.Int[1, 12]),
        (4, Gen.Int[13, 70]),
        (3, Gen.OneOf(1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 48, 49, 63, 64, 65)));

    private static readonly Gen<LayerKind[]> s_before = Gen.Frequency(
        (7, Array.Empty<LayerKind>()),
        (2, [LayerKind.ReLU]),
        (1, [LayerKind.Softmax]),
        (1, [LayerKind.ReLU, LayerKind.Softmax]));

    private static readonly Gen<LayerKind[]> s_behind = Gen.Frequency(
        (5, Array.Empty<LayerKind>()),
        (9, [LayerKind.ReLU]),
        (1, [LayerKind.ReLU, LayerKind.ReLU]),
        (1, [LayerKind.Softmax]),
        (1, [LayerKind.Softmax, LayerKind.ReLU]),
        (1, [LayerKind.Softmax, LayerKind.Softmax]),
        (1, [LayerKind.ReLU, LayerKind.Softmax]));

    /// <summary>Mostly few samples; else numbers about the tiles of 64, the groups of 16 and the three that are predicted alone.</summary>
    private static readonly Gen<int> s_batch = Gen.Frequency<int>((4, Gen.Int[1, 20]), (1, Gen.OneOf(1, 2, 3, 4, 15, 16, 17, 63, 64, 65, 67, 68, 129)));

    private static readonly Gen<NetworkCase> s_mixed =
        from inputs in s_width
        from before in s_before
        from blocks in Gen.Select(s_width, s_behind).Array[1, 5]
        from head in Gen.Enum<Head>()
        from answers in Gen.Enum<Answers>()
        from batch in s_batch
        from spare in Gen.Frequency<int>((1, Gen.Const(0)), (1, Gen.Int[1, 9]))
        from seed in Gen.Int[0, int.MaxValue - 1]
        select new NetworkCase(inputs, Layers(inputs, before, blocks, head), head, batch, batch + spare, answers, seed);

    /// <summary>
    /// Narrow dense layers and nothing else but ReLU, so that samples go in lanes; up to 8 neurons with 16 inputs have their weights by neuron.
    /// </summary>
    private static readonly Gen<NetworkCase> s_narrow =
        from inputs in Gen.Frequency<int>((4, Gen.Int[1, 40]), (1, Gen.OneOf(63, 64, 65, 127, 128, 129)))
        from blocks in Gen.Select(
            Gen.Frequency<int>((2, Gen.Int[1, 9]), (2, Gen.Int[10, 34])), Gen.Frequency((1, Array.Empty<LayerKind>()), (2, [LayerKind.ReLU]))).Array[1, 4]
        from head in Gen.OneOf(Gen.Const(Head.None), Gen.Const(Head.SoftmaxCrossEntropy))
        from answers in Gen.Enum<Answers>()
        from batch in s_batch
        from spare in Gen.Frequency<int>((1, Gen.Const(0)), (1, Gen.Int[1, 70]))
        from seed in Gen.Int[0, int.MaxValue - 1]
        select new NetworkCase(inputs, Layers(inputs, [], blocks, head), head, batch, batch + spare, answers, seed);

    /// <summary>A network with its batch. CsCheck draws the shapes and a seed; the numbers are drawn from the seed.</summary>
    public static readonly Gen<NetworkCase> Any = Gen.Frequency((3, s_mixed), (2, s_narrow));

    private static Layer[] Layers(int inputs, LayerKind[] before, (int Width, LayerKind[] Behind)[] blocks, Head head)
    {
        List<Layer> layers = [.. before.Select(kind => new Layer(kind, inputs, inputs))];
        int size = inputs;

        foreach ((int width, LayerKind[] behind) in blocks)
        {
            layers.Add(new Layer(LayerKind.Dense, size, width));
            layers.AddRange(behind.Select(kind => new Layer(kind, width, width)));
            size = width;
        }

        return [.. NetworkCase.WithHead(layers, size, head)];
    }
}
