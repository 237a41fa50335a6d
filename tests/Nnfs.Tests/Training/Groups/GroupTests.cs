using System.Diagnostics.Metrics;
using Nnfs.Training;
using Nnfs.Training.Groups;

namespace Nnfs.Tests.Training.Groups;

/// <summary>Trainings in a group of threads, or in one with several shards, where what matters is what each process is told.</summary>
public sealed class GroupTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nnfs-group-");
    private readonly Problem _problem = new(60);

    private string File => Path.Combine(_folder.FullName, "run.safetensors");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Batches_smaller_than_the_shards_are_refused()
    {
        ArgumentException exception = Assert.Throws<ArgumentException>("options", () => Train(new() { Group = new LocalGroup(4), BatchSize = 3 }));

        Assert.StartsWith(
            "Expected BatchSize, the number of samples of a batch of all processes, to be at least the 4 shards of the group, but it is 3.",
            exception.Message,
            StringComparison.Ordinal);
    }

    /// <summary>A shard has up to three samples of a batch of nine, and of one of ten.</summary>
    [Fact]
    public void A_checkpoint_of_batches_of_another_size_is_refused()
    {
        TrainingOptions options = new() { Group = new LocalGroup(4), Epochs = 1, BatchSize = 9, Checkpoint = new(File) };
        Train(options);
        ArgumentException exception = Assert.Throws<ArgumentException>("options", () =>
            new SmallNetwork(seed: 7).Resume(_problem.Features, _problem.Labels, options with { BatchSize = 10, Epochs = 2 }));

        Assert.Contains("\nBatchSize: 9 in the checkpoint, 10 given\n", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Own_samples_without_a_group_are_refused()
    {
        TrainingOptions options = new() { OwnSamples = true };
        Dataset dataset = new(_problem.Features, _problem.Labels, SmallNetwork.InputSize, classCount: 3);

        foreach (Action train in (Action[])
        [
            () => Train(options),
            () => new SmallNetwork().FindLearningRate(dataset, options),
            () => new SmallNetwork().CrossValidate(dataset, folds: 2, options),
        ])
        {
            Assert.StartsWith(
                "Expected OwnSamples to be false, because there is no Group with other processes that have other samples.",
                Assert.Throws<ArgumentException>("options", train).Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Own_samples_find_no_learning_rate()
    {
        Dataset dataset = new(_problem.Features, _problem.Labels, SmallNetwork.InputSize, classCount: 3);
        ArgumentException exception = Assert.Throws<ArgumentException>("options", () =>
            new SmallNetwork().FindLearningRate(dataset, new() { Group = new LocalGroup(2), OwnSamples = true }));

        Assert.StartsWith(
            "Expected OwnSamples to be false, because each process would find the rate for other samples: give all samples to all.",
            exception.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Positions_that_labels_of_several_outputs_leave_out_are_refused_where_shards_would_count_them()
    {
        int[] tags = Numbers.Labels(80, 3, seed: 2);
        NamedDataset whole = TaggingNetwork.CreateDataset(Numbers.Gaussians(240, seed: 1), tags, Numbers.Labels(40, 2, seed: 3));
        tags[13] = tags[50] = -1;
        NamedDataset gaps = TaggingNetwork.CreateDataset(Numbers.Gaussians(240, seed: 1), tags, Numbers.Labels(40, 2, seed: 3));
        TrainingOptions options = new() { Epochs = 1, BatchSize = 8 };

        Assert.Single(new TaggingNetwork(seed: 1).Train(whole, options with { Group = new LocalGroup(2) }).Epochs);
        Assert.Single(new TaggingNetwork(seed: 1).Train(gaps, options with { Group = new LocalGroup(1) }).Epochs);
        ArgumentException exception = Assert.Throws<ArgumentException>(() =>
            new TaggingNetwork(seed: 1).Train(gaps, options with { Group = new LocalGroup(2) }));

        Assert.StartsWith(
            "Expected labels that leave out no position, because 'Nnfs.Tests.Training.TaggingNetwork' has several inputs or outputs, and each of the 2 " +
            "shards of the group would count another part of what they are of, but they leave out 2.",
            exception.Message,
            StringComparison.Ordinal);
    }

    /// <summary>The mean over all samples, however many each process has: to rounding the step of one process that has all of them.</summary>
    [Fact]
    public void Samples_of_their_own_in_unequal_numbers_make_the_step_of_all()
    {
        TrainingOptions options = new() { Epochs = 1, BatchSize = 0, Shuffle = false, Optimizer = new Sgd(0.5f) };
        SmallNetwork expected = new(seed: 7);
        TrainingHistory history = expected.Train(_problem.Features, _problem.Labels, options);

        Exception?[] thrown = ThreadGroup.Run(2, group =>
        {
            (int start, int end) = group.Rank == 0 ? (0, 11) : (11, 60);
            SmallNetwork network = new(seed: group.Rank + 7);
            TrainingHistory ofGroup = network.Train(
                _problem.Features.AsSpan((start * 4)..(end * 4)), _problem.Labels.AsSpan(start..end), options with { Group = group, OwnSamples = true });

            Numbers.AssertClose(Numbers.ToDoubles(expected.Parameters), network.Parameters, 1e-6, "parameters");
            Assert.Equal(history.Epochs[0].Loss, ofGroup.Epochs[0].Loss, 1e-6f);
            Assert.Equal(history.Epochs[0].Accuracy, ofGroup.Epochs[0].Accuracy);
        });

        Assert.All(thrown, Assert.Null);
    }

    [Fact]
    public void Different_options_are_told_with_the_values_of_both_processes()
    {
        Exception?[] thrown = ThreadGroup.Run(3, group =>
        {
            Train(new() { Group = group, Epochs = 1, BatchSize = group.Rank == 0 ? 8 : 12, Optimizer = new Adam(group.Rank == 2 ? 0.1f : 0.01f) });
        });

        Assert.All(thrown, exception => Assert.StartsWith(
            "Expected the processes of a group to train the same network with the same options and numbers of samples, but 2 of 3 do not train as the first " +
            "one does:\nBatchSize: 8 in the first process, 12 in process 1\n",
            Assert.IsType<ArgumentException>(exception).Message,
            StringComparison.Ordinal));
    }

    /// <summary>Of values that are long, such as the scaling of many features, only what differs and what is around it.</summary>
    [Fact]
    public void Long_values_are_told_in_part()
    {
        string same = new('a', 100);
        Exception?[] thrown = ThreadGroup.Run(2, group => GroupSettings.RequireSame(
            group,
            [
                new("Short", group.Rank == 0 ? "one" : ""),
                new("Long", $"{same}{group.Rank}{same}"),
                new("Longer", group.Rank == 0 ? same : same + "!"),
            ],
            "options"));

        Assert.All(thrown, static exception => Assert.Contains(
            "\nShort: one in the first process,  in process 1\n" +
            $"Long: …{new string('a', 30)}0{new string('a', 49)}… in the first process, …{new string('a', 30)}1{new string('a', 49)}… in process 1\n" +
            $"Longer: …{new string('a', 30)} in the first process, …{new string('a', 30)}! in process 1\n",
            Assert.IsType<ArgumentException>(exception).Message,
            StringComparison.Ordinal));
    }

    [Fact]
    public void What_one_process_was_given_wrongly_ends_the_beginning_of_all()
    {
        bool[] left = new bool[3];
        Exception?[] thrown = ThreadGroup.Run(3, group =>
        {
            try
            {
                new SmallNetwork(seed: 7).Train(_problem.Features.AsSpan(group.Rank == 1 ? 1 : 0), _problem.Labels, new() { Group = group, Epochs = 1 });
            }
            finally
            {
                left[group.Rank] = group.HasLeft;
            }
        });

        Assert.IsType<ArgumentException>(thrown[1]);
        Assert.All((int[])[0, 2], rank => Assert.Equal(
            "The training has not begun: 1 of 3 processes could not, first process 1, whose exception says why.",
            Assert.IsType<InvalidOperationException>(thrown[rank]).Message));
        Assert.DoesNotContain(true, left);
    }

    [Fact]
    public void One_process_that_resumes_and_one_that_trains_are_refused()
    {
        TrainingOptions options = new() { Epochs = 1, BatchSize = 8, Checkpoint = new(File) };
        ThreadGroup.Run(2, group => Train(options with { Group = group }));
        Exception?[] thrown = ThreadGroup.Run(2, group =>
        {
            TrainingOptions given = options with { Group = group, Epochs = 2 };
            _ = group.Rank == 0
                ? new SmallNetwork(seed: 7).Resume(_problem.Features, _problem.Labels, given)
                : new SmallNetwork(seed: 7).Train(_problem.Features, _problem.Labels, given);
        });

        Assert.All(thrown, exception => Assert.Contains(
            "\nResume: True in the first process, False in process 1\n", Assert.IsType<ArgumentException>(exception).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_checkpoint_that_is_missing_in_one_process_ends_the_beginning_of_all()
    {
        TrainingOptions options = new() { Epochs = 1, BatchSize = 8, Checkpoint = new(File) };
        ThreadGroup.Run(2, group => Train(options with { Group = group }));
        Exception?[] thrown = ThreadGroup.Run(2, group => new SmallNetwork(seed: 7).Resume(
            _problem.Features,
            _problem.Labels,
            options with { Group = group, Epochs = 2, Checkpoint = new(group.Rank == 0 ? File : File + ".elsewhere") }));

        Assert.IsType<InvalidOperationException>(thrown[0]);
        Assert.IsType<FileNotFoundException>(thrown[1]);
    }

    [Fact]
    public void Callbacks_that_change_parameters_in_one_process_are_noticed_at_the_end_of_the_epoch()
    {
        Exception?[] thrown = ThreadGroup.Run(3, group =>
        {
            SmallNetwork network = new(seed: 7);
            network.Train(_problem.Features, _problem.Labels, new()
            {
                Group = group,
                Epochs = 3,
                BatchSize = 8,
                ContinueAfterBatch = report =>
                {
                    network.Parameters[^1] += group.Rank == 1 && report is { Epoch: 2, Batch: 1 } ? 1e-3f : 0f;

                    return true;
                },
            });
        });

        Assert.All(thrown, static exception => Assert.Equal(
            "After epoch 2, the parameters or learning rates of these processes are not those of the first one: 1. What callbacks change, they must change " +
            "in all processes alike, and all processors must have vectors of the same size.",
            Assert.IsType<InvalidOperationException>(exception).Message));
    }

    /// <summary>After the last batch, so that the parameters are still the same.</summary>
    [Fact]
    public void Callbacks_that_change_the_learning_rate_in_one_process_are_noticed_at_the_end_of_the_epoch()
    {
        Exception?[] thrown = ThreadGroup.Run(2, group =>
        {
            Sgd optimizer = new(0.1f);
            Train(new()
            {
                Group = group,
                Epochs = 3,
                BatchSize = 8,
                Optimizer = optimizer,
                ContinueAfterBatch = report =>
                {
                    optimizer.LearningRate = group.Rank == 1 && report.Batch == 8 ? 0.2f : 0.1f;

                    return true;
                },
            });
        });

        Assert.All(thrown, static exception => Assert.StartsWith(
            "After epoch 1, the parameters or learning rates of these processes are not those of the first one: 1.",
            Assert.IsType<InvalidOperationException>(exception).Message,
            StringComparison.Ordinal));
    }

    [Fact]
    public void A_callback_that_throws_leaves_the_group_and_one_that_diverges_does_not()
    {
        bool[] left = new bool[4];
        Exception?[] thrown = ThreadGroup.Run(2, group =>
        {
            try
            {
                Train(new()
                {
                    Group = group,
                    BatchSize = 8,
                    ContinueAfterBatch = _ => group.Rank == 1 ? throw new FormatException("on purpose") : true,
                });
            }
            finally
            {
                left[group.Rank] = group.HasLeft;
            }
        });
        Exception?[] diverged = ThreadGroup.Run(2, group =>
        {
            try
            {
                Train(new() { Group = group, BatchSize = 8, Optimizer = new Sgd(1e38f) });
            }
            finally
            {
                left[group.Rank + 2] = group.HasLeft;
            }
        });

        Assert.IsType<FormatException>(thrown[1]);
        Assert.All(diverged, static exception => Assert.IsType<TrainingDivergedException>(exception));
        Assert.Equal([true, true, false, false], left);
    }

    [Fact]
    public void Progress_that_can_not_begin_leaves_the_group()
    {
        bool[] left = new bool[2];
        ThreadGroup.Run(2, group =>
        {
            try
            {
                Train(new() { Group = group, BatchSize = 8, Progress = new FailingProgress() });
            }
            finally
            {
                left[group.Rank] = group.HasLeft;
            }
        });

        Assert.True(left[0]);
    }

    [Fact]
    public void Each_process_measures_its_own_samples()
    {
        long[] samples = new long[2];
        using MeterListener listener = new()
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument is { Meter.Name: "Nnfs", Name: "nnfs.training.samples" })
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        int[] threads = new int[2];
        listener.SetMeasurementEventCallback<long>((_, value, _, _) =>
        {
            // Other tests train at the same time on other threads.
            int rank = Array.IndexOf(threads, Environment.CurrentManagedThreadId);

            if (rank >= 0)
            {
                samples[rank] += value;
            }
        });
        listener.Start();

        Exception?[] thrown = ThreadGroup.Run(2, group =>
        {
            threads[group.Rank] = Environment.CurrentManagedThreadId;
            int count = group.Rank == 0 ? 10 : 50;
            TrainingOptions options = new() { Group = group, OwnSamples = true, Epochs = 1, BatchSize = 12 };
            new SmallNetwork(seed: 7).Train(_problem.Features.AsSpan(0, count * 4), _problem.Labels.AsSpan(0, count), options);
        });

        Assert.All(thrown, Assert.Null);
        Assert.Equal([10, 50], samples);
    }

    private void Train(TrainingOptions options) => new SmallNetwork(seed: 7).Train(_problem.Features, _problem.Labels, options);

    private sealed class FailingProgress : IProgress<EpochReport>, ITrainingProgress
    {
        public IProgressRun Begin(int epochs, int samples) => throw new IOException("on purpose");

        public void Report(EpochReport value)
        {
        }
    }
}
