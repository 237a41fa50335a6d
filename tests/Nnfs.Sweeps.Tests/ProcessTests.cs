using System.Globalization;
using System.Reflection;

namespace Nnfs.Sweeps.Tests;

/// <summary>The sample as a user runs it: alone, and with two silos in processes of their own that find one another by Redis.</summary>
public sealed class ProcessTests
{
    private static readonly string s_sample = typeof(ProcessTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static attribute => attribute.Key == "Sample")
        .Value!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sample_alone_findsOptionsThatLearnTheSpiral()
    {
        using TemporaryFolder folder = new();
        using ChildProcess sample = Start(folder);

        Assert.Equal(0, await sample.ExitAsync(Token));
        Assert.Contains("81/", sample.Output, StringComparison.Ordinal);
        Assert.Contains("completed", sample.Output, StringComparison.Ordinal);
        string[] best = (await RowsAsync(folder.Path)).Single(static row => row.Contains(",completed,", StringComparison.Ordinal)).Split(',');

        // Three classes told apart by chance have a loss of log 3.
        Assert.InRange(double.Parse(best[2], CultureInfo.InvariantCulture), 0.05, 0.5);
        Assert.Contains("</svg>", await File.ReadAllTextAsync(folder.File("sweep.svg"), Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sample_withAMistake_saysWhatThereIs()
    {
        using TemporaryFolder folder = new();
        using ChildProcess sample = Start(folder, "--trials", "many");

        Assert.Equal(2, await sample.ExitAsync(Token));
        Assert.Contains("'--trials' must be a whole number, but is 'many'.", sample.Output, StringComparison.Ordinal);
        Assert.Contains("--search NAME", sample.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ThreeProcesses_ofWhichASiloIsKilled_haveTheResultsOfOne()
    {
        using TemporaryFolder folder = new();
        string[] sweep = ["--search", "random", "--trials", "12", "--epochs", "3000", "--seed", "1"];
        using RedisServer redis = await RedisServer.StartAsync(folder.Path, Token);
        using ChildProcess first = Start(folder, "silo", "--redis", redis.Address, "--cores", "1");
        using ChildProcess second = Start(folder, "silo", "--redis", redis.Address, "--cores", "1");
        await first.WaitForAsync("has 1 core for trials", Token);
        await second.WaitForAsync("has 1 core for trials", Token);
        using ChildProcess driver = Start(folder, [.. sweep, "--redis", redis.Address, "--folder", folder.File("kept"), "--output", folder.File("cluster")]);

        // Both silos have trained something; the second one is at the next.
        await driver.WaitForAsync("takes trials.", Token, times: 2);
        await driver.WaitForAsync("  trial ", Token, times: 3);
        second.Kill();
        Assert.Equal(0, await driver.ExitAsync(Token));

        Assert.Contains("was lost with trial", driver.Output, StringComparison.Ordinal);
        string[] cluster = await RowsAsync(folder.File("cluster"));
        Assert.Equal(2, cluster.Select(static row => row.Split(',')[^2]).Distinct().Count());

        using ChildProcess alone = Start(folder, [.. sweep, "--cores", "2", "--output", folder.File("alone")]);
        Assert.Equal(0, await alone.ExitAsync(Token));
        Assert.Equal((await RowsAsync(folder.File("alone"))).Select(WithoutTimeAndSilo), cluster.Select(WithoutTimeAndSilo));

        // The silo that is left ends when it is told to.
        first.Terminate();
        Assert.Equal(0, await first.ExitAsync(Token));
    }

    [Fact]
    public async Task Cluster_withoutSilos_isNamed()
    {
        using TemporaryFolder folder = new();
        using RedisServer redis = await RedisServer.StartAsync(folder.Path, Token);

        TimeoutException missing = await Assert.ThrowsAsync<TimeoutException>(() => Sweep.RunAsync(
            new CurveObjective(), new SweepOptions { Cluster = SweepCluster.Redis(redis.Address), SiloTimeout = TimeSpan.FromSeconds(3) }, Token));

        Assert.StartsWith(
            $"No silo of the cluster 'sweeps' in Redis at {redis.Address} answered for 3 s. Start one with SweepSilo.RunAsync.",
            missing.Message,
            StringComparison.Ordinal);
    }

    private static ChildProcess Start(TemporaryFolder folder, params string[] arguments) => new(folder.Path, "dotnet", [s_sample, .. arguments]);

    /// <summary>The rows of the table, without its headings.</summary>
    private static async Task<string[]> RowsAsync(string folder) => (await File.ReadAllLinesAsync(Path.Combine(folder, "sweep.csv"), Token))[1..];

    /// <summary>The end of a row is seconds, silo and reason, which is empty.</summary>
    private static string WithoutTimeAndSilo(string row) => string.Join(',', row.Split(',')[..^3]);
}
