using System.Text;
using Nnfs.Tests.Files;
using IOFile = System.IO.File;

namespace Nnfs.Tests.Training;

/// <summary>When checkpoints are written, what they cost, which are kept, and networks that are loaded from them.</summary>
public sealed class CheckpointTests : IDisposable
{
    private const int Batches = 2;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nnfs-checkpoint-");
    private readonly Problem _problem = new(60);
    private readonly ManualTime _time = new();

    private string File => PathOf("run.safetensors");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Default_is_a_checkpoint_after_a_minute_and_one_at_the_end()
    {
        Assert.Equal((0, TimeSpan.FromMinutes(1)), (new CheckpointOptions(File).EveryEpochs, new CheckpointOptions(File).Interval));

        // Epochs take 25 seconds: the first batch that ends after a minute is the first of the third epoch, and a minute later ends the fifth.
        Assert.Equal(
            ["1 ", "2 ", "3 written", "4 ", "5 written", "6 ", "7 "],
            WrittenEpochs(new(File) { TimeProvider = _time }, TimeSpan.FromSeconds(25)));
        Assert.True(IOFile.Exists(File));
    }

    [Fact]
    public void Interval_counts_from_the_last_checkpoint_and_within_epochs_too()
    {
        List<string> written = [];
        Train(new TrainingOptions
        {
            Epochs = 3,
            BatchSize = 20,
            Checkpoint = new(File) { Interval = TimeSpan.FromSeconds(3), TimeProvider = _time },
            ContinueAfterBatch = report =>
            {
                Note(written, $"{report.Epoch}.{report.Batch}");
                _time.Advance(TimeSpan.FromSeconds(2));

                return true;
            },
        });

        // A batch takes two seconds: every second one ends more than three after the last checkpoint. The next batch finds what it left.
        Assert.Equal(["1.1 ", "1.2 ", "1.3 written", "2.1 ", "2.2 written", "2.3 ", "3.1 written", "3.2 ", "3.3 written"], written);
    }

    [Fact]
    public void Epochs_and_interval_together_bring_about_checkpoints_by_either()
    {
        CheckpointOptions options = new(File) { EveryEpochs = 3, Interval = TimeSpan.FromMinutes(1), TimeProvider = _time };

        Assert.Equal(
            ["1 ", "2 written", "3 written", "4 ", "5 written", "6 written", "7 "],
            WrittenEpochs(options, TimeSpan.FromSeconds(31)));
    }

    [Fact]
    public void Epochs_alone_have_no_interval()
    {
        CheckpointOptions options = new(File) { EveryEpochs = 3, TimeProvider = _time };

        Assert.Null(options.Interval);
        Assert.Equal(["1 ", "2 ", "3 written", "4 ", "5 ", "6 written", "7 "], WrittenEpochs(options, TimeSpan.FromHours(1)));
    }

    [Fact]
    public void Interval_of_zero_is_a_checkpoint_after_every_batch() =>
        Assert.Equal(["1 written", "2 written", "3 written", "4 written", "5 written", "6 written", "7 written"],
            WrittenEpochs(new(File) { Interval = TimeSpan.Zero, TimeProvider = _time }, TimeSpan.Zero));

    [Fact]
    public void Options_that_cannot_be_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("Interval", () => new CheckpointOptions(File) { Interval = TimeSpan.FromTicks(-1) });
        Assert.Throws<ArgumentOutOfRangeException>("EveryEpochs", () => new CheckpointOptions(File) { EveryEpochs = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("KeepLast", () => new CheckpointOptions(File) { KeepLast = 0 });
        Assert.Throws<ArgumentException>("BestPath", () => new CheckpointOptions(File) { BestPath = "" });
        Assert.Throws<ArgumentException>("ResumeFrom", () => new CheckpointOptions(File) { ResumeFrom = "" });
        Assert.Throws<ArgumentNullException>("TimeProvider", () => new CheckpointOptions(File) { TimeProvider = null! });
        Assert.Throws<DirectoryNotFoundException>(
            () => Train(new TrainingOptions { Checkpoint = new(File) { BestPath = Path.Combine(PathOf("missing"), "best.safetensors") } }));
    }

    [Fact]
    public void Checkpoint_within_an_epoch_resumes_to_the_bits_of_a_training_that_never_stopped()
    {
        TrainingOptions options = new() { Epochs = 4, EarlyStopping = new() };
        string copy = PathOf("copy.safetensors");
        SmallNetwork expected = Train(options with
        {
            Checkpoint = new(File) { Interval = TimeSpan.Zero },
            ContinueAfterBatch = report =>
            {
                // The last checkpoint is that of the first batch of the third epoch.
                if ((report.Epoch, report.Batch) == (3, 2))
                {
                    IOFile.Copy(File, copy);
                }

                return true;
            },
        });

        SmallNetwork resumed = new(seed: 9);
        TrainingHistory history = resumed.Resume(_problem.Features, _problem.Labels, options with { Checkpoint = new(File) { ResumeFrom = copy } });

        TrainTests.AssertSame(expected, resumed);
        Assert.Equal(4, history.Epochs.Count);
    }

    [Fact]
    public void Checkpoint_of_a_long_training_does_not_grow_and_its_history_is_whole()
    {
        const int Epochs = 5200;
        List<long> lengths = [];
        TrainingOptions options = new() { Epochs = Epochs, BatchSize = 0, Checkpoint = new(File) { EveryEpochs = 200 } };
        SmallNetwork network = new(seed: 7);
        TrainingHistory history = network.Train(_problem.Features.AsSpan(0, 16), _problem.Labels.AsSpan(0, 4), options with
        {
            ContinueAfterEpoch = report =>
            {
                if (report.Epoch % 200 == 0)
                {
                    lengths.Add(new FileInfo(File).Length);
                }

                return true;
            },
        });

        // 1,024 rows of 64 bytes are the most; the rest is the same but for a few digits.
        Assert.InRange(lengths.Max(), lengths[0], lengths[0] + (1024 * 64));
        Assert.Equal(Epochs / 200, lengths.Count);
        Assert.Single(_folder.GetFiles("*.history"));

        SmallNetwork resumed = new(seed: 9);
        TrainingHistory again = resumed.Resume(_problem.Features.AsSpan(0, 16), _problem.Labels.AsSpan(0, 4), options);

        TrainTests.AssertSame(network, resumed);
        Assert.Equal(history.Epochs, again.Epochs);
    }

    [Fact]
    public void Checkpoint_that_is_older_than_its_file_of_epochs_goes_on_to_the_same_bits()
    {
        string copy = PathOf("copy.safetensors");
        TrainingOptions options = Long(2600);
        SmallNetwork expected = TrainLong(options with
        {
            ContinueAfterEpoch = report =>
            {
                // The file of epochs has 1,200 of them, and grows after this.
                if (report.Epoch == 1400)
                {
                    IOFile.Copy(File, copy);
                }

                return true;
            },
        });
        TrainingHistory history = new SmallNetwork().Resume(_problem.Features.AsSpan(0, 16), _problem.Labels.AsSpan(0, 4), options);
        IOFile.Move(copy, File, overwrite: true);

        SmallNetwork resumed = new(seed: 9);
        TrainingHistory again = resumed.Resume(_problem.Features.AsSpan(0, 16), _problem.Labels.AsSpan(0, 4), options);

        TrainTests.AssertSame(expected, resumed);
        Assert.Equal(TrainTests.Measured(history), TrainTests.Measured(again));
        Assert.Single(_folder.GetFiles("*.history"));
    }

    [Fact]
    public void File_of_epochs_that_is_missing_or_short_is_named_and_nothing_is_changed()
    {
        TrainLong(Long(1400));
        FileInfo epochs = Assert.Single(_folder.GetFiles("*.history"));
        Assert.StartsWith("run.safetensors.", epochs.Name, StringComparison.Ordinal);
        byte[] whole = IOFile.ReadAllBytes(epochs.FullName);

        IOFile.WriteAllBytes(epochs.FullName, whole[..^1]);
        AssertRefused($"Expected the first 1200 epochs of the checkpoint in the file '{epochs.FullName}', but it has {whole.Length - 1} bytes");
        epochs.Delete();
        AssertRefused($"in the file '{epochs.FullName}', but there is none.");
    }

    [Theory]
    [InlineData("../run.history")]
    [InlineData("/etc/passwd")]
    [InlineData("run.safetensors")]
    [InlineData("c:run.history")]
    [InlineData("\\u0000.history")]
    public void File_of_epochs_in_another_folder_or_of_another_kind_is_refused(string name)
    {
        TrainLong(Long(1400));
        byte[] bytes = IOFile.ReadAllBytes(File);
        int length = SafetensorsBytes.HeaderLength(bytes);
        string header = Encoding.UTF8.GetString(bytes, 8, length);
        FileInfo epochs = Assert.Single(_folder.GetFiles("*.history"));
        string changed = header.Replace(epochs.Name, name, StringComparison.Ordinal);
        Assert.NotEqual(header, changed);
        IOFile.WriteAllBytes(File, SafetensorsBytes.Make(Encoding.UTF8.GetBytes(changed), bytes[(8 + length)..]));

        AssertRefused("Expected the name of a file under 'history_file'");
    }

    [Fact]
    public void Last_checkpoints_are_kept_each_a_whole_training()
    {
        TrainingOptions options = new() { Epochs = 6, Checkpoint = new(File) { EveryEpochs = 1, KeepLast = 3 } };
        SmallNetwork expected = Train(options);

        Assert.Equal(["run.1.safetensors", "run.2.safetensors", "run.safetensors"], Names());
        Assert.Equal([6, 5, 4], ((string[])[File, PathOf("run.1.safetensors"), PathOf("run.2.safetensors")]).Select(EpochOf));

        SmallNetwork resumed = new(seed: 9);
        resumed.Resume(
            _problem.Features, _problem.Labels, options with { Checkpoint = new(PathOf("on.safetensors")) { ResumeFrom = PathOf("run.2.safetensors") } });

        TrainTests.AssertSame(expected, resumed);
        Assert.Equal(6, EpochOf(PathOf("on.safetensors")));
        Assert.Equal(4, EpochOf(PathOf("run.2.safetensors")));
    }

    [Fact]
    public void Best_epoch_is_saved_alone()
    {
        // A validation on other data, which is best early.
        TrainingOptions options = new()
        {
            Epochs = 30,
            Optimizer = new Sgd(0.3f),
            ValidationData = new(Numbers.Gaussians(80, seed: 5), Numbers.Labels(20, 3, seed: 6)),
        };
        SmallNetwork expected = new(seed: 7);
        TrainingHistory history = expected.Train(
            _problem.Features, _problem.Labels, options with { Optimizer = new Sgd(0.3f), EarlyStopping = new() { Patience = 100 } });
        SmallNetwork network = Train(options with { Checkpoint = new(File) { BestPath = PathOf("best.safetensors") } });

        Assert.InRange(history.BestEpoch, 1, 29);
        TrainTests.AssertSame(expected, SmallNetwork.Load(PathOf("best.safetensors")));
        Assert.NotEqual(expected.Parameters.ToArray(), network.Parameters.ToArray());
        Assert.Equal(["best.safetensors", "run.safetensors"], Names());
    }

    [Fact]
    public void Best_epoch_is_written_when_a_checkpoint_is_and_stays_when_training_goes_on()
    {
        string best = PathOf("best.safetensors");
        List<bool> written = [];
        TrainingOptions options = new()
        {
            Epochs = 4,
            Checkpoint = new(File) { EveryEpochs = 2, BestPath = best },
            ContinueAfterEpoch = _ =>
            {
                written.Add(IOFile.Exists(best));

                return true;
            },
        };
        Train(options);
        Assert.Equal([false, true, true, true], written);

        // What was best is not known any more, but its file is there.
        byte[] before = IOFile.ReadAllBytes(best);
        new SmallNetwork(seed: 9).Resume(_problem.Features, _problem.Labels, options);
        Assert.Equal(before, IOFile.ReadAllBytes(best));
    }

    [Fact]
    public void Resume_from_one_path_writes_to_another()
    {
        Train(new TrainingOptions { Epochs = 2, Checkpoint = new(File) });
        byte[] before = IOFile.ReadAllBytes(File);
        string other = PathOf("other.safetensors");

        new SmallNetwork().Resume(_problem.Features, _problem.Labels, new TrainingOptions { Epochs = 2, Checkpoint = new(other) { ResumeFrom = File } });

        Assert.Equal(before, IOFile.ReadAllBytes(File));
        Assert.Equal(before, IOFile.ReadAllBytes(other));
        Assert.Throws<FileNotFoundException>(() => new SmallNetwork().Resume(
            _problem.Features, _problem.Labels, new TrainingOptions { Checkpoint = new(File) { ResumeFrom = PathOf("none") } }));
    }

    [Fact]
    public void Network_is_loaded_from_a_checkpoint_without_its_training()
    {
        SmallNetwork last = new();
        SmallNetwork best = Train(new TrainingOptions
        {
            Epochs = 5,
            Optimizer = new Adam(0.05f),
            AccumulationSteps = 2,
            EarlyStopping = new() { MinImprovement = 100f },
            Checkpoint = new(File),
            ContinueAfterEpoch = report => report.Epoch < 3,
        }, last);

        TrainTests.AssertSame(best, SmallNetwork.LoadCheckpoint(File, best: true));
        TrainTests.AssertSame(last, SmallNetwork.LoadCheckpoint(File));
        Assert.NotEqual(best.Parameters.ToArray(), last.Parameters.ToArray());
    }

    [Fact]
    public void Network_is_not_loaded_from_what_has_none()
    {
        Train(new TrainingOptions { Epochs = 2, Checkpoint = new(File) });

        AssertRefused("LoadCheckpoint makes a network of it, and Resume goes on with it.", () => SmallNetwork.Load(File));
        AssertRefused("The checkpoint has no parameters of a best epoch", () => SmallNetwork.LoadCheckpoint(File, best: true));
        AssertRefused("'dense1.weights': expected F32 [4, 5], found F32 [4, 9]", () => TanhFileNetwork.LoadCheckpoint(File));
        AssertRefused("'ReLU1': expected nothing, found ReLU", () => SmallLinearNetwork.LoadCheckpoint(File));
        float[] expected = new float[SmallNetwork.ParameterCount];
        float[] actual = new float[SmallLinearNetwork.ParameterCount];
        SmallNetwork.LoadCheckpoint(File).CopyParametersTo(expected);
        SmallLinearNetwork.LoadCheckpoint(File, options: new() { IgnoreLayers = true }).CopyParametersTo(actual);
        Assert.Equal(expected, actual);

        new SmallNetwork().Save(File);
        AssertRefused("it is no checkpoint. Load reads a saved network.", () => SmallNetwork.LoadCheckpoint(File));
    }

    private static void AssertRefused(string message, Action load) =>
        Assert.Contains(message, Assert.Throws<SafetensorsException>(load).Message, StringComparison.Ordinal);

    private static int EpochOf(string checkpoint)
    {
        string epoch = SafetensorsBytes.ParseHeader(IOFile.ReadAllBytes(checkpoint)).GetProperty("__metadata__").GetProperty("epoch").GetString()!;

        // The one under way.
        return int.Parse(epoch, System.Globalization.CultureInfo.InvariantCulture) - 1;
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private IEnumerable<string> Names() => _folder.GetFiles().Select(static file => file.Name).Order(StringComparer.Ordinal);

    private TrainingOptions Long(int epochs) => new() { Epochs = epochs, BatchSize = 0, Checkpoint = new(File) { EveryEpochs = 200 } };

    private SmallNetwork TrainLong(TrainingOptions options)
    {
        SmallNetwork network = new(seed: 7);
        network.Train(_problem.Features.AsSpan(0, 16), _problem.Labels.AsSpan(0, 4), options);

        return network;
    }

    /// <summary>Trains a network, and copies it into another after each epoch.</summary>
    private SmallNetwork Train(TrainingOptions options, SmallNetwork? last = null)
    {
        SmallNetwork network = new(seed: 7);
        Func<EpochReport, bool>? next = options.ContinueAfterEpoch;
        network.Train(_problem.Features, _problem.Labels, options with
        {
            ContinueAfterEpoch = report =>
            {
                last?.CopyFrom(network);

                return next?.Invoke(report) ?? true;
            },
        });

        return network;
    }

    /// <summary>The epochs, each with whether it found a checkpoint, which it then takes away.</summary>
    private List<string> WrittenEpochs(CheckpointOptions checkpoint, TimeSpan epoch)
    {
        List<string> written = [];
        Train(new TrainingOptions
        {
            Epochs = 7,
            Checkpoint = checkpoint,
            ContinueAfterBatch = report =>
            {
                _time.Advance(epoch / report.Batches);
                Assert.Equal(Batches, report.Batches);

                return true;
            },
            ContinueAfterEpoch = report =>
            {
                Note(written, $"{report.Epoch}");

                return true;
            },
        });

        return written;
    }

    private void Note(List<string> written, string what)
    {
        written.Add($"{what} {(IOFile.Exists(File) ? "written" : "")}");
        IOFile.Delete(File);
    }

    private void AssertRefused(string message)
    {
        SmallNetwork network = new(seed: 9);
        AssertRefused(message, () => network.Resume(_problem.Features.AsSpan(0, 16), _problem.Labels.AsSpan(0, 4), Long(1400)));

        TrainTests.AssertSame(new SmallNetwork(seed: 9), network);
    }
}
