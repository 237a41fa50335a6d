using System.Diagnostics;

namespace Nnfs.Tests;

/// <summary>This program once more, in a process of its own. Tests that start one run alone, so that there are no more busy processes than before.</summary>
[CollectionDefinition(Collection, DisableParallelization = true)]
public sealed class ChildProcess
{
    /// <summary>The collection of the tests that start child processes.</summary>
    public const string Collection = "Child processes";

    /// <summary>A child that has not ended by then hangs, however busy the machine is.</summary>
    public static readonly TimeSpan Hang = TimeSpan.FromHours(1);

    /// <summary>Starts this test program with other arguments and more environment variables.</summary>
    internal static Process Start(IEnumerable<(string Name, string Value)> variables, params IEnumerable<string> arguments)
    {
        string host = Environment.ProcessPath ?? throw new InvalidOperationException("The test process has no path.");
        ProcessStartInfo start = new(host) { RedirectStandardOutput = true, RedirectStandardError = true };

        if (Path.GetFileNameWithoutExtension(host) == "dotnet")
        {
            start.ArgumentList.Add(typeof(ChildProcess).Assembly.Location);
        }

        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start) ?? throw new InvalidOperationException($"'{host}' did not start.");
    }
}
