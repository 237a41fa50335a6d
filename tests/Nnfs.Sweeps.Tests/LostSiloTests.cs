using Orleans.TestingHost;

namespace Nnfs.Sweeps.Tests;

public sealed class LostSiloTests
{
    /// <summary>The silo is killed with a trial that waits for it; so the trial has certainly begun and not ended.</summary>
    [Fact]
    public async Task Silo_thatIsKilled_hasItsTrialTrainedAgainWithTheSameResult()
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
        List<string> notices = [];
        Task kill = Task.CompletedTask;
        Watch watch = new(report =>
        {
            if (report.Notice is { } notice)
            {
                notices.Add(notice);
            }

            if (kill.IsCompleted && report.Finished >= 6 && report.Running.FirstOrDefault(static trial => trial.Number == 3) is { } held && attempts == 1)
            {
                InProcessSiloHandle silo = cluster.Silos.Single(silo => silo.SiloAddress.Endpoint.ToString() == held.Silo);
                kill = Task.Run(() => cluster.KillSiloAsync(silo), token);
            }
        });

        SweepResult result = await Sweep.RunOnAsync(
            cluster.Client, objective, new SweepOptions { Search = new RandomSearch(10), Epochs = 4, Progress = watch }, token);
        await kill;
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
