using System.Runtime.InteropServices;

namespace Nnfs.Benchmarks;

/// <summary>The machine's processor.</summary>
internal static class Processor
{
    private const string LinuxFile = "/proc/cpuinfo";

    /// <summary>The name that the processor gives itself, or its architecture where nothing tells the name.</summary>
    public static string Name
    {
        get
        {
            string? line = File.Exists(LinuxFile)
                ? File.ReadLines(LinuxFile).FirstOrDefault(static line => line.StartsWith("model name", StringComparison.Ordinal))
                : null;

            return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        }
    }
}
