using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Nnfs.Sweeps.Cluster;

namespace Nnfs.Sweeps.Tests;

/// <summary>What a step goes on from, whenever the process before it was killed.</summary>
public sealed class CheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SpiralObjective _objective = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Step_withoutTheCheckpointOfTheOneBefore_trainsFromTheStartToTheSameFigure()
    {
        double two = await TrainAsync(epochs: 2), whole = await TrainAsync(epochs: 4);
        Directory.Delete(_folder.Path, recursive: true);

        Assert.Equal(whole, await TrainAsync(epochs: 4));
        Assert.NotEqual(two, whole);
    }

    [Fact]
    public async Task Step_thatEndedButWasNotHeardOf_isTrainedAgainToTheSameFigure()
    {
        double two = await TrainAsync(epochs: 2);

        // The step is asked for again: its checkpoint is at its end, and training from there would be an epoch too many.
        Assert.Equal(two, await TrainAsync(epochs: 2));

        // The process was killed after the last epoch, before the checkpoint got its name.
        File.Move(Checkpoint(2), _folder.File($"trial-5.epochs-2.{Guid.NewGuid():N}.partial.safetensors"));
        Assert.Equal(two, await TrainAsync(epochs: 2));
        Assert.Equal([Checkpoint(2)], Directory.GetFiles(_folder.Path, "*.safetensors"));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    public async Task Step_thatIsAskedForOnceMore_isTrainedAgain(int epochs)
    {
        double figure = await TrainAsync(epochs);
        int trained = 0;

        Assert.Equal(figure, await TrainAsync(epochs, (_, _) => trained++));
        Assert.Equal(epochs, trained);
        Assert.Equal(epochs, Epochs(Checkpoint(epochs)));
    }

    [Fact]
    public async Task Step_thatHasFailed_leavesNothingToGoOnFrom()
    {
        double two = await TrainAsync(epochs: 2);
        File.Move(Checkpoint(2), _folder.File($"trial-5.epochs-4.{Guid.NewGuid():N}.partial.safetensors"));
        Assert.Equal(RunState.Failed, (await RunAsync(new FailingObjective(), epochs: 4)).State);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));

        Assert.Equal(two, await TrainAsync(epochs: 2));
        Assert.Equal(RunState.Failed, (await RunAsync(new FailingObjective(), epochs: 4)).State);
        Assert.Equal([Checkpoint(2)], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Step_thatWentTooFarInAnObjectiveThatCatchesAll_isTrainedAgainToTheSameFigure()
    {
        double two = await TrainAsync(epochs: 2);
        File.Move(Checkpoint(2), _folder.File($"trial-5.epochs-2.{Guid.NewGuid():N}.partial.safetensors"));
        RunReport end = await RunAsync(new CatchingObjective(_objective), epochs: 2);

        Assert.Equal((RunState.Finished, two), (end.State, end.Figure));
    }

    [Fact]
    public async Task Step_ofManyEpochs_leavesNoEpochsOfTheStepsBefore()
    {
        // What a long training writes beside its checkpoint: the epochs that are no longer in it.
        await TrainAsync(epochs: 2);
        string old = _folder.File($"trial-5.epochs-2.{Guid.NewGuid():N}.partial.safetensors.x.history");
        string other = _folder.File($"trial-50.epochs-2.{Guid.NewGuid():N}.partial.safetensors.x.history");
        File.WriteAllText(old, "");
        File.WriteAllText(other, "");
        TrialCheckpoints checkpoints = new(Order(4), ignorePartial: false);
        string own = $"{checkpoints.Options.Path}.x.history";
        File.WriteAllText(own, "");
        File.WriteAllText(checkpoints.Options.Path, "");

        checkpoints.Finish();

        Assert.Equal(new[] { own, Checkpoint(4), other }.Order(StringComparer.Ordinal), Directory.GetFiles(_folder.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Step_thatWasKilledOnTheWay_goesOnFromItsOwnCheckpoint()
    {
        // A step of four epochs that was killed after two of them.
        double two = await TrainAsync(epochs: 2);
        File.Move(Checkpoint(2), _folder.File($"trial-5.epochs-4.{Guid.NewGuid():N}.partial.safetensors"));
        int trained = 0;
        double four = await TrainAsync(epochs: 4, (_, _) => trained++);
        Directory.Delete(_folder.Path, recursive: true);

        Assert.Equal(2, trained);
        Assert.Equal(four, await TrainAsync(epochs: 4));
        Assert.NotEqual(two, four);
    }

    [Fact]
    public void Options_ofATrial_areForOneTrainingWithoutACheckpointOfItsOwn()
    {
        Trial trial = new(Order(2), new TrialCheckpoints(Order(2), ignorePartial: false), static (_, _) => { }, TestContext.Current.CancellationToken);

        Assert.Contains(
            "'mine'", Assert.Throws<ArgumentException>(() => trial.Options(new() { Checkpoint = new("mine") })).Message, StringComparison.Ordinal);
        Assert.Equal(6, trial.Options(new()).Epochs);
        Assert.Throws<InvalidOperationException>(() => trial.Options(new()));
        Assert.Contains(
            "'x' is not in the space of the objective, which has 'width', 'rate'",
            Assert.Throws<ArgumentException>(() => trial.Get(CurveObjective.X)).Message,
            StringComparison.Ordinal);
    }

    private static int Epochs(string checkpoint)
    {
        // The header of a safetensors file is JSON, and the epoch that is under way is in its metadata.
        byte[] bytes = File.ReadAllBytes(checkpoint);
        using JsonDocument header = JsonDocument.Parse(bytes.AsMemory(8, (int)BitConverter.ToInt64(bytes)));

        return int.Parse(header.RootElement.GetProperty("__metadata__").GetProperty("epoch").GetString()!, CultureInfo.InvariantCulture) - 1;
    }

    private async Task<double> TrainAsync(int epochs, Action<int, double>? report = null)
    {
        if (report is not null)
        {
            TrialOrder order = Order(epochs);

            return _objective.Train(new Trial(order, new TrialCheckpoints(order, ignorePartial: false), report, TestContext.Current.CancellationToken));
        }

        RunReport end = await RunAsync(_objective, epochs);
        Assert.Equal(RunState.Finished, end.State);

        return end.Figure;
    }

    private async Task<RunReport> RunAsync(Objective objective, int epochs)
    {
        using CoreRun run = new(objective, Order(epochs), NullLogger.Instance);

        return await run.Completion;
    }

    private string Checkpoint(int epochs) => _folder.File($"trial-5.epochs-{epochs}.safetensors");

    private TrialOrder Order(int epochs) =>
        new(Guid.NewGuid(), _objective.Name, Number: 5, Seed: 77, epochs, MaxEpochs: 6, ["width", "rate"], ["16", "0.02"], _folder.Path);

    /// <summary>Writes a checkpoint and fails.</summary>
    private sealed class FailingObjective : Objective
    {
        public override IReadOnlyList<Parameter> Space => [SpiralObjective.Width, SpiralObjective.Rate];

        public override double Train(Trial trial)
        {
            File.WriteAllText(trial.Options(new()).Checkpoint!.Path, "");

            throw new InvalidOperationException("It is not to be.");
        }
    }

    /// <summary>Takes anything that happens in a training for a bad figure.</summary>
    private sealed class CatchingObjective(SpiralObjective inner) : Objective
    {
        public override IReadOnlyList<Parameter> Space => inner.Space;

        public override double Train(Trial trial)
        {
            try
            {
                return inner.Train(trial);
            }
            catch (Exception)
            {
                return -1e9;
            }
        }
    }
}
