using Orleans.TestingHost;

namespace Nnfs.Sweeps.Tests;

public sealed class LostSiloTests
{
    /// <summary>
    /// The silo ends with a trial that waits for it; so the trial has certainly begun and not ended. In this process it can't die without a word, as one that
    /// is killed does: <see cref="ProcessTests"/> has that.
    /// </summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Silo_thatEnds_hasItsTrialTrainedAgainWithTheSameResult(bool inOrder)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        using ManualResetEventSlim goOn = new();
        CurveObjective objective = new();
        int attempts = 0;
        objective.OnTrial = trial =>
        {
            if (trial.Number == 3 && Interlocked.Increment(ref attempts) == 1)
            {
                goOn.Wait(trial.CancellationToken);
            }
        };
        await using InProcessTestCluster cluster = await ClusterFixture.StartAsync(objective);
        Task? end = null;
        Watch watch = new(report =>
        {
            if (end is null && report.Finished >= 6 && report.Running.FirstOrDefault(static trial => trial.Number == 3) is { } held && attempts == 1)
            {
                InProcessSiloHandle silo = cluster.Silos.Single(silo => silo.SiloAddress.Endpoint.ToString() == held.Silo);
                end = Task.Run(() => inOrder ? cluster.StopSiloAsync(silo) : cluster.KillSiloAsync(silo), token);
            }
        });

        SweepResult result = await Sweep.RunOnAsync(
            cluster.Client, objective, new SweepOptions { Search = new RandomSearch(10), Epochs = 4, Progress = watch }, token);
        await end!;
        goOn.Set();

        Assert.Equal(2, attempts);
        Assert.True(result.IsComplete);
        Assert.All(result.Trials, static trial => Assert.Equal(CurveObjective.FigureOf(trial.Get(CurveObjective.X), 4), trial.Figure));
        Assert.Single(cluster.Silos);
    }

    private sealed class Watch(Action<SweepReport> report) : IProgress<SweepReport>
    {
        public void Report(SweepReport value) => report(value);
    }
}
