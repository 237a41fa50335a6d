using Nnfs.Mpi;

namespace Nnfs.Distributed.Tests;

public sealed class MpiGroupTests
{
    [Fact]
    public async Task Every_process_has_a_rank_of_its_own()
    {
        string[] lines = await Processes.RunAsync(3, "world");

        Assert.Equal(["rank 0 of 3", "rank 1 of 3", "rank 2 of 3"], lines.Select(static line => line.Split(',')[0]).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Processes.Transports), MemberType = typeof(Processes))]
    public async Task What_the_first_process_has_reaches_all(string transport)
    {
        string[] lines = await Processes.RunAsync(2, transport, ["broadcast"]);

        Assert.Equal(["rank 0: 7 8", "rank 1: 7 8"], lines.Order(StringComparer.Ordinal));
    }

    /// <summary>One value, fewer than processes, no multiple of them, and more than go in one call.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(101)]
    [InlineData(20_003)]
    public async Task Sums_have_the_same_bits_in_any_number_of_processes(int count)
    {
        List<string> sums = [];

        foreach ((int processes, string transport) in new[] { (1, "self"), (2, "self,vader"), (2, "self,tcp"), (4, "self,vader") })
        {
            string[] lines = await Processes.RunAsync(processes, transport, ["sum", $"{count}", "4"]);
            Assert.Equal(processes, lines.Length);
            sums.AddRange(lines.Select(static line => line[line.IndexOf(' ', "rank ".Length)..]));
        }

        Assert.Single(sums.Distinct());
    }

    [Fact]
    public async Task Sums_of_three_processes_have_the_same_bits_in_six()
    {
        string[] three = await Processes.RunAsync(3, "sum", "77", "6");
        string[] six = await Processes.RunAsync(6, "sum", "77", "6");

        Assert.Single(three.Concat(six).Select(static line => line["rank 0".Length..]).Distinct());
    }

    [Fact]
    public async Task A_process_that_throws_ends_the_others()
    {
        string text = await Processes.FailAsync(1, 2, "throw", "1");

        Assert.Contains("Process 1 of 2 ends the others: System.InvalidOperationException: This process fails on purpose.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("have not ended this one", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_that_fails_ends_the_others()
    {
        string text = await Processes.FailAsync(7, 2, "exit", "0");

        Assert.DoesNotContain("have not ended this one", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_beside_another_is_refused_and_leaves_the_group_as_it_is()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("nnfs-calls-");

        try
        {
            string[] lines = await Processes.RunAsync(2, "calls", Path.Combine(folder.FullName, "refused"));

            Assert.Equal(
                ["rank 0 A group is called by one thread at a time, but another call has not ended.", "rank 1 two calls"],
                lines.Order(StringComparer.Ordinal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_missing_library_is_named_with_its_package()
    {
        MpiException exception = Assert.Throws<MpiException>(() => MpiLibrary.Load("libmpi.nnfs.1", "libmpi.nnfs.2"));

        Assert.Equal(
            "MPI is not installed: none of libmpi.nnfs.1, libmpi.nnfs.2 was found. Install Open MPI, such as the package openmpi-bin of Debian and Ubuntu.",
            exception.Message);
    }
}
