using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;

namespace Nnfs.WebAssembly.Tests;

/// <summary>The program, run once in node.</summary>
public sealed class WebAssemblyRun : IAsyncLifetime
{
    /// <summary>A program that has not ended by then hangs, however busy the machine is.</summary>
    private static readonly TimeSpan s_hang = TimeSpan.FromHours(1);

    private readonly Dictionary<string, float[]> _results = new(StringComparer.Ordinal);

    /// <summary>The numbers of a result.</summary>
    public float[] this[string name] =>
        _results.TryGetValue(name, out float[]? values) ? values : throw new KeyNotFoundException($"The program gave no result '{name}'.");

    /// <summary>The names of all results.</summary>
    public IEnumerable<string> Names => _results.Keys;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        foreach (string line in (await RunAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = line.TrimEnd('\r').Split('\t');
            Assert.True(parts.Length == 2, $"Expected a name, a tab and numbers, but the program printed '{line}'.");
            _results.Add(parts[0], MemoryMarshal.Cast<byte, float>(Convert.FromBase64String(parts[1])).ToArray());
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task<string> RunAsync()
    {
        ProcessStartInfo start = new("node", [Metadata("Script"), Metadata("Program")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };

        using Process process = Start(start);
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

        string text = await output;
        Assert.True(process.ExitCode == 0 && await errors == "", $"The program ended with {process.ExitCode}:\n{text}{await errors}");

        return text;
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new InvalidOperationException("The tests of WebAssembly run in node, which is not installed: it is in Debian's package nodejs.");
        }
    }

    private static string Metadata(string key) => typeof(WebAssemblyRun).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}
