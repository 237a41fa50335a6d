using System.Runtime.InteropServices;

namespace Nnfs.Benchmarks;

/// <summary>How rates change as networks and batches grow: where one falls off, something is wrong, or a cache or the memory is full.</summary>
internal static class GrowthRun
{
    /// <summary>The first argument of the command line that asks for it.</summary>
    public const string Mode = "growth";

    /// <summary>The picture, in the current folder.</summary>
    private const string PictureFile = "growth.svg";

    /// <summary>Measures, prints tables in Markdown, and draws them.</summary>
    /// <param name="writer">Takes the tables.</param>
    /// <param name="names">What the names of the series contain that are measured; all where there are none.</param>
    public static void Run(TextWriter writer, IReadOnlyList<string> names)
    {
        GrowthSeries[] meant =
        [
            .. GrowthSeries.All.Where(series => names.Count == 0 || names.Any(name => series.Name.Contains(name, StringComparison.OrdinalIgnoreCase))),
        ];

        using OnnxRuntimePeer onnxRuntime = new();
        using PythonPeer pyTorch = new(PeerNames.PyTorch, "torch_peer.py");
        Peer[] peers = [onnxRuntime, pyTorch];
        double peak = NoteMachine(writer, peers);

        foreach (GrowthSeries series in meant)
        {
            foreach (GrowthPoint point in series.Points)
            {
                point.Measure([.. peers.Where(static peer => peer.Absence is null)]);
            }

            GrowthTable.Write(writer, series);
        }

        if (meant.Length > 0)
        {
            GrowthPicture.Save(PictureFile, meant, peak);
            writer.WriteLine();
            writer.WriteLine($"{PictureFile} is drawn.");
        }
    }

    /// <summary>Prints what the reasons of cliffs are told by, and returns the most that a core computes in a second.</summary>
    private static double NoteMachine(TextWriter writer, IReadOnlyList<Peer> peers)
    {
        Reading[] readings = [new(512), new(8 * 1024), new(256 * 1024)];
        double[][] seconds = Rounds.Time([new PeakFma(), .. readings]);
        double peak = PeakFma.Flops / Spread.Of(seconds[0]).Median;

        writer.WriteLine($"{Processor.Name}, {PeakFma.Width}, {RuntimeInformation.FrameworkDescription}");
        writer.WriteLine($"One core computes {Text.FlopRate(peak)} and reads " + string.Join(
            ", ", readings.Select((reading, index) => $"{reading.Name} at {Text.Digits(reading.Bytes / Spread.Of(seconds[index + 1]).Median / 1e9)} GB/s")));

        foreach (Peer peer in peers)
        {
            writer.WriteLine(peer.Absence is null ? $"{peer.Name}: {peer.Version}" : $"{peer.Name} is left out: {peer.Absence}");
        }

        return peak;
    }
}
