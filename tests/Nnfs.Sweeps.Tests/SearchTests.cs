using Nnfs.Sweeps.Searches;

namespace Nnfs.Sweeps.Tests;

public sealed class SearchTests
{
    private static readonly Parameter[] s_space =
        [Parameter.LogUniform("rate", 0.001f, 0.1f), Parameter.Choice("width", 16, 32), Parameter.WholeNumber("depth", 1, 4)];

    [Fact]
    public void RandomSearch_withMoreTrials_leavesTheFirstOnesAsTheyAre()
    {
        IReadOnlyList<string[]> few = new RandomSearch(5).Draw(s_space, seed: 3);
        IReadOnlyList<string[]> many = new RandomSearch(50).Draw(s_space, seed: 3);

        Assert.Equal(few, many.Take(5));
        Assert.Equal(50, many.Select(static values => values[0]).Distinct().Count());
        Assert.NotEqual(few, new RandomSearch(5).Draw(s_space, seed: 4));
        Assert.Equal(many, new SuccessiveHalving(50, 1).Draw(s_space, seed: 3));
    }

    [Fact]
    public void GridSearch_has_eachCombinationOnce()
    {
        IReadOnlyList<string[]> grid = new GridSearch(3).Draw(s_space, seed: 0);

        Assert.Equal(3 * 2 * 3, grid.Count);
        Assert.Equal(grid.Count, grid.Select(static values => string.Join(' ', values)).Distinct().Count());
        Assert.Equal(["0.001", "16", "1"], grid[0]);
        Assert.Equal(["0.001", "16", "2"], grid[1]);
        Assert.Equal(["0.1", "32", "4"], grid[^1]);
    }

    [Fact]
    public void GridSearch_thatIsTooLarge_saysHowLarge()
    {
        string message = Assert.Throws<ArgumentException>(static () => new GridSearch(100_000).Draw(s_space, seed: 0)).Message;

        Assert.Contains("800,000 trials (100000 × 2 × 4)", message, StringComparison.Ordinal);
        Assert.Contains("10,000 are possible", message, StringComparison.Ordinal);
    }

    [Fact]
    public void SuccessiveHalving_has_fewerTrialsAndMoreEpochsFromStepToStep()
    {
        Assert.Equal([new Rung(27, 3), new Rung(9, 9), new Rung(3, 27), new Rung(1, 81)], new SuccessiveHalving(27, 3).Rungs(27, 81));
        Assert.Equal([new Rung(10, 5), new Rung(5, 10), new Rung(2, 20), new Rung(1, 30)], new SuccessiveHalving(10, 5, factor: 2).Rungs(10, 30));
        Assert.Equal([new Rung(2, 1), new Rung(1, 3), new Rung(1, 9), new Rung(1, 10)], new SuccessiveHalving(2, 1).Rungs(2, 10));
        Assert.Equal(
            new Rung(1, int.MaxValue), new SuccessiveHalving(2, int.MaxValue / 2).Rungs(2, int.MaxValue)[^1]);
    }

    [Fact]
    public void SuccessiveHalving_thatBeginsWithAllEpochs_saysSo()
    {
        string message = Assert.Throws<ArgumentException>(static () => new SuccessiveHalving(9, 10).Rungs(9, 10)).Message;

        Assert.Contains("SweepOptions.Epochs, which is 10, but begins with 10", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1, 3)]
    [InlineData(1, 1, 3)]
    [InlineData(2, 0, 3)]
    [InlineData(2, 1, 1)]
    public void SuccessiveHalving_ofTooLittle_throws(int trials, int firstEpochs, int factor) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SuccessiveHalving(trials, firstEpochs, factor));

    [Fact]
    public void Options_outOfRange_throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => new RandomSearch(0));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new GridSearch(0));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new SweepOptions { Epochs = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(static () => new SweepOptions { Seed = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(static () => new SweepOptions { Cores = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(static () => new SweepOptions { SiloTimeout = TimeSpan.Zero });
        Assert.Throws<ArgumentException>(static () => new SweepOptions { Folder = "" });
        Assert.Throws<ArgumentNullException>(static () => new SweepOptions { Search = null! });
    }
}
