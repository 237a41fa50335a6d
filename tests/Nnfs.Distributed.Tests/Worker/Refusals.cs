namespace Nnfs.Distributed.Worker;

/// <summary>Trainings that a group refuses, in all of its processes alike.</summary>
/// <param name="group">The processes: two.</param>
/// <param name="checkpoint">A checkpoint that is written.</param>
internal sealed class Refusals(MpiGroup group, string checkpoint)
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
                MpiGroup.World(2);
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
        yield return Refuse("empty", () => Train(Options with { SharedStatistics = true, BatchSize = 2 }, samples: 21));
        yield return Refuse("positions", () => new TokenNet(seed: 1).Train(new int[100], new int[100], Options with { SharedStatistics = true }));
        yield return Refuse("outputs", () => new TaggedNet(seed: 1).Train(
            TaggedNet.CreateDataset(new float[20 * 6], IsFirst ? new int[40] : [-1, .. new int[39]], new float[20]), Options));
        yield return Refuse("resume", () => Go(resume: IsFirst, checkpoint));
        yield return Refuse("missing", () => Go(resume: true, IsFirst ? checkpoint : checkpoint + ".elsewhere"));
        yield return Refuse("features", () => Train(Options, samples: 20, labels: IsFirst ? 20 : 19));
        yield return Refuse("unequal", () => MpiGroup.World(shards: 6));

        // None of these has left the group: it can train.
        yield return Refuse("afterwards", () => Train(Options));
    }

    private static void Train(TrainingOptions options, int samples = 20, int labels = -1) =>
        new MixedNet(seed: 1).Train(new float[samples * MixedNet.InputSize], new int[labels < 0 ? samples : labels], options);

    /// <summary>Trains for an epoch, and then goes on or begins again.</summary>
    private void Go(bool resume, string path)
    {
        Train(Options with { Epochs = 1, Checkpoint = new(checkpoint) });
        TrainingOptions options = Options with { Checkpoint = new(path) };

        if (resume)
        {
            new MixedNet(seed: 1).Resume(new float[20 * MixedNet.InputSize], new int[20], options);
        }
        else
        {
            Train(options);
        }
    }

    private static string Refuse(string name, Action train)
    {
        try
        {
            train();

            return $"{name}: nothing";
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or FileNotFoundException)
        {
            return $"{name}: {exception.Message.ReplaceLineEndings(" | ")}";
        }
    }
}
