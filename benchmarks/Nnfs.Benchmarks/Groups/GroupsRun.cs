using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Nnfs.Benchmarks;

/// <summary>A training of 784-512-512-10 by itself, in groups of one, and in two processes: what a group costs, and what another process gains.</summary>
internal static class GroupsRun
{
    /// <summary>The argument of the command line that asks for it.</summary>
    public const string Mode = "group";

    private const int Rounds = 3;

    private static readonly (string Name, string Kind, int Processes)[] s_rows =
    [
        ("no group", "none", 1),
        ("no group, half the batch", "half", 1),
        ("LocalGroup(1)", "local", 1),
        ("MpiGroup of one process", "mpi", 1),
        ("MpiGroup of two processes", "mpi", 2),
    ];

    /// <summary>Starts the processes in turn, several times, and prints a table in Markdown.</summary>
    public static void Run(TextWriter writer)
    {
        if (Programs.Find("mpirun") is not { } mpirun)
        {
            writer.WriteLine("There is no mpirun: install openmpi-bin.");

            return;
        }

        double[][] seconds = [.. s_rows.Select(static _ => new double[Rounds])];
        string[] sums = [];

        for (int round = 0; round < Rounds; round++)
        {
            for (int row = 0; row < s_rows.Length; row++)
            {
                string[] lines = Self.Output(Start(mpirun, s_rows[row].Kind, s_rows[row].Processes)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
                seconds[row][round] = double.Parse(lines[0], CultureInfo.InvariantCulture);
                sums = lines[1..];
            }
        }

        writer.WriteLine($"{Processor.Name}, {PeakFma.Width}, {RuntimeInformation.FrameworkDescription}, {Environment.ProcessorCount} processors");
        writer.WriteLine();
        writer.WriteLine($"| 784-512-512-10, SGD, batch {GroupProcess.BatchSize} | time of a step | speed against no group |");
        writer.WriteLine("|---|---|---|");

        for (int row = 0; row < s_rows.Length; row++)
        {
            double speed = Spread.Of(seconds[0].Zip(seconds[row], static (alone, its) => alone / its)).Median;
            string step = Text.Duration(Spread.Of(seconds[row]).Median);
            writer.WriteLine($"| {s_rows[row].Name} | {step} | {speed.ToString("0.00", CultureInfo.InvariantCulture)} |");
        }

        writer.WriteLine();
        writer.WriteLine("| floats that two processes add up | time |");
        writer.WriteLine("|---|---|");
        Array.ForEach(sums, writer.WriteLine);
    }

    private static ProcessStartInfo Start(string mpirun, string kind, int processes)
    {
        ProcessStartInfo self = Self.Start(GroupProcess.Mode);
        self.ArgumentList.Add(kind);

        if (kind != "mpi")
        {
            return self;
        }

        // Bound to one core each, the processes' other threads would compete with those that compute.
        string[] arguments = ["-n", $"{processes}", "--bind-to", "none", self.FileName, .. self.ArgumentList];
        ProcessStartInfo start = new(mpirun, arguments) { RedirectStandardOutput = true };
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT"] = start.Environment["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1";
        start.Environment["TERM"] = "dumb";

        return start;
    }
}
