using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Nnfs.Benchmarks;

/// <summary>A C99 program of fixed shape, compiled by gcc for this machine: one shared library for each shape and batch.</summary>
internal sealed class CPeer : Peer
{
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "Peers", "C");

    public CPeer()
        : base(PeerNames.C)
    {
        Absence = Programs.Find("gcc") is null ? "gcc is not installed" : null;
    }

    public override string? Absence { get; }

    public override string Version => Self.Output(new ProcessStartInfo("gcc", ["-dumpfullversion"]) { RedirectStandardOutput = true }).Trim();

    public override Contestant? Enter(Workload workload) =>
        workload is { Network.DenseSizes.Count: 3 or 4, Threads: 1, Activity: not Activity.ForwardBackward }
            ? new CContestant(Name, workload, Compile(workload))
            : null;

    /// <summary>The path of the library for a workload's shape and batch, which is compiled unless it is there already.</summary>
    private static string Compile(Workload workload)
    {
        IReadOnlyList<int> sizes = workload.Network.DenseSizes!;
        List<string> shape = [$"-DINPUTS={sizes[0]}", $"-DHIDDEN1={sizes[1]}", $"-DOUTPUTS={sizes[^1]}", $"-DBATCH={workload.Batch}"];

        if (sizes.Count == 4)
        {
            shape.Add($"-DHIDDEN2={sizes[2]}");
        }

        // The name tells the sources apart, so that an edited program is compiled anew.
        string script = Path.Combine(s_folder, "compile.sh");
        string sources = File.ReadAllText(Path.Combine(s_folder, "network.c")) + File.ReadAllText(script);
        string version = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(sources)))[..12];
        string library = Path.Combine(s_folder, $"network-{workload.Network.Name}-{workload.Batch}-{version}.so");

        if (!File.Exists(library))
        {
            using Process compiler = Process.Start("bash", [script, library, .. shape]);
            compiler.WaitForExit();

            if (compiler.ExitCode != 0)
            {
                throw new InvalidOperationException($"gcc does not compile the C program for '{workload}'.");
            }
        }

        return library;
    }
}
