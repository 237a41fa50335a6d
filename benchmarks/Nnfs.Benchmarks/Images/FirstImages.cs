using System.Diagnostics;
using System.Globalization;

namespace Nnfs.Benchmarks;

/// <summary>The first training step of LeNet-5 in a process, from the start of the process on.</summary>
internal static class FirstImages
{
    /// <summary>The first argument of a process that takes one step and prints its loss.</summary>
    public const string Mode = "first-images";

    private const int Batch = 64;
    private const int Processes = 7;

    /// <summary>The seconds from the start of a process to the end of its step, in one process after another.</summary>
    public static Spread Measure() => Spread.Of(Enumerable.Range(0, Processes).Select(static _ => Start()));

    /// <summary>Takes one step in this process.</summary>
    public static string Run()
    {
        LeNet5 network = new(seed: 0);
        LeNet5.Workspace pass = network.CreateWorkspace(Batch);
        float loss = network.ForwardBackward(new float[Batch * LeNet5.InputSize], new int[Batch], pass);
        new Sgd(Workload.SgdRate).Step(network, pass);

        return loss.ToString(CultureInfo.InvariantCulture);
    }

    private static double Start()
    {
        long start = Stopwatch.GetTimestamp();
        using Process process = Process.Start(Self.Start(Mode))!;
        process.StandardOutput.ReadLine();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        process.WaitForExit();

        return process.ExitCode == 0 ? seconds : throw new InvalidOperationException($"The process ended with {process.ExitCode}.");
    }
}
