using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>Writes how a tile of samples is predicted.</summary>
internal static class PredictTileEmitter
{
    public static void Write(SourceWriter writer, NetworkSpec network)
    {
        writer.WriteLine("/// <summary>Carries a tile of samples through all layers.</summary>");

        string ports = $"{Signature.Inputs(network)}, {Signature.Outputs(network)}";

        using (writer.WriteBlock($"{Names.Optimized}\nprivate void PredictTile({ports}, {Names.FloatSpan} scratch, int samples)"))
        {
            if (network.Plan == NetworkPlan.Lanes)
            {
                WriteLanes(writer, network);
            }
            else
            {
                string[] values = PredictStages.Write(writer, network, PassKind.Tile, Inputs(network));
                PredictStages.WriteOutputs(writer, network, values, PassKind.Tile);
            }
        }

        writer.WriteLine();
    }

    private static void WriteLanes(SourceWriter writer, NetworkSpec network)
    {
        string[] inputs = [.. network.Inputs.Select(input => network.HasNamedPorts ? Free(network, $"{input.Name}Lanes") : "inputLanes")];
        int start = 0;

        writer.WriteLine($"""
            // A vector holds one value of {KernelLimits.LaneGroup} samples: the inputs change from rows to columns.
            int stride = {Names.Kernels}.Lanes.Stride(samples);
            """);

        for (int i = 0; i < inputs.Length; i++)
        {
            int length = network.PredictRows * network.Inputs[i].Size;
            writer.WriteLine($"""
                {Names.FloatSpan} {inputs[i]} = scratch.Slice({start}, {length});
                {Names.LoadLanes(network, network.Inputs[i].Size, Signature.Input(network, i), inputs[i], "stride")}
                """);
            start += length;
        }

        writer.WriteLine();

        string[] values = PredictStages.Write(writer, network, PassKind.Tile, inputs);

        if (network.Plans.TileTail is { } tail)
        {
            if (tail.First > 0)
            {
                writer.WriteLine();
            }

            int last = network.Stages.Count - 1;
            StageContext context = new(network, tail.First, PassKind.Tile);
            string source = tail.First == 0 ? inputs[0] : values[tail.First - 1];
            string[] lines = StepText.Of(
                tail.Kernel.Forward(tail.Stages(network), context), new ForwardOperands(context, [source], PredictStages.Local(network, last))).Split('\n');
            int comments = lines.TakeWhile(static line => line.StartsWith("//", StringComparison.Ordinal)).Count();
            writer.WriteLine(string.Join(
                "\n", [.. lines.Take(comments), PredictStages.Declaration(network, last, network.Plans.Scratch.Tile[last]), .. lines.Skip(comments)]));
            values[last] = PredictStages.Local(network, last);
        }

        foreach (OutputSpec output in network.Outputs)
        {
            WriteOutput(writer, network, output, values[output.Source]);
        }
    }

    /// <summary>
    /// Writes what makes an output of lanes; probabilities are made before the values become rows where the loss takes lanes, and after it otherwise.
    /// </summary>
    private static void WriteOutput(SourceWriter writer, NetworkSpec network, OutputSpec output, string source)
    {
        bool isInLanes = network.HasLossInLanes(output);
        string rows = Signature.Output(network, Signature.IndexOf(network, output));
        string store = Names.StoreLanes(network, output.Size, source, rows, "stride");

        if (output.Loss?.MakeOutput(output.Shape, isInLanes, isPadded: false) is not { } step)
        {
            writer.WriteLine(store);

            return;
        }

        StageContext context = new(network, output.Source, PassKind.Tile);
        string place = isInLanes ? source : rows;
        string call = StepText.Call(step, new ForwardOperands(context, [place], place));

        writer.WriteLine($"""

            // {LossEmitter.Title(network, output)}: {LossSpec.OutputsComment}.
            {(isInLanes ? $"{call}\n{store}" : $"{store}\n{call}")}
            """);
    }

    /// <summary>A name for a local, which no parameter has.</summary>
    private static string Free(NetworkSpec network, string name)
    {
        while (network.Inputs.Any(input => input.Name == name) || network.Outputs.Any(output => output.Name == name))
        {
            name += "_";
        }

        return name;
    }

    private static string[] Inputs(NetworkSpec network) => [.. network.Inputs.Select((_, i) => Signature.Input(network, i))];
}
