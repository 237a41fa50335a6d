using System.Diagnostics;
using System.Globalization;

namespace Nnfs.Benchmarks;

/// <summary>One process of <see cref="GroupsRun"/>. The first one prints the time of a step, and then the times of sums.</summary>
internal static class GroupProcess
{
    /// <summary>The argument of the command line that asks for it; the kind of the group follows.</summary>
    public const string Mode = "group-process";

    /// <summary>The samples of a batch, of all processes.</summary>
    public const int BatchSize = 256;

    private const int Batches = 10;
    private const int Epochs = 10;
    private const int Sums = 101;

    /// <summary>Trains, and adds up.</summary>
    public static void Run(string kind)
    {
        ITrainingGroup? group = kind switch
        {
            "mpi" => MpiGroup.World(),
            "local" => new LocalGroup(),
            _ => null,
        };
        NumpyRandom random = new(seed: 1);
        Net784x512x512x10 network = new(seed: 1);
        float[] features = [.. Enumerable.Range(0, Batches * BatchSize * Net784x512x512x10.InputSize).Select(_ => (float)random.NextDouble())];
        int[] labels = [.. Enumerable.Range(0, Batches * BatchSize).Select(_ => (int)(random.NextDouble() * Net784x512x512x10.OutputSize))];
        TrainingHistory history = network.Train(
            features, labels, new() { Group = group, Epochs = Epochs, BatchSize = kind == "half" ? BatchSize / 2 : BatchSize, Optimizer = new Sgd(0.01f) });

        // The quickest epoch was disturbed the least.
        double step = history.Epochs.Min(static epoch => epoch.Duration).TotalSeconds / (kind == "half" ? Batches * 2 : Batches);
        List<string> lines = [step.ToString("R", CultureInfo.InvariantCulture)];

        for (int count = 1; group?.Size > 1 && count <= 1 << 20; count *= 16)
        {
            lines.Add($"| {count:N0} | {Text.Duration(TimeOfSum(group, count))} |");
        }

        if (group is null or { Rank: 0 })
        {
            lines.ForEach(Console.WriteLine);
        }
    }

    private static double TimeOfSum(ITrainingGroup group, int count)
    {
        float[] values = new float[count];
        double[] seconds = new double[Sums];

        for (int i = 0; i < Sums; i++)
        {
            long start = Stopwatch.GetTimestamp();
            group.Sum(values);
            seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        return seconds.Order().ElementAt(Sums / 2);
    }
}
