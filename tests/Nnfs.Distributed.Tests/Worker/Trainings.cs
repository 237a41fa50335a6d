using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Nnfs.Distributed.Worker;

/// <summary>Trains small networks of drawn samples.</summary>
internal static class Trainings
{
    /// <summary>Trains a network, and says what came of it: hashes of the parameters and of the history.</summary>
    /// <param name="name">The network.</param>
    /// <param name="options">How it is trained, with a group.</param>
    /// <param name="samples">The number of samples of all processes.</param>
    /// <param name="resume">Whether to go on from a checkpoint.</param>
    public static string Run(string name, TrainingOptions options, int samples, bool resume = false)
    {
        ITrainingGroup group = options.Group!;
        NumpyRandom random = new(seed: 5);
        (int start, int end) = options.OwnSamples ? (samples * group.Rank / group.Size, samples * (group.Rank + 1) / group.Size) : (0, samples);

        return name switch
        {
            "mixed" => Hash(new MixedNet(seed: group.Rank), net => Run(
                resume, () => net.Train(Rows(random, samples, 6, start, end), Labels(random, samples, 3, start, end), options),
                () => net.Resume(Rows(random, samples, 6, start, end), Labels(random, samples, 3, start, end), options))),
            "curve" => Hash(new CurveNet(seed: group.Rank), net => net.Train(
                Rows(random, samples, 6, start, end), Rows(random, samples, 2, start, end), options)),
            "image" => Hash(new ImageNet(seed: group.Rank), net => net.Train(
                Rows(random, samples, 36, start, end), Labels(random, samples, 3, start, end), options)),
            "token" => Hash(new TokenNet(seed: group.Rank), net => net.Train(
                Labels(random, samples * 5, 11, start * 5, end * 5), LeaveOut(Labels(random, samples * 5, 3, start * 5, end * 5)), options)),
            "sequence" => Hash(new SequenceNet(seed: group.Rank), net => net.Train(
                Rows(random, samples, 21, start, end), Labels(random, samples * 2, 2, start * 2, end * 2), options)),
            _ => throw new ArgumentException($"There is no network '{name}'.", nameof(name)),
        };
    }

    private static TrainingHistory Run(bool resume, Func<TrainingHistory> train, Func<TrainingHistory> goOn) => resume ? goOn() : train();

    private static string Hash<TNetwork>(TNetwork network, Func<TNetwork, TrainingHistory> train)
        where TNetwork : INetworkModel<TNetwork>
    {
        TrainingHistory history = train(network);

        // The last column is the time that an epoch took.
        IEnumerable<string> lines = history.ToCsv().Split('\n').Select(static line => line[..Math.Max(0, line.LastIndexOf(','))]);

        return $"{Hash(MemoryMarshal.AsBytes(network.Parameters))} {Hash(Encoding.UTF8.GetBytes(string.Join('\n', lines)))} " +
            $"{history.StopReason} {history.Epochs.Count} {history.Epochs[^1].Loss:R}";
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexString(SHA256.HashData(bytes))[..16];

    private static float[] Rows(NumpyRandom random, int samples, int width, int start, int end)
    {
        float[] all = [.. Enumerable.Range(0, samples * width).Select(_ => (float)random.NextGaussian())];

        return all[(start * width)..(end * width)];
    }

    private static int[] Labels(NumpyRandom random, int samples, int classes, int start, int end)
    {
        int[] all = [.. Enumerable.Range(0, samples).Select(_ => (int)(random.NextDouble() * classes))];

        return all[start..end];
    }

    private static int[] LeaveOut(int[] labels) => [.. labels.Select(static (label, i) => i % 7 == 3 ? -1 : label)];
}
