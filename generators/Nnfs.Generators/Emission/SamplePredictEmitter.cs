using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>Writes how a single sample is predicted: by matrix-vector products, the last layers of a small network in one.</summary>
internal static class SamplePredictEmitter
{
    /// <summary>The most floats that are taken from the stack: 16 KiB.</summary>
    public const int MostOnStack = 4096;

    /// <summary>The most neurons of the last of the layers that are one kernel.</summary>
    private const int MostTailNeurons = 4;

    /// <summary>The most values after the first of three layers that are one kernel.</summary>
    private const int MostTailValues = 128;

    public static void Write(SourceWriter writer, NetworkSpec network, ScratchPlan scratch)
    {
        writer.WriteLine("""
            /// <summary>Carries one sample through all layers.</summary>
            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
            """);

        using (writer.WriteBlock($"private void PredictSample({Signature.Inputs(network)}, {Signature.Outputs(network)})"))
        {
            int single = SingleStages(network);

            if (Enumerable.Range(0, single).Any(i => !IsIntoOutputs(network, i) && !ScratchPlan.IsAlias(network, i)))
            {
                int length = scratch.SampleLength;

                writer.WriteLine(length <= MostOnStack
                    ? $"{Names.FloatSpan} scratch = {ScratchPlan.OnStack(length)};\n"
                    : $"{Names.FloatSpan} scratch = global::Nnfs.ThreadScratch.Take({length});\n");
            }

            string[] values = PredictEmitter.WriteStages(
                writer,
                network,
                single,
                PassKind.Sample,
                i => $"scratch.Slice({scratch.SampleOffsets[i]}, {ScratchPlan.PaddedLength(network.Stages[i].Outputs)})",
                i => IsIntoOutputs(network, i),
                folded: [],
                scratch);

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

    /// <summary>Whether a stage writes into an output. Not a dense layer, which writes whole vectors; and the probabilities are not computed in place.</summary>
    public static bool IsIntoOutputs(NetworkSpec network, int stage) =>
        network.Stages[stage] is not DenseSpec && ScratchPlan.IsOnlyOutput(network, stage) && PredictEmitter.OutputOf(network, stage) is { IsTransformed: false };

    /// <summary>How many of the first stages have a kernel each.</summary>
    public static int SingleStages(NetworkSpec network) => network.Stages.Count - TailLength(network);

    /// <summary>How many of the last stages are one kernel: three dense layers of a small network, two, or none.</summary>
    private static int TailLength(NetworkSpec network)
    {
        int count = network.Stages.Count;

        if (network.Plan != NetworkPlan.Lanes || count < 2 || !IsNarrowOutput(network.Stages[count - 1]) || !IsHidden(network.Stages[count - 2]))
        {
            return 0;
        }

        return count > 2 && network.Stages[count - 3] is { Outputs: <= MostTailValues } first && IsHidden(first) ? 3 : 2;
    }

    /// <summary>Whether a stage can be the last of those that are one kernel.</summary>
    public static bool IsNarrowOutput(StageSpec stage) => stage is DenseSpec { IsByNeuron: true, ReLUName: null, Outputs: <= MostTailNeurons };

    /// <summary>Whether a stage can be one before.</summary>
    public static bool IsHidden(StageSpec stage) => stage is DenseSpec { IsByNeuron: false, ReLUName: not null, Outputs: > 8 };
}
