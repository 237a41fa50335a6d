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

    [Fact]
    public async Task LastStep_thatEndedButWasNotHeardOf_trainsNothing()
    {
        double whole = await TrainAsync(epochs: 6);
        DateTime written = File.GetLastWriteTimeUtc(Checkpoint(6));

        Assert.Equal(whole, await TrainAsync(epochs: 6));
        Assert.True(File.Exists(Checkpoint(6)));
        Assert.Equal(6, Epochs(Checkpoint(6)));
        Assert.True(File.GetLastWriteTimeUtc(Checkpoint(6)) >= written);
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

        using CoreRun run = new(_objective, Order(epochs), NullLogger.Instance);
        RunReport end = await run.Completion;
        Assert.Equal(RunState.Finished, end.State);

        return end.Figure;
    }

    private string Checkpoint(int epochs) => _folder.File($"trial-5.epochs-{epochs}.safetensors");

    private TrialOrder Order(int epochs) =>
        new(Guid.NewGuid(), _objective.Name, Number: 5, Seed: 77, epochs, MaxEpochs: 6, ["width", "rate"], ["16", "0.02"], _folder.Path);
}
