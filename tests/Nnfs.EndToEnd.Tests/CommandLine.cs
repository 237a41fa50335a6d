using System.Diagnostics;
using System.Text;

namespace Nnfs.EndToEnd.Tests;

/// <summary>Runs programs and keeps what they print.</summary>
internal static class CommandLine
{
    /// <summary>A program that has not ended by then hangs, however busy the machine is.</summary>
    private static readonly TimeSpan s_hang = TimeSpan.FromHours(1);

    /// <summary>Runs a program to its end and returns what it printed; fails where it does not succeed.</summary>
    public static Task<string> RunAsync(string folder, string program, params string[] arguments) => RunAsync(0, folder, program, arguments);

    /// <summary>Runs a program to its end and returns what it printed; fails where it does not end with that exit code.</summary>
    public static async Task<string> RunAsync(int exitCode, string folder, string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };

        // What the test runner and its build say of themselves is not meant for the programs under test.
        foreach (string name in start.Environment.Keys.Where(IsOfTheRunner).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";

        // A build that has ended leaves no process behind.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using CancellationTokenSource hang = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        hang.CancelAfter(s_hang);

        try
        {
            await process.WaitForExitAsync(hang.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);

            throw;
        }

        string text = await output + await errors;

        Assert.True(process.ExitCode == exitCode, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{text}");

        return text;
    }

    private static bool IsOfTheRunner(string variable) =>
        variable.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || variable.StartsWith("TESTINGPLATFORM", StringComparison.OrdinalIgnoreCase);
}
