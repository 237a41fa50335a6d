namespace Nnfs.Tests.Training;

public class TrainingOptionsTests
{
    [Fact]
    public void Options_by_default_are_the_documented()
    {
        TrainingOptions options = new();

        Assert.Equal((100, 32, 1, true, 0L), (options.Epochs, options.BatchSize, options.AccumulationSteps, options.Shuffle, options.Seed));
        Assert.Equal((0f, false, 1), (options.ValidationSplit, options.StratifyValidation, options.Threads));
        Assert.Same(LearningRateSchedule.Constant, options.Schedule);
        Assert.All(
            (object?[])[
                options.Optimizer, options.Augmentation, options.ClipNorm, options.ValidationData, options.EarlyStopping, options.MaxTime, options.Checkpoint,
                options.Progress, options.ContinueAfterEpoch, options.ContinueAfterBatch],
            Assert.Null);
        Assert.Equal((10, 0f, true), (new EarlyStopping().Patience, new EarlyStopping().MinImprovement, new EarlyStopping().RestoreBest));
        Assert.Equal((0, TimeSpan.FromMinutes(1)), (new CheckpointOptions("file").EveryEpochs, new CheckpointOptions("file").Interval));
    }

    [Fact]
    public void Options_out_of_range_throw_when_made()
    {
        TrainingOptions options = new();
        AssertRefused("Epochs", () => options with { Epochs = 0 });
        AssertRefused("BatchSize", () => options with { BatchSize = -1 });
        AssertRefused("AccumulationSteps", () => options with { AccumulationSteps = 0 });
        AssertRefused("Threads", () => options with { Threads = 0 });
        AssertRefused("MaxTime", () => options with { MaxTime = TimeSpan.Zero });
        AssertRefused("Patience", () => new EarlyStopping { Patience = 0 });
        AssertRefused("EveryEpochs", () => new CheckpointOptions("file") { EveryEpochs = 0 });
        Assert.Throws<ArgumentNullException>("Schedule", () => options with { Schedule = null! });
        Assert.Throws<ArgumentException>("path", () => new CheckpointOptions(""));
    }

    [Theory]
    [InlineData(-0.1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Options_that_are_no_sound_number_throw_when_made(float value)
    {
        TrainingOptions options = new();
        AssertRefused("ClipNorm", () => options with { ClipNorm = value });
        AssertRefused("ValidationSplit", () => options with { ValidationSplit = value });
        AssertRefused("MinImprovement", () => new EarlyStopping { MinImprovement = value });
    }

    [Fact]
    public void Options_at_the_edge_of_a_range_throw_or_not()
    {
        TrainingOptions options = new() { BatchSize = 0, ValidationSplit = 0f, Epochs = 1, ClipNorm = float.Epsilon };
        AssertRefused("ClipNorm", () => options with { ClipNorm = 0f });
        AssertRefused("ValidationSplit", () => options with { ValidationSplit = 1f });
        Assert.Null((options with { ClipNorm = null }).ClipNorm);
        Assert.Equal(options, options with { Epochs = 1 });
    }

    private static void AssertRefused(string name, Func<object> make)
    {
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(name, make);
        Assert.Contains($"{name} must be", exception.Message, StringComparison.Ordinal);
    }
}
