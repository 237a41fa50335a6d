namespace Nnfs.Sweeps.Tests;

/// <summary>Sweeps on two silos of one core each, and one in this process.</summary>
public sealed class SweepTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RandomSearch_onTwoSilos_hasTheFigureOfEachTrialAndTheBest()
    {
        HashSet<string> silos = [];
        List<SweepReport> reports = [];
        int running = 0, mostRunning = 0, ofPool = 0;
        cluster.Curve.OnTrial = _ =>
        {
            mostRunning = Math.Max(mostRunning, Interlocked.Increment(ref running));
            ofPool += Thread.CurrentThread.IsThreadPoolThread ? 1 : 0;
            Thread.Sleep(20);
            Interlocked.Decrement(ref running);
        };

        SweepResult result = await Sweep.RunOnAsync(
            cluster.Client, cluster.Curve, new SweepOptions { Search = new RandomSearch(20), Epochs = 7, Seed = 5, Progress = new Reports(reports) }, Token);

        Assert.True(result.IsComplete);
        Assert.Equal(Enumerable.Range(0, 20), result.Trials.Select(static trial => trial.Number));
        Assert.All(result.Trials, trial =>
        {
            Assert.Equal(TrialStatus.Completed, trial.Status);
            Assert.Equal(7, trial.Epochs);
            Assert.Equal(CurveObjective.FigureOf(trial.Get(CurveObjective.X), 7), trial.Figure);
            silos.Add(Assert.Single(trial.Steps).Silo);
        });
        Assert.Equal(result.Trials.MinBy(static trial => trial.Figure), result.Best);
        Assert.Equal(result.Best, result.Ranking[0]);
        Assert.Equal(20, result.Trials.Select(static trial => trial.Seed).Distinct().Count());

        // A core trains one trial at a time, on a thread of its own, and both silos have their share.
        Assert.Equal(2, silos.Count);
        Assert.InRange(mostRunning, 1, 2);
        Assert.Equal(0, ofPool);

        // There is a report for each trial.
        Assert.Equal(Enumerable.Range(1, 20), reports.Where(static report => report.Trial is not null).Select(static report => report.Finished));
        Assert.Equal(2, reports.Count(static report => report.Notice?.EndsWith("with 1 core takes trials.", StringComparison.Ordinal) == true));
        Assert.All(reports, static report => Assert.Equal(20, report.Planned));
    }

    [Fact]
    public async Task Sweep_inThisProcess_hasTheResultsOfTwoSilos()
    {
        SweepOptions options = new() { Search = new SuccessiveHalving(9, firstEpochs: 2), Epochs = 12, Seed = 1, Cores = 3 };

        SweepResult here = await Sweep.RunAsync(new SpiralObjective(), options, Token);
        SweepResult there = await Sweep.RunOnAsync(cluster.Client, cluster.Spiral, options, Token);

        AssertSame(here, there);
        Assert.True(here.IsComplete);
    }

    [Fact]
    public async Task SuccessiveHalving_goesOnFromCheckpoints_asIfTrainingHadNeverStopped()
    {
        using TemporaryFolder folder = new();
        SweepOptions options = new() { Search = new SuccessiveHalving(9, firstEpochs: 2), Epochs = 12, Folder = folder.Path };

        SweepResult result = await Sweep.RunOnAsync(cluster.Client, cluster.Spiral, options, Token);

        // The schedule is that of 12 epochs from the first step on, and dropout, batch statistics and averages are carried over.
        TrialResult best = result.Best!;
        Assert.Equal([2, 6, 12], best.Steps.Select(static step => step.Epochs));
        Assert.Equal(cluster.Spiral.TrainAlone(best, epochs: 12), best.Figure);
        Assert.Equal(9, result.Trials.Count(static trial => trial.Steps[0].Epochs == 2));
        Assert.Equal(3, result.Trials.Count(static trial => trial.Epochs >= 6));
        Assert.Equal(8, result.Trials.Count(static trial => trial.Status == TrialStatus.Dropped));

        // Those that went on were the best of their step.
        IEnumerable<int> wentOn = result.Trials.Where(static trial => trial.Steps.Count > 1).Select(static trial => trial.Number);
        IEnumerable<int> firsts = result.Trials.OrderByDescending(static trial => trial.Steps[0].Figure).Take(3).Select(static trial => trial.Number);
        Assert.Equal(firsts.Order(), wentOn.Order());

        // Each trial keeps the checkpoint of its last step, which a network can be made of.
        Assert.All(
            result.Trials,
            static trial => Assert.EndsWith($"trial-{trial.Number}.epochs-{trial.Epochs}.safetensors", trial.Checkpoint, StringComparison.Ordinal));
        Assert.Equal(9, Directory.GetFiles(folder.File("checkpoints"), "*.safetensors").Length);
        float[] predicted = new float[3];

        if (best.Get(SpiralObjective.Width) == 8)
        {
            NarrowNet.LoadCheckpoint(best.Checkpoint!).Predict([0.1f, 0.2f], predicted);
        }
        else
        {
            WideNet.LoadCheckpoint(best.Checkpoint!).Predict([0.1f, 0.2f], predicted);
        }

        Assert.NotEqual(new float[3], predicted);
    }

    [Fact]
    public async Task Trials_thatFail_areRowsWithTheirReasons()
    {
        cluster.Curve.OnTrial = static trial =>
        {
            if (trial.Number % 3 == 1)
            {
                throw new InvalidOperationException($"Trial {trial.Number} is not to be.");
            }
        };

        SweepResult result = await Sweep.RunOnAsync(
            cluster.Client, cluster.Curve, new SweepOptions { Search = new SuccessiveHalving(9, firstEpochs: 1), Epochs = 5 }, Token);

        Assert.True(result.IsComplete);
        Assert.Equal([1, 4, 7], result.Trials.Where(static trial => trial.Status == TrialStatus.Failed).Select(static trial => trial.Number));
        Assert.Equal("InvalidOperationException: Trial 4 is not to be.", result.Trials[4].Reason);
        Assert.Contains(nameof(SweepTests), result.Trials[4].Details, StringComparison.Ordinal);
        Assert.Null(result.Trials[4].Figure);
        Assert.Equal(5, result.Best!.Epochs);
        Assert.Contains("failed: InvalidOperationException: Trial 4 is not to be.", result.ToTable(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trials_thatDiverge_saySo()
    {
        SweepResult result = await Sweep.RunOnAsync(
            cluster.Client, cluster.Diverging, new SweepOptions { Search = new GridSearch(1), Epochs = 3 }, Token);

        Assert.Equal([TrialStatus.Completed, TrialStatus.Failed], result.Trials.Select(static trial => trial.Status));
        Assert.StartsWith("In epoch 1, batch ", result.Trials[1].Reason, StringComparison.Ordinal);
        Assert.Equal(0, result.Best!.Number);
    }

    [Fact]
    public async Task Sweep_cancelledAndStartedAgain_goesOnToTheSameResults()
    {
        using TemporaryFolder folder = new();
        SweepOptions options = new() { Search = new SuccessiveHalving(9, firstEpochs: 2), Epochs = 12, Seed = 2 };
        SweepResult whole = await Sweep.RunOnAsync(cluster.Client, cluster.Spiral, options, Token);
        int lines = 0;

        // It is cancelled in each of its steps, and what is written of a line when a process is killed is lost.
        foreach (int steps in (int[])[4, 10, 12])
        {
            using CancellationTokenSource stop = new();
            SweepResult part = await Sweep.RunOnAsync(
                cluster.Client, cluster.Spiral, options with { Folder = folder.Path, Progress = new Stop(stop, steps) }, stop.Token);

            Assert.False(part.IsComplete);
            Assert.Contains(part.Trials, static trial => trial.Status == TrialStatus.Stopped);
            int before = lines;
            lines = (await File.ReadAllLinesAsync(folder.File("trials.jsonl"), Token)).Length;
            Assert.InRange(lines, before + 1, 1 + 13);
            await File.AppendAllTextAsync(folder.File("trials.jsonl"), "{\"trial\":3,\"val", Token);
        }

        List<SweepReport> reports = [];
        SweepResult result = await Sweep.RunOnAsync(
            cluster.Client, cluster.Spiral, options with { Folder = folder.Path, Progress = new Reports(reports) }, Token);

        AssertSame(whole, result);
        Assert.True(result.IsComplete);
        Assert.Equal(13 - (lines - 1), reports.Count(static report => report.Trial is not null));

        // Once more, there is nothing to train.
        AssertSame(whole, await Sweep.RunOnAsync(cluster.Client, cluster.Spiral, options with { Folder = folder.Path }, Token));
    }

    [Fact]
    public async Task RandomSearch_inAFolderWithFewerTrials_makesTheOthers()
    {
        using TemporaryFolder folder = new();
        int made = 0;
        cluster.Curve.OnTrial = _ => Interlocked.Increment(ref made);
        SweepOptions options = new() { Search = new RandomSearch(4), Epochs = 5, Folder = folder.Path };

        await Sweep.RunOnAsync(cluster.Client, cluster.Curve, options, Token);
        SweepResult more = await Sweep.RunOnAsync(cluster.Client, cluster.Curve, options with { Search = new RandomSearch(6) }, Token);

        Assert.Equal(6, more.Trials.Count);
        Assert.Equal(6, made);
    }

    [Fact]
    public async Task Folder_ofAnotherSweep_isRefusedWithEachDifference()
    {
        using TemporaryFolder folder = new();
        cluster.Curve.OnTrial = static _ => { };
        SweepOptions options = new() { Search = new RandomSearch(1), Epochs = 5, Folder = folder.Path };
        await Sweep.RunOnAsync(cluster.Client, cluster.Curve, options, Token);

        ArgumentException other = await Assert.ThrowsAsync<ArgumentException>(() => Sweep.RunOnAsync(
            cluster.Client, cluster.Curve, options with { Seed = 1, Epochs = 6, Search = new GridSearch(2) }, Token));

        Assert.Contains(folder.Path, other.Message, StringComparison.Ordinal);
        Assert.Contains(
            "\nsearch: random in the file, grid of 2 steps given\nepochs: 5 in the file, 6 given\nseed: 0 in the file, 1 given",
            other.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_withADamagedLine_isRefusedByItsNumber()
    {
        using TemporaryFolder folder = new();
        cluster.Curve.OnTrial = static _ => { };
        SweepOptions options = new() { Search = new RandomSearch(2), Epochs = 5, Folder = folder.Path };
        await Sweep.RunOnAsync(cluster.Client, cluster.Curve, options, Token);
        string[] lines = await File.ReadAllLinesAsync(folder.File("trials.jsonl"), Token);
        await File.WriteAllLinesAsync(folder.File("trials.jsonl"), [lines[0], lines[1][1..], lines[2]], Token);

        InvalidDataException damaged = await Assert.ThrowsAsync<InvalidDataException>(() => Sweep.RunOnAsync(cluster.Client, cluster.Curve, options, Token));

        Assert.StartsWith($"Line 2 of '{folder.File("trials.jsonl")}' is not what a sweep writes.", damaged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_ofASweepThatIsRunning_isRefused()
    {
        using TemporaryFolder folder = new();
        using ManualResetEventSlim goOn = new();
        cluster.Curve.OnTrial = trial => goOn.Wait(trial.CancellationToken);
        SweepOptions options = new() { Search = new RandomSearch(1), Epochs = 5, Folder = folder.Path };
        Task<SweepResult> first = Sweep.RunOnAsync(cluster.Client, cluster.Curve, options, Token);

        Exception? second = await Record.ExceptionAsync(() => Sweep.RunOnAsync(cluster.Client, cluster.Curve, options, new CancellationToken(canceled: true)));
        goOn.Set();

        Assert.Contains("another sweep may be running in this folder", Assert.IsType<IOException>(second).Message, StringComparison.Ordinal);
        Assert.True((await first).IsComplete);
    }

    [Fact]
    public async Task TwoSweeps_onTheSameCores_shareThem()
    {
        int running = 0, mostRunning = 0;
        cluster.Curve.OnTrial = _ =>
        {
            mostRunning = Math.Max(mostRunning, Interlocked.Increment(ref running));
            Thread.Sleep(50);
            Interlocked.Decrement(ref running);
        };
        SweepOptions options = new() { Search = new RandomSearch(6), Epochs = 5 };

        SweepResult[] results = await Task.WhenAll(
            Sweep.RunOnAsync(cluster.Client, cluster.Curve, options, Token), Sweep.RunOnAsync(cluster.Client, cluster.Curve, options, Token));

        AssertSame(results[0], results[1]);
        Assert.InRange(mostRunning, 1, 2);
    }

    [Fact]
    public async Task Objective_thatNoSiloHas_isNamedWithThoseThatThereAre()
    {
        TimeoutException missing = await Assert.ThrowsAsync<TimeoutException>(() => Sweep.RunOnAsync(
            cluster.Client, new UnknownObjective(), new SweepOptions { SiloTimeout = TimeSpan.FromSeconds(3) }, Token));

        Assert.Contains("No silo that takes the trials has been in the cluster for 3 s.", missing.Message, StringComparison.Ordinal);
        Assert.Contains(
            $"has no objective '{typeof(UnknownObjective).FullName}', but '{typeof(CurveObjective).FullName}', '", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Spaces_thatCannotBe_areRefusedAtOnce()
    {
        ArgumentException empty = await Assert.ThrowsAsync<ArgumentException>(static () => Sweep.RunAsync(
            new UnknownObjective { Parameters = [] }, cancellationToken: Token));
        ArgumentException twice = await Assert.ThrowsAsync<ArgumentException>(static () => Sweep.RunAsync(
            new UnknownObjective { Parameters = [Parameter.Uniform("a", 0, 1), Parameter.Uniform("a", 0, 2)] }, cancellationToken: Token));
        ArgumentException epochs = await Assert.ThrowsAsync<ArgumentException>(static () => Sweep.RunAsync(
            new UnknownObjective(), new SweepOptions { Epochs = 3, Search = new SuccessiveHalving(9, 3) }, Token));

        Assert.Contains("must have a parameter, but is empty", empty.Message, StringComparison.Ordinal);
        Assert.Contains("'a' is there 2 times", twice.Message, StringComparison.Ordinal);
        Assert.Contains("SweepOptions.Epochs, which is 3, but begins with 3", epochs.Message, StringComparison.Ordinal);
    }

    /// <summary>The same trials with the same bits; times and silos differ.</summary>
    internal static void AssertSame(SweepResult expected, SweepResult actual)
    {
        Assert.Equal(expected.Trials.Select(Text), actual.Trials.Select(Text));
        Assert.Equal(expected.Best?.Number, actual.Best?.Number);

        static string Text(TrialResult trial) => string.Join(
            ' ',
            trial.Number,
            trial.Seed,
            trial.Status,
            string.Join(',', trial.Values),
            string.Join(',', trial.Steps.Select(static step => $"{step.Epochs}: {BitConverter.DoubleToInt64Bits(step.Figure):X}")));
    }

    /// <summary>Keeps reports, as they come: they come from one place at a time.</summary>
    private sealed class Reports(List<SweepReport> reports) : IProgress<SweepReport>
    {
        public void Report(SweepReport value) => reports.Add(value);
    }

    /// <summary>Cancels when so many steps have ended.</summary>
    private sealed class Stop(CancellationTokenSource source, int steps) : IProgress<SweepReport>
    {
        public void Report(SweepReport value)
        {
            if (value.Finished >= steps)
            {
                source.Cancel();
            }
        }
    }

    private sealed class UnknownObjective : Objective
    {
        public IReadOnlyList<Parameter> Parameters { get; init; } = [Parameter.Uniform("a", 0, 1)];

        public override IReadOnlyList<Parameter> Space => Parameters;

        public override double Train(Trial trial) => 0;
    }
}
