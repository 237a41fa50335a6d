namespace Nnfs.Distributed.Worker;

/// <summary>Trainings that a group refuses, in all of its processes alike.</summary>
/// <param name="group">The processes: two.</param>
internal sealed class Refusals(MpiGroup group)
{
    private TrainingOptions Options => new() { Group = group, Epochs = 2, BatchSize = 8 };

    private bool IsFirst => group.Rank == 0;

    /// <summary>A line for each: its name and the message.</summary>
    public IEnumerable<string> Run()
    {
        yield return Refuse("batches", () => Train(Options with { BatchSize = IsFirst ? 8 : 12, Optimizer = new Adam(0.1f) }));
        yield return Refuse("epochs", () => Train(Options with { Epochs = IsFirst ? 2 : 3 }));
        yield return Refuse("samples", () => Train(Options, samples: IsFirst ? 20 : 21));
        yield return Refuse("network", () =>
        {
            if (IsFirst)
            {
                Train(Options);
            }
            else
            {
                new CurveNet(seed: 1).Train(new float[20 * CurveNet.InputSize], new float[20 * CurveNet.OutputSize], Options);
            }
        });
        yield return Refuse("shards", () =>
        {
            MpiGroup.World(IsFirst ? 2 : 4);

            try
            {
                Train(Options);
            }
            finally
            {
                MpiGroup.World();
            }
        });
        yield return Refuse("few", () => Train(Options, samples: 1));
        yield return Refuse("stateful", () => new StatefulNet(seed: 1).Train(
            new float[20 * StatefulNet.InputSize], new int[20], Options with { Shuffle = false }));
        yield return Refuse("scaling", () => new HouseNet(seed: 1).Train(
            Scenarios.Houses(new Share(group, isOwn: true, samples: 20)), Options with { OwnSamples = true }));
        yield return Refuse("scalings", () => new HouseNet(seed: 1) { Scaling = SampleScaling.Of(Scenarios.Houses(new Share(group, isOwn: true, samples: 20))) }
            .Train(Scenarios.Houses(new Share(group, isOwn: true, samples: 20)), Options with { OwnSamples = true }));
        yield return Refuse("folds", () => new MixedNet(seed: 1).CrossValidate(
            new Dataset(new float[20 * MixedNet.InputSize], new int[20], MixedNet.InputSize, classCount: 3), folds: 2, Options with { OwnSamples = true }));
        yield return Refuse("threads", () => Train(Options with { SharedStatistics = true, Threads = 2 }));
        yield return Refuse("empty", () => Train(Options with { SharedStatistics = true, BatchSize = 1 }));
        yield return Refuse("positions", () => new TokenNet(seed: 1).Train(new int[100], new int[100], Options with { SharedStatistics = true }));
        yield return Refuse("unequal", () => MpiGroup.World(shards: 6));
    }

    private static void Train(TrainingOptions options, int samples = 20) =>
        new MixedNet(seed: 1).Train(new float[samples * MixedNet.InputSize], new int[samples], options);

    private static string Refuse(string name, Action train)
    {
        try
        {
            train();

            return $"{name}: nothing";
        }
        catch (ArgumentException exception)
        {
            return $"{name}: {exception.Message.ReplaceLineEndings(" | ")}";
        }
    }
}
