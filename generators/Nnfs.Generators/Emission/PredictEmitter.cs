using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>Writes the passes that only predict: no workspace, activations in scratch memory.</summary>
internal static class PredictEmitter
{
    /// <summary>So few samples are not worth a tile: they go one by one.</summary>
    private const int FewInLanes = 3;

    public static void Write(SourceWriter writer, NetworkSpec network)
    {
        ScratchPlan scratch = ScratchPlan.Of(network);

        WritePredict(writer, network, scratch);

        if (network.GivesProbabilities)
        {
            WriteClassify(writer, network, scratch);
        }

        WriteSample(writer, network, scratch);
        WriteTile(writer, network, scratch);
    }

    private static void WritePredict(SourceWriter writer, NetworkSpec network, ScratchPlan scratch)
    {
        bool isInLanes = network.Plan == NetworkPlan.Lanes;

        writer.WriteLine("/// <summary>Runs the network forward on any whole number of samples. Allocates nothing after a thread's first call; safe from many threads at once.</summary>");
        writer.WriteLine(Signature.InputDocs(network, "[samples × {0}], row-major."));

        for (int i = 0; i < network.Outputs.Count; i++)
        {
            OutputSpec output = network.Outputs[i];
            string meaning = network.GivesProbabilities || output.Loss == LossKind.SoftmaxCrossEntropy ? ": the probabilities of the classes" : output.Loss == LossKind.SigmoidBinaryCrossEntropy ? ": probabilities" : "";
            string overlap = network.Inputs.Count == 1 ? $"<paramref name=\"{(network.IsTyped ? network.Inputs[0].Name : "inputs")}\"/>" : "an input";
            writer.WriteLine($"/// <param name=\"{(network.IsTyped ? output.Name : "outputs")}\">[samples × {output.Size}], row-major{meaning}; written. Must not overlap {overlap}.</param>");
        }

        writer.WriteLine($"/// <exception cref=\"global::System.ArgumentException\">A length is not that of a whole number of samples, or {(network.IsTyped ? "they" : "the two")} disagree.</exception>");

        using (writer.WriteBlock($"public void Predict({Signature.Inputs(network)}, {Signature.Outputs(network)})"))
        {
            writer.WriteLine($"int samples = {Names.Guard}.Samples({Signature.Input(network, 0)}.Length, {Signature.InputSize(network, 0)}, nameof({Signature.Input(network, 0)}));");

            for (int i = 1; i < network.Inputs.Count; i++)
            {
                writer.WriteLine($"{Names.Guard}.Exactly({Signature.Input(network, i)}.Length, samples, {Signature.InputSize(network, i)}, nameof({Signature.Input(network, i)}));");
            }

            for (int i = 0; i < network.Outputs.Count; i++)
            {
                writer.WriteLine($"{Names.Guard}.Exactly({Signature.Output(network, i)}.Length, samples, {Signature.OutputSize(network, i)}, nameof({Signature.Output(network, i)}));");
            }

            writer.WriteLine($$"""

                // A tile of samples goes through all layers before the next, so that its activations stay in the cache; the {{(isInLanes ? "few" : "one")}} left over {{(isInLanes ? "go one by one" : "goes alone")}}.
                const int TileSamples = {{network.PredictRows}};
                {{Names.FloatSpan}} scratch = global::Nnfs.ThreadScratch.Take({{scratch.Length}});
                int start = 0;

                while (samples - start > {{(isInLanes ? FewInLanes : 1)}})
                {
                    int tile = global::System.Math.Min(TileSamples, samples - start);
                    PredictTile({{Signature.InputSlices(network, "start", "tile")}}, {{Signature.OutputSlices(network, "start", "tile")}}, scratch, tile);
                    start += tile;
                }

                for (; start < samples; start++)
                {
                    PredictSample({{Signature.InputSlices(network, "start", null)}}, {{Signature.OutputSlices(network, "start", null)}}, scratch);
                }
                """);
        }

        writer.WriteLine();
    }

    private static void WriteClassify(SourceWriter writer, NetworkSpec network, ScratchPlan scratch)
    {
        writer.WriteLine($"""
            /// <summary>The likeliest class of one sample, from 0 to {network.OutputSize - 1}. Allocates nothing after a thread's first call; safe from many threads at once.</summary>
            /// <param name="input">The {Names.Count(network.InputSize, "feature")} of the sample.</param>
            /// <exception cref="global::System.ArgumentException"><paramref name="input"/> has another length.</exception>
            """);

        using (writer.WriteBlock("public int Classify(global::System.ReadOnlySpan<float> input)"))
        {
            writer.WriteLine($"""
                {Names.Guard}.Exactly(input.Length, 1, InputSize, nameof(input));

                {Names.FloatSpan} scratch = global::Nnfs.ThreadScratch.Take({scratch.Length} + OutputSize);
                {Names.FloatSpan} outputs = scratch.Slice({scratch.Length}, OutputSize);
                PredictSample(input, outputs, scratch);

                return global::System.Numerics.Tensors.TensorPrimitives.IndexOfMax((global::System.ReadOnlySpan<float>)outputs);
                """);
        }

        writer.WriteLine();
    }

    private static void WriteSample(SourceWriter writer, NetworkSpec network, ScratchPlan scratch)
    {
        writer.WriteLine("""
            /// <summary>Carries one sample through all layers.</summary>
            [global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
            """);

        using (writer.WriteBlock($"private void PredictSample({Signature.Inputs(network)}, {Signature.Outputs(network)}, {Names.FloatSpan} scratch)"))
        {
            string[] values = WriteStages(
                writer,
                network,
                PassKind.Sample,
                i => $"scratch.Slice({scratch.SampleOffsets[i]}, {ScratchPlan.SampleLength(network.Stages[i].Outputs)})",
                i => network.Stages[i] is not DenseSpec && ScratchPlan.WritesOutput(network, i) && OutputOf(network, i) is { IsTransformed: false });

            WriteOutputs(writer, network, values, PassKind.Sample);
        }

        writer.WriteLine();
    }

    private static void WriteTile(SourceWriter writer, NetworkSpec network, ScratchPlan scratch)
    {
        writer.WriteLine("/// <summary>Carries a tile of samples through all layers.</summary>");

        using (writer.WriteBlock($"private void PredictTile({Signature.Inputs(network)}, {Signature.Outputs(network)}, {Names.FloatSpan} scratch, int samples)"))
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
            string destination = $"{stage.FieldName}Outputs";

            writer.WriteLine($"""

                {StageEmitter.Comment(network, stage, PassKind.Tile)}
                {Names.FloatSpan} {destination} = scratch.Slice({scratch.TileOffsets[i]}, {stage.Outputs * stride});
                """);
            StageEmitter.WriteCalls(writer, network, stage, [source], destination, PassKind.Tile);
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
        string[] values = WriteStages(
            writer,
            network,
            PassKind.Tile,
            i => $"scratch.Slice({scratch.TileOffsets[i]}, {Names.Length((long)network.PredictRows * network.Stages[i].Outputs)})",
            i => ScratchPlan.WritesOutput(network, i));

        WriteOutputs(writer, network, values, PassKind.Tile);
    }

    /// <summary>Writes all stages, each into scratch memory or an output, and returns what each of them gives.</summary>
    private static string[] WriteStages(SourceWriter writer, NetworkSpec network, PassKind pass, Func<int, string> memoryOf, Func<int, bool> isIntoOutput)
    {
        string[] values = new string[network.Stages.Count];

        for (int i = 0; i < network.Stages.Count; i++)
        {
            StageSpec stage = network.Stages[i];
            string[] sources = [.. stage.Sources.Select(source => source >= 0 ? values[source] : Signature.Input(network, ~source))];

            if (i > 0)
            {
                writer.WriteLine();
            }

            if (ScratchPlan.IsAlias(network, i))
            {
                writer.WriteLine($"// {stage.Name}: passes all values on{(stage is DropoutSpec ? ", outside training" : "")}.");
                values[i] = sources[0];

                continue;
            }

            writer.WriteLine(StageEmitter.Comment(network, stage, pass));

            if (isIntoOutput(i))
            {
                values[i] = Signature.Output(network, Signature.IndexOf(network, OutputOf(network, i)!));
            }
            else
            {
                values[i] = $"{stage.FieldName}Outputs";
                writer.WriteLine($"{Names.FloatSpan} {values[i]} = {memoryOf(i)};");
            }

            StageEmitter.WriteCalls(writer, network, stage, sources, values[i], pass);
        }

        return values;
    }

    /// <summary>Writes what makes the outputs of the last values: probabilities, or copies of those that are not there yet.</summary>
    private static void WriteOutputs(SourceWriter writer, NetworkSpec network, string[] values, PassKind pass)
    {
        for (int i = 0; i < network.Outputs.Count; i++)
        {
            OutputSpec output = network.Outputs[i];
            string source = output.Source >= 0 ? values[output.Source] : Signature.Input(network, ~output.Source);
            string destination = Signature.Output(network, i);
            string exactly = pass == PassKind.Sample ? $"{source}.Slice(0, {output.Size})" : $"{source}.Slice(0, samples * {output.Size})";
            bool isDense = output.Source >= 0 && network.Stages[output.Source] is DenseSpec;
            string dimension = Names.Dimension(network, output.Size);

            string? text = output.Loss switch
            {
                LossKind.SoftmaxCrossEntropy when pass == PassKind.Sample && isDense => Names.Call($"Softmax.ForwardSample<{dimension}>", $"x: {source}", $"y: {destination}"),
                LossKind.SoftmaxCrossEntropy => Names.Call($"Softmax.Forward<{dimension}>", $"x: {source}", $"y: {destination}", pass == PassKind.Sample ? "samples: 1" : "samples"),
                LossKind.SigmoidBinaryCrossEntropy => Names.Call("Sigmoid.Forward", $"x: {exactly}", $"y: {destination}"),
                _ => null,
            };

            if (text is not null)
            {
                writer.WriteLine($"{(network.Stages.Count == 0 ? "" : "\n")}// {LossEmitter.Title(network, output)}: probabilities from logits.\n{text}");
            }
            else if (source != destination)
            {
                writer.WriteLine($"\n// {(network.IsTyped ? output.Name : "The outputs")}: what {Names.ValueTitle(network, output.Source)} gives.\n{exactly}.CopyTo({destination});");
            }
        }
    }

    private static OutputSpec? OutputOf(NetworkSpec network, int stage) => network.Outputs.FirstOrDefault(output => output.Source == stage);
}
