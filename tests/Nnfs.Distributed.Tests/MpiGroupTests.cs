using Nnfs.Mpi;

namespace Nnfs.Distributed.Tests;

public sealed class MpiGroupTests
{
    /// <summary>The exit code of a program that an exception has ended: 128 and SIGABRT.</summary>
    private const int Aborted = 134;

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

    /// <summary>A program of one process ends as it would without MPI.</summary>
    [Fact]
    public async Task A_process_without_others_that_throws_ends_by_itself()
    {
        string text = await Processes.FailAloneAsync(Aborted, [], "throw", "0");

        Assert.Contains("Unhandled exception. System.InvalidOperationException: This process fails on purpose.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("MPI_ABORT", text, StringComparison.Ordinal);
    }

    /// <summary>The other process waits for the sum of a batch.</summary>
    [Fact]
    public async Task A_process_whose_program_catches_what_ends_its_training_ends_the_others()
    {
        string text = await Processes.FailAsync(1, 2, "caught");

        Assert.Contains(
            "rank 1 This callback fails. An exception has ended a training in this process, so that others may wait for it in vain. Start the program again.",
            text,
            StringComparison.Ordinal);
        Assert.Contains("Process 1 of 2 ends the others: An exception has ended a training in this process", text, StringComparison.Ordinal);
        Assert.DoesNotContain("rank 0", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Processes_that_an_exception_has_ended_alike_end_with_an_exit_code()
    {
        string text = await Processes.FailAsync(1, 2, "apart");

        Assert.All((int[])[0, 1], rank => Assert.Contains(
            $"rank {rank} After epoch 2, the parameters or learning rates of these processes are not those of the first one: 1.",
            text,
            StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_interruption_that_the_program_handles_ends_all_processes_well()
    {
        string[] lines = await Processes.RunAsync(2, "interrupted");

        Assert.Equal(["rank 0 Cancelled", "rank 1 Cancelled"], lines.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Several_trainings_that_are_cancelled_in_one_process_end_in_all()
    {
        string[] lines = await Processes.RunAsync(2, "cancelled");

        Assert.Equal(
            [.. Enumerable.Repeat("rank 0 The operation was canceled.", 2), .. Enumerable.Repeat("rank 1 The operation was canceled.", 2)],
            lines.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_group_in_use_keeps_its_shards()
    {
        string[] lines = await Processes.RunAsync(2, "shards");

        Assert.Equal(["rank 0 shards 8, 2", "rank 1 shards 8, 2"], lines.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("PMI_SIZE")]
    [InlineData("OMPI_COMM_WORLD_SIZE")]
    public async Task Processes_that_another_library_has_started_are_no_group(string variable)
    {
        string text = await Processes.FailAloneAsync(Aborted, [$"{variable}=3"], "world");

        Assert.Contains(
            $"MpiException: This is one of 3 processes ({variable}), but the MPI library that was found knows of one only, because another MPI has started",
            text,
            StringComparison.Ordinal);
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
