using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>Writes the passes that only predict: no workspace, activations in scratch memory.</summary>
internal static class PredictEmitter
{
    /// <summary>So few samples are not worth a tile: they go one by one.</summary>
    private const int FewInLanes = 3;

    /// <summary>The most floats of a tile that are taken from the stack, which are cleared at every call: 4 KiB.</summary>
    private const int MostTileOnStack = 1024;

    public static void Write(SourceWriter writer, NetworkSpec network)
    {
        ScratchPlan scratch = ScratchPlan.Of(network);

        WritePredict(writer, network, scratch);

        if (network.GivesProbabilities)
        {
            WriteClassify(writer, network, scratch);
        }

        SamplePredictEmitter.Write(writer, network, scratch);
        WriteTile(writer, network, scratch);
    }

    private static void WritePredict(SourceWriter writer, NetworkSpec network, ScratchPlan scratch)
    {
        bool isInLanes = network.Plan == NetworkPlan.Lanes;
        int few = isInLanes ? FewInLanes : 1;
        bool isTileOnStack = scratch.Length <= MostTileOnStack;
        string allocates = scratch.SampleLength > SamplePredictEmitter.MostOnStack ? "nothing after a thread's first call"
            : isTileOnStack ? "nothing"
            : $"nothing after a thread's first call with more than {Names.Count(few, "sample")}";

        writer.WriteLine($"""
            /// <summary>Runs the network forward on any whole number of samples. Allocates {allocates}; safe from many threads at once.</summary>
            /// <param name="inputs">[samples × {network.InputSize}], row-major.</param>
            /// <param name="outputs">[samples × {network.OutputSize}], row-major{(network.GivesProbabilities ? ": the probabilities of the classes" : "")}; written. Must not overlap <paramref name="inputs"/>.</param>
            /// <exception cref="global::System.ArgumentException">A length is not that of a whole number of samples, or the two disagree.</exception>
            """);

        using (writer.WriteBlock($"public void Predict({Names.Inputs}, {Names.FloatSpan} outputs)"))
        {
            writer.WriteLine($$"""
                // A single sample is soon done: nothing else stands in its way.
                if (inputs.Length == InputSize && outputs.Length == OutputSize)
                {
                    PredictSample(inputs, outputs);
                }
                else
                {
                    PredictBatch(inputs, outputs);
                }
                """);
        }

        writer.WriteLine("\n/// <summary>Carries any whole number of samples through all layers.</summary>");

        using (writer.WriteBlock($"private void PredictBatch({Names.Inputs}, {Names.FloatSpan} outputs)"))
        {
            writer.WriteLine($$"""
                int samples = {{Names.Guard}}.Samples(inputs.Length, InputSize, nameof(inputs));
                {{Names.Guard}}.Exactly(outputs.Length, samples, OutputSize, nameof(outputs));

                // A tile of samples goes through all layers before the next, so that its activations stay in the cache; the {{(isInLanes ? "few" : "one")}} left over {{(isInLanes ? "go one by one" : "goes alone")}}.
                const int TileSamples = {{network.PredictRows}};
                {{Names.FloatSpan}} scratch = {{(isTileOnStack ? ScratchPlan.OnStack(scratch.Length) : $"samples > {few} ? global::Nnfs.ThreadScratch.Take({scratch.Length}) : []")}};
                int start = 0;

                while (samples - start > {{few}})
                {
                    int tile = global::System.Math.Min(TileSamples, samples - start);
                    PredictTile(inputs.Slice(start * InputSize, tile * InputSize), outputs.Slice(start * OutputSize, tile * OutputSize), scratch, tile);
                    start += tile;
                }

                for (; start < samples; start++)
                {
                    PredictSample(inputs.Slice(start * InputSize, InputSize), outputs.Slice(start * OutputSize, OutputSize));
                }
                """);
        }

        writer.WriteLine();
    }

    private static void WriteClassify(SourceWriter writer, NetworkSpec network, ScratchPlan scratch)
    {
        bool isOnStack = scratch.SampleLength <= SamplePredictEmitter.MostOnStack && network.OutputSize <= SamplePredictEmitter.MostOnStack;

        writer.WriteLine($"""
            /// <summary>The likeliest class of one sample, from 0 to {network.OutputSize - 1}. Allocates nothing{(isOnStack ? "" : " after a thread's first call")}; safe from many threads at once.</summary>
            /// <param name="input">The {Names.Count(network.InputSize, "feature")} of the sample.</param>
            /// <exception cref="global::System.ArgumentException"><paramref name="input"/> has another length.</exception>
            """);

        using (writer.WriteBlock("public int Classify(global::System.ReadOnlySpan<float> input)"))
        {
            // The outputs stand behind what the prediction takes of the same block.
            string outputs = isOnStack
                ? "stackalloc float[OutputSize]"
                : $"global::Nnfs.ThreadScratch.Take({scratch.SampleLength} + OutputSize).Slice({scratch.SampleLength}, OutputSize)";

            writer.WriteLine($"""
                {Names.Guard}.Exactly(input.Length, 1, InputSize, nameof(input));

                {Names.FloatSpan} outputs = {outputs};
                PredictSample(input, outputs);

                return global::System.Numerics.Tensors.TensorPrimitives.IndexOfMax((global::System.ReadOnlySpan<float>)outputs);
                """);
        }

        writer.WriteLine();
    }

    private static void WriteTile(SourceWriter writer, NetworkSpec network, ScratchPlan scratch)
    {
        writer.WriteLine("/// <summary>Carries a tile of samples through all layers.</summary>");

        using (writer.WriteBlock($"private void PredictTile({Names.Inputs}, {Names.FloatSpan} outputs, {Names.FloatSpan} scratch, int samples)"))
        {
            if (network.Plan == NetworkPlan.Lanes)
            {
                WriteLanesTile(writer, network, scratch);
            }
            else
            {
                WriteRowsTile(writer, network, scratch);
            }
        }

        writer.WriteLine();
    }

    private static void WriteLanesTile(SourceWriter writer, NetworkSpec network, ScratchPlan scratch)
    {
        int stride = network.PredictRows;

        writer.WriteLine($"""
            // A vector holds one value of 16 samples: the inputs change from rows to columns.
            const int stride = {stride};
            {Names.FloatSpan} inputLanes = scratch.Slice(0, {network.InputSize * stride});
            {Names.Call($"Lanes.Load<{Names.Dimension(network, network.InputSize)}>", "x: inputs", "y: inputLanes", "stride", "samples")}
            """);

        string source = "inputLanes";

        for (int i = 0; i < network.Stages.Count; i++)
        {
            StageSpec stage = network.Stages[i];

            if (LanesTailEmitter.StartsAt(network, i))
            {
                StageSpec last = network.Stages[i + 1];
                writer.WriteLine($"\n{Names.FloatSpan} {last.FieldName}Outputs = scratch.Slice({scratch.TileOffsets[i + 1]}, {last.Outputs * stride});\n");
                LanesTailEmitter.Write(writer, network, source, kept: null, $"{last.FieldName}Outputs");
                source = $"{last.FieldName}Outputs";
                break;
            }

            string destination = $"{stage.FieldName}Outputs";

            writer.WriteLine($"""

                {StageEmitter.ForwardComment(network, stage)}
                {Names.FloatSpan} {destination} = scratch.Slice({scratch.TileOffsets[i]}, {stage.Outputs * stride});
                {StageEmitter.ForwardCall(network, stage, source, destination)}
                """);

            source = destination;
        }

        string dimension = Names.Dimension(network, network.OutputSize);

        if (network.Loss == LossKind.SoftmaxCrossEntropy)
        {
            writer.WriteLine($"""

                // SoftmaxCrossEntropy: probabilities from logits.
                {Names.Call($"SoftmaxLanes.Forward<{dimension}>", $"x: {source}", $"y: {source}", "stride", "samples")}
                """);
        }

        writer.WriteLine($"""

            // Back to rows.
            {Names.Call($"Lanes.Store<{dimension}>", $"x: {source}", "y: outputs", "stride", "samples")}
            """);
    }

    private static void WriteRowsTile(SourceWriter writer, NetworkSpec network, ScratchPlan scratch)
    {
        string source = "inputs";

        for (int i = 0; i < network.Stages.Count; i++)
        {
            StageSpec stage = network.Stages[i];
            bool isLast = i == network.Stages.Count - 1;
            string destination = isLast ? "outputs" : $"{stage.FieldName}Outputs";

            if (i > 0)
            {
                writer.WriteLine();
            }

            writer.WriteLine(StageEmitter.ForwardComment(network, stage));

            if (!isLast)
            {
                writer.WriteLine($"{Names.FloatSpan} {destination} = scratch.Slice({scratch.TileOffsets[i]}, {Names.Length((long)network.PredictRows * stage.Outputs)});");
            }

            writer.WriteLine(StageEmitter.ForwardCall(network, stage, source, destination));
            source = destination;
        }

        if (network.Loss == LossKind.SoftmaxCrossEntropy)
        {
            if (network.Stages.Count > 0)
            {
                writer.WriteLine();
            }

            writer.WriteLine($"""
                // SoftmaxCrossEntropy: probabilities from logits.
                {Names.Call($"Softmax.Forward<{Names.Dimension(network, network.OutputSize)}>", $"x: {source}", "y: outputs", "samples")}
                """);
        }
    }
}
