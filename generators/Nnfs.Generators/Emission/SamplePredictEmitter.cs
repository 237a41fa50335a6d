using Nnfs.Generators.Models;
using Nnfs.Generators.Planning;

namespace Nnfs.Generators.Emission;

/// <summary>Writes how a single sample is predicted: by matrix-vector products, the last layers of a small network in one.</summary>
internal static class SamplePredictEmitter
{
    /// <summary>The most floats that are taken from the stack: 16 KiB.</summary>
    public const int MostOnStack = 4096;

    public static void Write(SourceWriter writer, NetworkSpec network)
    {
        writer.WriteLine("""
            /// <summary>Carries one sample through all layers.</summary>
            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
            """);

        using (writer.WriteBlock($"private void PredictSample({Signature.Inputs(network)}, {Signature.Outputs(network)})"))
        {
            ScratchPlan scratch = network.Plans.Scratch;
            int single = network.Plans.SampleTail ?? network.Stages.Count;

            if (scratch.Sample.Any(static place => place.Kind == PlaceKind.Scratch))
            {
                int length = scratch.SampleLength;

                writer.WriteLine(length <= MostOnStack
                    ? $"{Names.FloatSpan} scratch = {Names.OnStack(length)};\n"
                    : $"{Names.FloatSpan} scratch = global::Nnfs.ThreadScratch.Take({length});\n");
            }

            string[] values = PredictEmitter.WriteStages(
                writer,
                network,
                single,
                PassKind.Sample,
                scratch.Sample,
                folded: default);

            if (single < network.Stages.Count)
            {
                WriteTail(writer, network, single, single == 0 ? "inputs" : values[single - 1]);
            }
            else
            {
                PredictEmitter.WriteOutputs(writer, network, values, PassKind.Sample);
            }
        }

        writer.WriteLine();
    }

    /// <summary>Writes the last dense layers, which are one kernel with what follows them.</summary>
    private static void WriteTail(SourceWriter writer, NetworkSpec network, int start, string source)
    {
        if (start > 0)
        {
            writer.WriteLine();
        }

        DenseSpec[] layers = [.. network.Stages.Skip(start).Cast<DenseSpec>()];
        DenseSpec last = layers[layers.Length - 1];
        bool isSoftmax = network.Loss == LossKind.SoftmaxCrossEntropy;
        int length = last.BiasesOffset + last.BiasesLength - layers[0].WeightsOffset;
        string dimensions = string.Join(", ", layers.Select(static layer => layer.Inputs).Append(last.Outputs).Select(size => Names.Dimension(network, size)));

        foreach (DenseSpec layer in layers)
        {
            writer.WriteLine(StageEmitter.Comment(network, layer, PassKind.Sample));
        }

        if (isSoftmax)
        {
            writer.WriteLine("// SoftmaxCrossEntropy: probabilities from logits.");
        }

        writer.WriteLine($"""
            // All in one, so that what the next to last layer gives stays in registers.
            {Names.Call($"DenseTailSample.{(isSoftmax ? "ForwardSoftmax" : "Forward")}<{dimensions}>", $"x: {source}", $"parameters: {network.ParametersField}.Slice({layers[0].WeightsOffset}, {length})", "y: outputs")}
            """);
    }
}
