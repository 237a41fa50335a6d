namespace Nnfs.Tests.Training;

/// <summary>The schedule that follows what is measured.</summary>
public sealed class PlateauScheduleTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nnfs-plateau-");

    private string File => Path.Combine(_folder.FullName, "run.safetensors");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Factor_falls_when_the_loss_has_not_fallen_for_as_many_epochs_as_patience_says()
    {
        // 4.95 is less than 5, but by less than 0.1; 4.8 and 3 are improvements, what is not a number is none. The factor ends at 0.3.
        (float Loss, double Factor)[] epochs =
        [
            (5f, 1), (4.95f, 1), (5f, 0.5), (4.8f, 0.5), (4.75f, 0.5), (3f, 0.5), (float.NaN, 0.5), (3f, 0.3), (9f, 0.3), (9f, 0.3),
        ];
        LearningRateSchedule recipe = LearningRateSchedule.ReduceOnPlateau(factor: 0.5, patience: 2, minFactor: 0.3, minImprovement: 0.1);
        LearningRateSchedule schedule = recipe.BeginTraining();

        for (int i = 0; i < epochs.Length; i++)
        {
            schedule.EndEpoch(new EpochReport(i + 1, Loss: 99f, 0f, 0f, epochs[i].Loss, 0f, 0f, TimeSpan.Zero));
            Assert.Equal(epochs[i].Factor, schedule.Factor(1000 * i, 10_000, 1000), 1e-12);
        }

        Assert.Equal(1.0, recipe.Factor(0, 1, 1));
        Assert.NotSame(recipe, schedule);
    }

    [Theory]
    [InlineData(false, null, 0.5)]
    [InlineData(false, 1f, 1.0)]
    [InlineData(true, 1f, 0.5)]
    public void Loss_that_counts_is_that_of_the_validation_where_there_is_one(bool watchTrainingLoss, float? fall, double expected)
    {
        LearningRateSchedule schedule = LearningRateSchedule.ReduceOnPlateau(0.5, patience: 1, watchTrainingLoss: watchTrainingLoss).BeginTraining();
        schedule.EndEpoch(new EpochReport(1, 5f, 0f, 0f, fall is null ? null : 5f, 0f, 0f, TimeSpan.Zero));
        schedule.EndEpoch(new EpochReport(2, 5f, 0f, 0f, fall is null ? null : 5f - fall, 0f, 0f, TimeSpan.Zero));

        Assert.Equal(expected, schedule.Factor(2, 10, 1));
    }

    [Fact]
    public void Warm_up_comes_before_it()
    {
        LearningRateSchedule schedule = LearningRateSchedule.ReduceOnPlateau(0.5, patience: 1).WithWarmUp(3).BeginTraining();
        schedule.EndEpoch(Of(5f));
        schedule.EndEpoch(Of(5f));

        Assert.Equal([0.125, 0.25, 0.375, 0.5, 0.5], Enumerable.Range(0, 5).Select(step => schedule.Factor(step, 100, 10)));
    }

    [Fact]
    public void Text_has_all_numbers_and_ranges_are_checked()
    {
        Assert.Equal("ReduceOnPlateau(0.1, 10, 0, 0.0001, False)", LearningRateSchedule.ReduceOnPlateau().ToString());
        Assert.Equal(
            "ReduceOnPlateau(0.5, 3, 0.01, 0, True).WithWarmUp(7)", LearningRateSchedule.ReduceOnPlateau(0.5, 3, 0.01, 0, true).WithWarmUp(7).ToString());
        Assert.Throws<ArgumentOutOfRangeException>("factor", static () => LearningRateSchedule.ReduceOnPlateau(factor: 1));
        Assert.Throws<ArgumentOutOfRangeException>("factor", static () => LearningRateSchedule.ReduceOnPlateau(factor: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("patience", static () => LearningRateSchedule.ReduceOnPlateau(patience: 0));
        Assert.Throws<ArgumentOutOfRangeException>("minFactor", static () => LearningRateSchedule.ReduceOnPlateau(minFactor: 1.1));
        Assert.Throws<ArgumentOutOfRangeException>("minImprovement", static () => LearningRateSchedule.ReduceOnPlateau(minImprovement: -1));
    }

    [Fact]
    public void Schedules_of_doubles_are_those_of_floats()
    {
        Assert.Equal(LearningRateSchedule.InverseTime(0.1f).ToString(), LearningRateSchedule.InverseTime(0.1).ToString());
        Assert.Equal(LearningRateSchedule.Step(0.3f, 5).ToString(), LearningRateSchedule.Step(0.3, 5).ToString());
        Assert.Equal(LearningRateSchedule.Cosine(0.1f).ToString(), LearningRateSchedule.Cosine(0.1).ToString());
        Assert.Equal(LearningRateSchedule.Cosine(0f).ToString(), LearningRateSchedule.Cosine().ToString());
    }

    [Fact]
    public void Trainings_with_the_same_schedule_mix_nothing()
    {
        Problem problem = new(30);
        TrainingOptions options = Options(problem);
        SmallNetwork first = new(seed: 7);
        SmallNetwork second = new(seed: 7);
        TrainingHistory history = first.Train(problem.Features, problem.Labels, options);
        second.Train(problem.Features, problem.Labels, options);

        TrainTests.AssertSame(first, second);
        Assert.InRange(history.Epochs[^1].LearningRate, 1e-6f, 0.3f);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(9)]
    [InlineData(13)]
    [InlineData(24)]
    public void Resumed_training_goes_on_with_what_was_measured(int batches)
    {
        Problem problem = new(30);
        SmallNetwork expected = new(seed: 7);
        TrainingHistory history = expected.Train(problem.Features, problem.Labels, Options(problem));
        int done = 0;
        new SmallNetwork(seed: 7).Train(
            problem.Features, problem.Labels, Options(problem) with { Checkpoint = new(File), ContinueAfterBatch = _ => ++done < batches });
        SmallNetwork resumed = new();
        TrainingHistory resumedHistory = resumed.Resume(problem.Features, problem.Labels, Options(problem) with { Checkpoint = new(File) });

        Assert.Equal(TrainTests.Measured(history), TrainTests.Measured(resumedHistory));
        TrainTests.AssertSame(expected, resumed);
    }

    /// <summary>Labels that tell nothing, so that the loss does not fall for long.</summary>
    private static TrainingOptions Options(Problem problem) => new()
    {
        Epochs = 10,
        BatchSize = 10,
        Optimizer = new Sgd(0.5),
        ValidationData = new(problem.Features, Numbers.Labels(problem.Count, 3, seed: 5)),
        Schedule = LearningRateSchedule.ReduceOnPlateau(0.5, patience: 1),
    };

    private static EpochReport Of(float loss) => new(1, loss, 0f, 0f, null, null, 0f, TimeSpan.Zero);
}
