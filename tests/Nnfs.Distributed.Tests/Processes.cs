using System.Reflection;
using Nnfs.EndToEnd.Tests;

namespace Nnfs.Distributed.Tests;

/// <summary>Starts the program of the tests in several processes, by <c>mpirun</c>.</summary>
internal static class Processes
{
    private static readonly string s_worker = typeof(Processes).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static attribute => attribute.Key == "Worker").Value!;

    /// <summary>The transports between processes of one machine: memory that they share, and the network.</summary>
    public static TheoryData<string> Transports { get; } = ["self,vader", "self,tcp"];

    /// <summary>Runs the program and returns the lines that the processes print, in no order.</summary>
    public static Task<string[]> RunAsync(int count, params string[] arguments) => RunAsync(count, "self,vader", arguments);

    /// <summary>Runs the program and returns the lines that the processes print, in no order.</summary>
    /// <param name="count">The number of processes.</param>
    /// <param name="transport">How they send messages.</param>
    /// <param name="arguments">What they are told.</param>
    public static async Task<string[]> RunAsync(int count, string transport, string[] arguments) =>
        (await CommandLine.RunAsync(Environment.CurrentDirectory, "mpirun", Arguments(count, transport, arguments)))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Runs the program, which ends with an exit code, and returns all that is printed.</summary>
    public static Task<string> FailAsync(int exitCode, int count, params string[] arguments) =>
        CommandLine.RunAsync(exitCode, Environment.CurrentDirectory, "mpirun", Arguments(count, "self,vader", arguments));

    /// <summary>More processes than cores give way to each other while they wait.</summary>
    private static string[] Arguments(int count, string transport, string[] arguments) =>
    [
        "--allow-run-as-root", "--oversubscribe", "--mca", "btl", transport, "--mca", "mpi_yield_when_idle", "1",
        "-x", "TERM=dumb", "-n", $"{count}", "dotnet", s_worker, .. arguments,
    ];
}
