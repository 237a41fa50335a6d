namespace Nnfs.Tests.Training;

public class LearningRateScheduleTests
{
    [Fact]
    public void Constant_is_1() =>
        Assert.All((long[])[0, 1, 99_999], static step => Assert.Equal(1.0, LearningRateSchedule.Constant.Factor(step, 100_000, 10)));

    [Theory]
    [InlineData(0, 1.0)]
    [InlineData(1, 0.8)]
    [InlineData(4, 0.5)]
    [InlineData(36, 0.1)]
    public void InverseTime_is_that_of_the_book(long step, double expected) =>
        Assert.Equal(expected, LearningRateSchedule.InverseTime(0.25f).Factor(step, 1000, 10), 1e-15);

    [Theory]
    [InlineData(0, 1.0)]
    [InlineData(29, 1.0)]
    [InlineData(30, 0.5)]
    [InlineData(59, 0.5)]
    [InlineData(60, 0.25)]
    [InlineData(90, 0.125)]
    public void Step_falls_after_whole_epochs(long step, double expected) =>
        Assert.Equal(expected, LearningRateSchedule.Step(0.5f, epochs: 3).Factor(step, 1000, 10), 1e-15);

    [Theory]
    [InlineData(0, 1.0)]
    [InlineData(25, 0.85355339059327376)]
    [InlineData(50, 0.5)]
    [InlineData(75, 0.14644660940672624)]
    [InlineData(100, 0.0)]
    public void Cosine_falls_along_half_a_wave(long step, double expected)
    {
        Assert.Equal(expected, LearningRateSchedule.Cosine().Factor(step, 100, 10), 1e-15);
        Assert.Equal(0.2f + ((1 - 0.2f) * expected), LearningRateSchedule.Cosine(0.2f).Factor(step, 100, 10), 1e-7);
    }

    [Fact]
    public void WarmUp_rises_linearly_and_then_gives_the_next_its_start()
    {
        LearningRateSchedule schedule = LearningRateSchedule.Cosine().WithWarmUp(4);

        Assert.Equal(
            [0.2, 0.4, 0.6, 0.8, 1.0], Enumerable.Range(0, 5).Select(step => schedule.Factor(step, 104, 10)), static (a, b) => Math.Abs(a - b) < 1e-15);
        Assert.Equal(0.5, schedule.Factor(54, 104, 10), 1e-15);
    }

    [Fact]
    public void WarmUp_longer_than_the_training_still_rises() =>
        Assert.Equal(0.3, LearningRateSchedule.Cosine().WithWarmUp(9).Factor(2, 5, 5), 1e-15);

    [Fact]
    public void Number_out_of_its_range_throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>("decay", static () => LearningRateSchedule.InverseTime(-1f));
        Assert.Throws<ArgumentOutOfRangeException>("factor", static () => LearningRateSchedule.Step(0f, 1));
        Assert.Throws<ArgumentOutOfRangeException>("epochs", static () => LearningRateSchedule.Step(0.5f, 0));
        Assert.Throws<ArgumentOutOfRangeException>("final", static () => LearningRateSchedule.Cosine(float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("steps", static () => LearningRateSchedule.Constant.WithWarmUp(0));
    }

    [Fact]
    public void ToString_tells_the_schedule_and_its_numbers()
    {
        Assert.Equal("Constant", LearningRateSchedule.Constant.ToString());
        Assert.Equal("InverseTime(0.001)", LearningRateSchedule.InverseTime(0.001f).ToString());
        Assert.Equal("Step(0.5, 10)", LearningRateSchedule.Step(0.5f, 10).ToString());
        Assert.Equal("Cosine(0.1).WithWarmUp(50)", LearningRateSchedule.Cosine(0.1f).WithWarmUp(50).ToString());
        Assert.Equal("OwnSchedule", new OwnSchedule().ToString());
    }

    private sealed class OwnSchedule : LearningRateSchedule
    {
        public override double Factor(long stepsTaken, long totalSteps, int stepsPerEpoch) => 1;
    }
}
