using Nnfs.Generators.Models;
using Nnfs.Generators.Planning;

namespace Nnfs.Generators.Emission;

/// <summary>Writes how a tile of samples is predicted.</summary>
internal static class PredictTileEmitter
{
    public static void Write(SourceWriter writer, NetworkSpec network)
    {
        writer.WriteLine("/// <summary>Carries a tile of samples through all layers.</summary>");

        string ports = $"{Signature.Inputs(network)}, {Signature.Outputs(network)}";

        using (writer.WriteBlock($"private void PredictTile({ports}, {Names.FloatSpan} scratch, int samples)"))
        {
            if (network.Plan == NetworkPlan.Lanes)
            {
                WriteLanes(writer, network);
            }
            else
            {
                string[] values = PredictStages.Write(writer, network, PassKind.Tile);
                PredictStages.WriteOutputs(writer, network, values, PassKind.Tile);
            }
        }

        writer.WriteLine();
    }

    private static void WriteLanes(SourceWriter writer, NetworkSpec network)
    {
        int stride = network.PredictRows;

        writer.WriteLine($"""
            // A vector holds one value of {KernelLimits.LaneGroup} samples: the inputs change from rows to columns.
            const int stride = {stride};
            {Names.FloatSpan} inputLanes = scratch.Slice(0, {network.InputSize * stride});
            {Names.LoadLanes(network, network.InputSize, "inputs", "inputLanes", "stride")}
            """);

        string source = "inputLanes";

        for (int i = 0; i < network.Stages.Count; i++)
        {
            StageSpec stage = network.Stages[i];
            StageContext context = new(network, i, PassKind.Tile);

            if (network.Plans.TileTail is { } tail && tail.First == i)
            {
                string last = Memory(network, network.Stages.Count - 1, out string declaration);
                string[] lines = StepText.Of(tail.Kernel.Forward(tail.Stages(network), context), new ForwardOperands(context, [source], last)).Split('\n');
                int comments = lines.TakeWhile(static line => line.StartsWith("//", StringComparison.Ordinal)).Count();
                writer.WriteLine("\n" + string.Join("\n", [.. lines.Take(comments), declaration, .. lines.Skip(comments)]));
                source = last;

                break;
            }

            string destination = Memory(network, i, out string memory);

            writer.WriteLine($"""

                {StepText.Note(stage.Comment(context))}
                {memory}
                {StepText.Of(stage.Forward(context), new ForwardOperands(context, [source], destination))}
                """);
            source = destination;
        }

        OutputSpec output = network.Outputs[0];

        if (output.Loss?.MakeOutput(output.Shape, isInLanes: true, isPadded: false) is { } step)
        {
            StageContext context = new(network, network.Stages.Count - 1, PassKind.Tile);

            writer.WriteLine($"""

                // {LossEmitter.Title(network, output)}: {LossSpec.OutputsComment}.
                {StepText.Call(step, new ForwardOperands(context, [source], source))}
                """);
        }

        writer.WriteLine(Names.StoreLanes(network, network.OutputSize, source, "outputs", "stride"));
    }

    /// <summary>The local with a stage's outputs, and its declaration.</summary>
    private static string Memory(NetworkSpec network, int stage, out string declaration)
    {
        Place place = network.Plans.Scratch.Tile[stage];
        string local = $"{network.Stages[stage].FieldName}Outputs";
        declaration = $"{Names.FloatSpan} {local} = scratch.Slice({place.Offset}, {place.Length});";

        return local;
    }
}
