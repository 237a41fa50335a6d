using System.Globalization;
using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>The table of a network's layers, for its documentation and its <c>Summary</c>.</summary>
/// <remarks>
/// FLOPs are floating-point operations of a prediction for one sample. A dense layer counts a multiplication and an addition
/// for each weight and an addition for each bias, a softmax five operations for each class, and comparisons nothing.
/// </remarks>
internal static class SummaryTable
{
    private const int FlopsPerClass = 5;

    public static IReadOnlyList<string> Lines(NetworkSpec network)
    {
        List<string[]> rows = [["layer", "shape", "parameters", "FLOPs/sample"]];
        long flops = 0;

        foreach (StageSpec stage in network.Stages)
        {
            flops += Flops(stage);
            rows.Add(
            [
                Names.Title(stage),
                stage is DenseSpec dense ? $"{dense.Inputs} → {dense.Outputs}" : Text(stage.Outputs),
                stage is DenseSpec { } parameters ? Text(Parameters(parameters)) : "-",
                Text(Flops(stage)),
            ]);
        }

        if (network.Loss != LossKind.None)
        {
            long lossFlops = network.Loss == LossKind.SoftmaxCrossEntropy ? (long)FlopsPerClass * network.OutputSize : 0;
            flops += lossFlops;
            rows.Add([network.Loss.ToString(), Text(network.OutputSize), "-", lossFlops == 0 ? "-" : Text(lossFlops)]);
        }

        rows.Add(["total", $"{Shape(network)} → {network.OutputSize}", Text(network.ParameterCount), Text(flops)]);

        return rows.Select(row => Format(row, rows)).ToList();
    }

    /// <summary>How the kernels work on many samples and on one.</summary>
    public static string Plan(NetworkSpec network) => network.Plan == NetworkPlan.Lanes
        ? $"plan: 16 samples a vector, in tiles of {network.PredictRows}; one sample as matrix-vector products{ByNeuron(network)}"
        : $"plan: matrix products of rows, in tiles of {network.PredictRows} samples; one sample as matrix-vector products";

    /// <summary>The layers whose weights lie neuron by neuron.</summary>
    private static string ByNeuron(NetworkSpec network)
    {
        string[] names = [.. network.Stages.OfType<DenseSpec>().Where(static dense => dense.IsByNeuron).Select(static dense => dense.Name)];

        return names.Length == 0 ? "" : $", of {string.Join(", ", names)} as dot products";
    }

    /// <summary>A number of bytes in the greatest binary unit that it fills.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1024 => $"{bytes} bytes",
        < 1024 * 1024 => (bytes / 1024.0).ToString("0.0", CultureInfo.InvariantCulture) + " KiB",
        _ => (bytes / (1024.0 * 1024.0)).ToString("0.0", CultureInfo.InvariantCulture) + " MiB",
    };

    private static string Shape(NetworkSpec network) =>
        network.InputShape.Count == 0 ? Text(network.InputSize) : string.Join(" × ", network.InputShape.Select(size => Text(size)));

    private static long Parameters(DenseSpec dense) => ((long)dense.Inputs * dense.Outputs) + dense.Outputs;

    private static long Flops(StageSpec stage) => stage switch
    {
        DenseSpec dense => (2L * dense.Inputs * dense.Outputs) + dense.Outputs,
        SoftmaxSpec softmax => (long)FlopsPerClass * softmax.Classes,
        _ => 0,
    };

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
