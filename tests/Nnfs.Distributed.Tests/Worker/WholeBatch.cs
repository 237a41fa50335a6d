namespace Nnfs.Distributed.Worker;

/// <summary>Training with batch normalisations by shards against training without shards.</summary>
internal static class WholeBatch
{
    private const int Samples = 103;

    /// <summary>
    /// How far parameters and running averages of a step along the gradient are from those of a step without shards, as a part of the greatest change: with the
    /// statistics of the whole batch, and with those of each shard.
    /// </summary>
    public static string Compare()
    {
        Share share = new(new LocalGroup(), isOwn: false, Samples);
        float[] features = share.Numbers(NormNet.InputSize);
        int[] labels = share.Labels(classes: 3);
        NormNet expected = Train(features, labels, group: null, sharesStatistics: false);
        float[] begun = new NormNet(seed: 1).Parameters.ToArray();
        float[] step = [.. begun.Zip(expected.Parameters.ToArray(), static (before, after) => after - before)];

        return string.Join(' ', ((bool[])[true, false]).Select(sharesStatistics =>
        {
            float[] trained = Train(features, labels, new LocalGroup(shards: 4), sharesStatistics).Parameters.ToArray();
            float difference = trained.Zip(expected.Parameters.ToArray(), static (one, other) => MathF.Abs(one - other)).Max();

            return FormattableString.Invariant($"{difference / step.Max(MathF.Abs)}");
        }));
    }

    private static NormNet Train(float[] features, int[] labels, ITrainingGroup? group, bool sharesStatistics)
    {
        NormNet network = new(seed: 1);
        network.Train(features, labels, new()
        {
            Group = group,
            SharedStatistics = sharesStatistics,
            Epochs = 1,
            BatchSize = 0,
            Shuffle = false,
            Optimizer = new Sgd(1f),
        });

        return network;
    }
}
