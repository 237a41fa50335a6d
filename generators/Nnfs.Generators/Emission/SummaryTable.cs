using System.Globalization;
using Nnfs.Generators.Models;
using Nnfs.Generators.Planning;

namespace Nnfs.Generators.Emission;

/// <summary>The table of a network's layers, for its <c>Summary</c>.</summary>
/// <remarks>
/// FLOPs are floating-point operations of a prediction for one sample. An exponential counts as one, and so does a division; comparisons and
/// copies count nothing. What a layer takes, it says itself.
/// </remarks>
internal static class SummaryTable
{
    public static IReadOnlyList<string> Lines(NetworkSpec network)
    {
        List<string[]> rows = [["layer", "shape", "parameters", "FLOPs/sample"]];
        long flops = 0;

        for (int i = 0; i < network.Stages.Count; i++)
        {
            StageSpec stage = network.Stages[i];
            flops += stage.Flops ?? 0;
            rows.Add([Title(network, i), stage.ShapeText, stage.HasParameters ? Text(stage.ParameterCount) : "-", stage.Flops is { } some ? Text(some) : "-"]);
        }

        foreach (OutputSpec output in network.Outputs.Where(output => network.HasNamedPorts || output.Loss is not null))
        {
            long lossFlops = (output.Loss?.FlopsPerValue ?? 0) * output.Size;
            flops += lossFlops;
            string name = network.HasNamedPorts
                ? $"{output.Name} ← {network.NameOf(output.Source)}{(output.Loss is { } loss ? $", {loss.Name}" : "")}"
                : output.Loss!.Name;
            rows.Add([name, $"{output.Shape}", "-", lossFlops == 0 ? "-" : Text(lossFlops)]);
        }

        string shape = network.HasNamedPorts
            ? $"{Joined(network.Inputs.Select(static input => input.Shape))} → {Joined(network.Outputs.Select(static output => output.Shape))}"
            : $"{network.Inputs[0].Shape} → {network.Outputs[0].Shape}";
        rows.Add(["total", shape, Text(network.ParameterCount), Text(flops)]);

        return rows.Select(row => Format(row, rows)).ToList();
    }

    /// <summary>The memory that a prediction takes beside the parameters.</summary>
    public static string Scratch(NetworkSpec network)
    {
        ScratchPlan plan = network.Plans.Scratch;

        // The stages take it one after the other.
        long ofThread = network.Stages.Select(static stage => stage.ThreadScratch).DefaultIfEmpty().Max();

        return $"scratch: {Bytes(4L * plan.Length)} for a tile of a prediction, {Bytes(4L * plan.SampleLength)} for one sample" +
            $"{(ofThread == 0 ? "" : $", {Bytes(4L * ofThread)} on each thread for images with zeros around them")}";
    }

    /// <summary>How the kernels work on many samples and on one.</summary>
    public static string Plan(NetworkSpec network) => network.Plan == NetworkPlan.Lanes
        ? $"plan: {KernelLimits.LaneGroup} samples per vector, in tiles of {network.PredictRows}; one sample as matrix-vector products{ByNeuron(network)}"
        : network.Plan == NetworkPlan.Plain ? "plan: plain, each layer by itself; one sample as matrix-vector products"
        : $"plan: matrix products of rows, in tiles of {network.PredictRows} samples; one sample as matrix-vector products";

    /// <summary>The layers whose weights lie neuron by neuron.</summary>
    private static string ByNeuron(NetworkSpec network)
    {
        string[] names = [.. network.Stages.Where(static stage => stage.TakesDotProducts).Select(static stage => stage.Name)];

        return names.Length == 0 ? "" : $", of {string.Join(", ", names)} as dot products";
    }

    /// <summary>A number of bytes in the greatest binary unit that it fills.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1024 => $"{bytes} bytes",
        < 1024 * 1024 => (bytes / 1024.0).ToString("0.0", CultureInfo.InvariantCulture) + " KiB",
        _ => (bytes / (1024.0 * 1024.0)).ToString("0.0", CultureInfo.InvariantCulture) + " MiB",
    };

    /// <summary>A stage with what it reads, where that is not the stage before it.</summary>
    private static string Title(NetworkSpec network, int index)
    {
        StageSpec stage = network.Stages[index];
        bool followsDirectly = stage.Sources.Count == 1 && stage.Sources[0] == index - 1 && (index > 0 || network.Inputs.Count == 1);

        return followsDirectly ? stage.Title : $"{stage.Title} ← {string.Join(", ", stage.Sources.Select(network.NameOf))}";
    }

    private static string Joined(IEnumerable<Shape> shapes) => string.Join(" + ", shapes);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Names to the left, shapes and numbers to the right, columns two spaces apart.</summary>
    private static string Format(string[] row, List<string[]> rows)
    {
        string line = row[0].PadRight(rows.Max(static other => other[0].Length));

        for (int column = 1; column < row.Length; column++)
        {
            line += "  " + row[column].PadLeft(rows.Max(other => other[column].Length));
        }

        return line;
    }
}
