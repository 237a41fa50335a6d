using System.Diagnostics;
using System.Text;

namespace Nnfs.Sweeps.Tests;

/// <summary>A program that runs beside the tests, and what it prints.</summary>
internal sealed class ChildProcess : IDisposable
{
    /// <summary>A program that has not ended or said something by then hangs, however busy the machine is.</summary>
    private static readonly TimeSpan s_hang = TimeSpan.FromMinutes(20);

    private readonly Process _process;
    private readonly StringBuilder _output = new();

    /// <summary>Starts a program.</summary>
    public ChildProcess(string folder, string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };

        // What the test runner says of itself is not meant for the programs under test.
        foreach (string name in start.Environment.Keys.Where(static name => name.StartsWith("TESTINGPLATFORM", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += Add;
        _process.ErrorDataReceived += Add;
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>What it has printed.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Waits until it has printed a text so many times.</summary>
    public async Task WaitForAsync(string text, CancellationToken cancellationToken, int times = 1)
    {
        long start = Stopwatch.GetTimestamp();

        while (Output.Split(text).Length <= times)
        {
            Assert.False(_process.HasExited, $"The program ended before it printed '{text}':\n{Output}");
            Assert.True(Stopwatch.GetElapsedTime(start) < s_hang, $"The program does not print '{text}':\n{Output}");
            await Task.Delay(50, cancellationToken);
        }
    }

    /// <summary>Waits for its end and returns its exit code.</summary>
    public async Task<int> ExitAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource hang = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        hang.CancelAfter(s_hang);

        try
        {
            await _process.WaitForExitAsync(hang.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Assert.Fail($"The program does not end:\n{Output}");
        }

        return _process.ExitCode;
    }

    /// <summary>Kills it with SIGKILL.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Asks it to end with SIGTERM.</summary>
    public void Terminate()
    {
        using Process kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private void Add(object sender, DataReceivedEventArgs received)
    {
        if (received.Data is { } line)
        {
            lock (_output)
            {
                _output.Append(line).Append('\n');
            }
        }
    }
}
