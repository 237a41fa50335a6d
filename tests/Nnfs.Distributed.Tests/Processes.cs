using System.ComponentModel;
using System.Reflection;
using Nnfs.EndToEnd.Tests;

namespace Nnfs.Distributed.Tests;

/// <summary>Starts the program of the tests in several processes, by <c>mpirun</c>, or in one.</summary>
internal static class Processes
{
    /// <summary>Memory that the processes of one machine share.</summary>
    public const string SharedMemory = "self,vader";

    /// <summary>The network.</summary>
    public const string Network = "self,tcp";

    private static readonly string s_worker = typeof(Processes).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static attribute => attribute.Key == "Worker").Value!;

    /// <summary>The transports between processes of one machine.</summary>
    public static TheoryData<string> Transports { get; } = [SharedMemory, Network];

    /// <summary>Runs the program and returns the lines that the processes print, in no order.</summary>
    public static Task<string[]> RunAsync(int count, params string[] arguments) => RunAsync(count, SharedMemory, arguments);

    /// <summary>Runs the program and returns the lines that the processes print, in no order.</summary>
    /// <param name="count">The number of processes.</param>
    /// <param name="transport">How they send messages.</param>
    /// <param name="arguments">What they are told.</param>
    public static async Task<string[]> RunAsync(int count, string transport, string[] arguments) =>
        LinesOf(await StartAsync(exitCode: 0, "mpirun", Arguments(count, transport, arguments)));

    /// <summary>Runs the program in one process, without MPI, and returns the lines that it prints.</summary>
    public static async Task<string[]> RunAloneAsync(params string[] arguments) => LinesOf(await StartAsync(exitCode: 0, "dotnet", [s_worker, .. arguments]));

    /// <summary>Runs the program in one process, which ends with an exit code, and returns all that is printed.</summary>
    /// <param name="exitCode">The exit code.</param>
    /// <param name="variables">Variables of the environment, such as <c>NAME=value</c>.</param>
    /// <param name="arguments">What it is told.</param>
    public static Task<string> FailAloneAsync(int exitCode, string[] variables, params string[] arguments) =>
        StartAsync(exitCode, "env", [.. variables, "dotnet", s_worker, .. arguments]);

    /// <summary>Runs the program, which ends with an exit code, and returns all that is printed.</summary>
    public static Task<string> FailAsync(int exitCode, int count, params string[] arguments) =>
        StartAsync(exitCode, "mpirun", Arguments(count, SharedMemory, arguments));

    /// <summary>The arguments of <c>mpirun</c>. More processes than cores give way to each other while they wait.</summary>
    public static string[] Arguments(int count, string transport, string[] arguments) =>
    [
        "--allow-run-as-root", "--oversubscribe", "--mca", "btl", transport, "--mca", "mpi_yield_when_idle", "1",
        "-x", "TERM=dumb", "-n", $"{count}", "dotnet", s_worker, .. arguments,
    ];

    private static async Task<string> StartAsync(int exitCode, string program, string[] arguments)
    {
        try
        {
            return await CommandLine.RunAsync(exitCode, Environment.CurrentDirectory, program, arguments);
        }
        catch (Win32Exception)
        {
            Assert.Fail($"The program '{program}' is missing: install {(program == "mpirun" ? "openmpi-bin, a package of Debian" : "the .NET SDK")}.");

            throw;
        }
    }

    /// <summary>The lines of the program; what MPI says of the machine is left out.</summary>
    private static string[] LinesOf(string text) =>
        [.. text.Split('\n', StringSplitOptions.TrimEntries).Where(static line => line.StartsWith("rank ", StringComparison.Ordinal))];
}
