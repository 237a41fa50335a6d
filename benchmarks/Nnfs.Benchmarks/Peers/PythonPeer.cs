using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Nnfs.Benchmarks;

/// <summary>A library of Debian's Python. It runs in a process of its own, which works only while it is asked to.</summary>
internal sealed class PythonPeer : Peer
{
    /// <summary>The file that numbers pass through, in the process's working folder.</summary>
    private const string NumbersFile = "numbers";

    /// <summary>What a script says when it has loaded everything; its versions follow.</summary>
    private const string Ready = "ready ";

    private readonly Process? _process;
    private readonly DirectoryInfo? _folder;

    /// <summary>Starts Python with a script of this benchmark.</summary>
    /// <param name="name">The peer's name.</param>
    /// <param name="script">The file name of the script.</param>
    public PythonPeer(string name, string script)
        : base(name)
    {
        if (!File.Exists(PythonProcess.Python))
        {
            Absence = $"{PythonProcess.Python} does not exist";
            return;
        }

        if (MatrixKernels.Fastest.Absence is { } absence)
        {
            Absence = absence;
            return;
        }

        _folder = Directory.CreateTempSubdirectory("nnfs-benchmarks-");
        _process = PythonProcess.Start(script, _folder.FullName, MatrixKernels.Fastest.Kernels);

        string? greeting = _process.StandardOutput.ReadLine();

        if (greeting?.StartsWith(Ready, StringComparison.Ordinal) == true)
        {
            Version = greeting[Ready.Length..];
        }
        else
        {
            string errors = _process.StandardError.ReadToEnd().TrimEnd();
            Absence = $"{script} does not start ({errors[(errors.LastIndexOf('\n') + 1)..]})";
        }
    }

    public override string? Absence { get; }

    public override string Version { get; } = "";

    /// <summary>Whether the script knows dense layers and ReLUs alone.</summary>
    public bool IsDenseOnly { get; init; }

    public override Contestant? Enter(Workload workload)
    {
        if (workload.Activity == Activity.PredictChained || (IsDenseOnly && workload.Network.DenseSizes is null))
        {
            return null;
        }

        float[] numbers = [.. workload.Parameters.SelectMany(static part => part), .. workload.Inputs, .. workload.Labels.Select(static label => (float)label)];
        File.WriteAllBytes(NumbersPath, MemoryMarshal.AsBytes(numbers.AsSpan()));

        float rate = workload.Activity == Activity.AdamStep ? workload.AdamRate : Workload.SgdRate;
        Ask(string.Create(
            CultureInfo.InvariantCulture,
            $"enter {NumbersFile} {workload.Activity} {workload.Batch} {workload.Samples} {Describe(workload.Network)} " +
            $"{rate} {Workload.AdamDecay} {workload.AnsweredSteps} {workload.Threads}"));

        return new PythonContestant(this);
    }

    /// <summary>The numbers that the work gives.</summary>
    public float[] Answer()
    {
        Ask($"answer {NumbersFile}");

        return MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(NumbersPath)).ToArray();
    }

    /// <summary>Does the work a number of times, and says how many seconds that took by Python's own clock.</summary>
    public double Time(int operations) =>
        double.Parse(Ask(string.Create(CultureInfo.InvariantCulture, $"time {operations}")), CultureInfo.InvariantCulture);

    public override void Dispose()
    {
        if (_process is not null)
        {
            // The script ends with its input.
            _process.StandardInput.Close();
            _process.WaitForExit();
            _process.Dispose();
        }

        _folder?.Delete(recursive: true);
        base.Dispose();
    }

    /// <summary>The network as the scripts read it: JSON without blanks.</summary>
    private static string Describe(NetworkCase network) => JsonSerializer.Serialize(new
    {
        input = network.InputShape,
        layers = network.Layers.Select(static layer => new
        {
            kind = layer.Kind.ToString(),
            name = layer.Name,
            sources = layer.Sources,
            setting = layer.Setting,
            causal = layer.IsCausal,
            tensors = layer.Tensors.Select(static tensor => tensor.Shape),
            window = layer.Window is { } window
                ? new { kernel = (int[])[window.KernelHeight, window.KernelWidth], stride = window.Stride, padding = (int[])[window.PadTop, window.PadLeft] }
                : null,
        }),
    });

    private string NumbersPath => Path.Combine(_folder!.FullName, NumbersFile);

    private string Ask(string command)
    {
        _process!.StandardInput.WriteLine(command);

        return _process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException($"{Name} ended at '{command}':\n{_process.StandardError.ReadToEnd()}");
    }
}
