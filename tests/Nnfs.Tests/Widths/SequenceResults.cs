using Nnfs.Tests.Networks;
using Nnfs.Tests.Networks.Sequences;

namespace Nnfs.Tests.Widths;

/// <summary>What recurrent layers, attention and embeddings give, with their gradients, to be compared between vector widths.</summary>
/// <param name="Values">Results whose terms are added up in the same order whatever the width.</param>
/// <param name="SumsOverLanes">Results that are added up in the lanes of a vector: softmaxes of scores, and all that comes after.</param>
internal sealed record SequenceResults(IReadOnlyList<float> Values, IReadOnlyList<float> SumsOverLanes)
{
    private const int Samples = 3;

    public static SequenceResults Compute() => new(
        [
            .. Of<SimpleRNNBothWays, SimpleRNNBothWays.Workspace>(),
            .. Of<SimpleRNNLast, SimpleRNNLast.Workspace>(),
            .. Of<GRUBothWays, GRUBothWays.Workspace>(),
            .. Of<GRULast, GRULast.Workspace>(),
            .. Of<LSTMBothWays, LSTMBothWays.Workspace>(),
            .. Of<LSTMLast, LSTMLast.Workspace>(),
            .. OfEmbedding(),
        ],
        [
            .. OfTokens(),
            .. OfAttention(steps: 37, features: 30, heads: 3),
            .. OfAttention(steps: 130, features: 16, heads: 2),
        ]);

    /// <summary>A pass forward and back, and a prediction.</summary>
    private static IEnumerable<float> Of<TNetwork, TWorkspace>()
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        TNetwork network = TNetwork.Create(new NumpyRandom(1));
        TWorkspace pass = network.CreateWorkspace(Samples);
        float[] x = Numbers.Gaussians(Samples * TNetwork.InputSize, seed: 2);
        float[] targets = Numbers.Gaussians(Samples * TNetwork.OutputSize, seed: 3);
        float[] predicted = new float[targets.Length];

        float loss = network.ForwardBackward(x, targets, pass);
        network.Backward(x, targets, pass);
        network.Predict(x, predicted);

        return [loss, .. pass.Outputs, .. pass.Gradients, .. pass.InputGradients, .. predicted];
    }

    /// <summary>Rows of a table, and the sums of gradients of those that were read.</summary>
    private static float[] OfEmbedding()
    {
        const int Vocabulary = 7;
        const int Dimensions = 21;
        int[] indices = Numbers.Labels(50, Vocabulary, seed: 6);
        float[] dy = Numbers.Gaussians(indices.Length * Dimensions, seed: 7);
        float[] y = new float[dy.Length];
        float[] dw = new float[Vocabulary * Dimensions];

        Nnfs.Kernels.Embedding.Forward(indices, Numbers.Gaussians(dw.Length, seed: 8), Dimensions, y, indices.Length);
        Nnfs.Kernels.Embedding.BackwardParameters(indices, dy, Dimensions, dw, indices.Length, start: 0, Vocabulary, adds: false);

        return [.. y, .. dw];
    }

    private static IEnumerable<float> OfTokens()
    {
        TokenNetwork network = new(seed: 1);
        TokenNetwork.Workspace pass = network.CreateWorkspace(Samples);
        int[] indices = Numbers.Labels(Samples * TokenNetwork.InputSize, 9, seed: 2);
        int[] labels = Numbers.Labels(Samples * TokenNetwork.InputSize, 5, seed: 3);

        return [network.ForwardBackward(indices, labels, pass), .. pass.Outputs, .. pass.Gradients];
    }

    private static List<float> OfAttention(int steps, int features, int heads)
    {
        List<float> values = [];
        float[] qkv = Numbers.Gaussians(Samples * steps * 3 * features, seed: 4);
        float[] dy = Numbers.Gaussians(Samples * steps * features, seed: 5);
        float[] y = new float[dy.Length];
        float[] logSums = new float[Samples * heads * steps];
        float[] dqkv = new float[qkv.Length];

        foreach (bool isCausal in (bool[])[false, true])
        {
            Nnfs.Kernels.SelfAttention.Forward(qkv, steps, features, heads, isCausal, y, logSums, Samples);
            Nnfs.Kernels.SelfAttention.Backward(qkv, y, logSums, dy, steps, features, heads, isCausal, dqkv, Samples);
            values.AddRange([.. y, .. logSums, .. dqkv]);
        }

        return values;
    }
}
