using Nnfs.Generators.Models;
using Nnfs.Generators.Planning;

namespace Nnfs.Generators.Emission;

/// <summary>Writes how a single sample is predicted: by matrix-vector products, the last layers of a small network in one.</summary>
internal static class PredictSampleEmitter
{
    public static void Write(SourceWriter writer, NetworkSpec network)
    {
        SourceWriter body = new();
        WriteScratch(body, network.Plans.Scratch);
        WriteBody(body, network);
        writer.WriteMethod(
            "Carries one sample through all layers.",
            $"{Names.Optimized}\nprivate void PredictSample({Signature.Inputs(network)}, {Signature.Outputs(network)})",
            [body.ToString().TrimEnd()]);
    }

    private static void WriteScratch(SourceWriter writer, ScratchPlan scratch)
    {
        if (scratch.Sample.Concat(scratch.SampleRooms).Any(static place => place.Kind == PlaceKind.Scratch))
        {
            int length = scratch.SampleLength;

            writer.WriteLine(scratch.IsSampleOnStack
                ? $"{Names.FloatSpan} scratch = {Names.OnStack(length)};\n"
                : $"{Names.FloatSpan} scratch = global::Nnfs.ThreadScratch.Take({length});\n");
        }
    }

    /// <summary>Writes how one sample, or one step of a stream, goes through all layers, with its activations in <c>scratch</c>.</summary>
    public static void WriteBody(SourceWriter writer, NetworkSpec network)
    {
        string[] values = PredictStages.Write(writer, network, PassKind.Sample, [.. network.Inputs.Select((_, i) => Signature.Input(network, i))]);

        if (network.Plans.SampleTail is { } tail)
        {
            if (tail.First > 0)
            {
                writer.WriteLine();
            }

            StageContext context = new(network, tail.First, PassKind.Sample);
            ForwardOperands operands = new(context, [tail.First == 0 ? "inputs" : values[tail.First - 1]], "outputs");
            writer.WriteLine(StepText.Of(tail.Kernel.Forward(tail.Stages(network), context), operands));
        }
        else
        {
            PredictStages.WriteOutputs(writer, network, values, PassKind.Sample);
        }
    }
}
