using System.Diagnostics;

namespace Nnfs.Benchmarks;

/// <summary>This program, in another process.</summary>
internal static class Self
{
    /// <summary>How to start this program with an argument.</summary>
    public static ProcessStartInfo Start(string argument)
    {
        // Started as 'dotnet Nnfs.Benchmarks.dll', the process is dotnet and takes the assembly as its first argument.
        string process = Environment.ProcessPath!;
        string[] arguments = Path.GetFileNameWithoutExtension(process) == "dotnet"
            ? [Path.Combine(AppContext.BaseDirectory, "Nnfs.Benchmarks.dll"), argument]
            : [argument];

        return new(process, arguments) { RedirectStandardOutput = true };
    }

    /// <summary>Runs a process to its end and returns what it printed.</summary>
    /// <exception cref="InvalidOperationException">The process failed.</exception>
    public static string Output(ProcessStartInfo start)
    {
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{start.FileName} {string.Join(' ', start.ArgumentList)} ended with {process.ExitCode}.");
    }
}
