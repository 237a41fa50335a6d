using Nnfs.Generators.Models;
using Nnfs.Generators.Planning;

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
        ScratchPlan scratch = network.Plans.Scratch;

        WritePredict(writer, network, scratch);

        if (network.GivesProbabilities)
        {
            WriteClassify(writer, network, scratch);
        }

        SamplePredictEmitter.Write(writer, network);
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

        writer.WriteLine($"/// <summary>Runs the network forward on any whole number of samples. Allocates {allocates}; safe from many threads at once.</summary>");
        writer.WriteLine(Signature.InputDocs(network, "[samples × {0}], row-major."));

        for (int i = 0; i < network.Outputs.Count; i++)
        {
            OutputSpec output = network.Outputs[i];
            string meaning = network.GivesProbabilities || output.Loss == LossKind.SoftmaxCrossEntropy ? ": the probabilities of the classes" : output.Loss == LossKind.SigmoidBinaryCrossEntropy ? ": probabilities" : "";
            string overlap = network.Inputs.Count == 1 ? $"<paramref name=\"{(network.IsTyped ? network.Inputs[0].Name : "inputs")}\"/>" : "an input";
            writer.WriteLine($"/// <param name=\"{(network.IsTyped ? output.Name : "outputs")}\">[samples × {output.Size}], row-major{meaning}; written. Must not overlap {overlap}.</param>");
        }

        writer.WriteLine($"/// <exception cref=\"global::System.ArgumentException\">A length is not that of a whole number of samples, or {(network.IsTyped ? "they" : "the two")} disagree.</exception>");

        string arguments = $"{Signature.InputArguments(network)}, {string.Join(", ", network.Outputs.Select((_, i) => Signature.Output(network, i)))}";
        string lengths = string.Join(" && ", network.Inputs.Select((_, i) => $"{Signature.Input(network, i)}.Length == {Signature.InputSize(network, i)}")
            .Concat(network.Outputs.Select((_, i) => $"{Signature.Output(network, i)}.Length == {Signature.OutputSize(network, i)}")));

        using (writer.WriteBlock($"public void Predict({Signature.Inputs(network)}, {Signature.Outputs(network)})"))
        {
            writer.WriteLine($$"""
                // A single sample is soon done: nothing else stands in its way.
                if ({{lengths}})
                {
                    PredictSample({{arguments}});
                }
                else
                {
                    PredictBatch({{arguments}});
                }
                """);
        }

        writer.WriteLine("\n/// <summary>Carries any whole number of samples through all layers.</summary>");

        using (writer.WriteBlock($"private void PredictBatch({Signature.Inputs(network)}, {Signature.Outputs(network)})"))
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
                {{Names.FloatSpan}} scratch = {{(isTileOnStack ? Names.OnStack(scratch.Length) : $"samples > {few} ? global::Nnfs.ThreadScratch.Take({scratch.Length}) : []")}};
                int start = 0;{{Foldings(network, scratch)}}

                while (samples - start > {{few}})
                {
                    int tile = global::System.Math.Min(TileSamples, samples - start);
                    PredictTile({{Signature.InputSlices(network, "start", "tile")}}, {{Signature.OutputSlices(network, "start", "tile")}}, scratch, tile);
                    start += tile;
                }

                for (; start < samples; start++)
                {
                    PredictSample({{Signature.InputSlices(network, "start", null)}}, {{Signature.OutputSlices(network, "start", null)}});
                }
                """);
        }

        writer.WriteLine();
    }

    /// <summary>The text that scales the weights of layers whose normalisation is folded into them; empty where there are none.</summary>
    private static string Foldings(NetworkSpec network, ScratchPlan scratch)
    {
        EquatableArray<FoldedStage> folded = network.Plans.Folded;

        if (folded.Count == 0)
        {
            return "";
        }

        IEnumerable<string> texts = folded.Select(fold =>
        {
            DenseSpec dense = (DenseSpec)network.Stages[fold.Product];
            NormSpec norm = (NormSpec)network.Stages[fold.Scale];

            return $"""
                // {norm.Name} folded into {dense.Name}: weights · s and (biases − running mean) · s + β, for s = γ / running deviation.
                {Names.Call(
                    $"BatchNorm.Fold<{Names.Dimension(network, dense.Inputs)}, {Names.Dimension(network, dense.Outputs)}>",
                    $"w: {network.ParametersField}.{Names.Weights(dense)}",
                    $"b: {network.ParametersField}.{Names.Biases(dense)}",
                    $"gamma: {network.ParametersField}.{Names.Vector(norm, 0)}",
                    $"beta: {network.ParametersField}.{Names.Vector(norm, 1)}",
                    $"runningMean: {network.ParametersField}.{Names.Vector(norm, 2)}",
                    $"runningVariance: {network.ParametersField}.{Names.Vector(norm, 3)}",
                    $"epsilon: {Names.Number(norm.Epsilon)}",
                    $"scaledWeights: {Scaled(network, fold, "Weights")}",
                    $"scaledBiases: {Scaled(network, fold, "Biases")}")}
                """;
        });

        return $$"""


            if (samples > 1)
            {
                {{string.Join("\n\n", texts).Replace("\n", "\n    ")}}
            }
            """;
    }

    /// <summary>The part of scratch memory that holds a scaled tensor.</summary>
    private static string Scaled(NetworkSpec network, FoldedStage fold, string tensor)
    {
        (int offset, int length) = fold.ScaledPart(network.Stages[fold.Product], tensor, network.Plans.Scratch.FoldedOffset);

        return $"scratch.Slice({offset}, {length})";
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

            if (network.Plans.TileTail == i)
            {
                StageSpec last = network.Stages[i + 1];
                writer.WriteLine($"\n{Names.FloatSpan} {last.FieldName}Outputs = scratch.Slice({scratch.Tile[i + 1].Offset}, {last.Outputs * stride});\n");
                LanesTailEmitter.Write(writer, network, source, kept: null, $"{last.FieldName}Outputs");
                source = $"{last.FieldName}Outputs";
                break;
            }

            string destination = $"{stage.FieldName}Outputs";

            writer.WriteLine($"""

                {StageEmitter.Comment(network, stage, PassKind.Tile)}
                {Names.FloatSpan} {destination} = scratch.Slice({scratch.Tile[i].Offset}, {stage.Outputs * stride});
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
            network.Stages.Count,
            PassKind.Tile,
            scratch.Tile,
            network.Plans.Folded);

        WriteOutputs(writer, network, values, PassKind.Tile);
    }

    /// <summary>Writes the first stages, each into scratch memory or an output, and returns what each of them gives.</summary>
    internal static string[] WriteStages(
        SourceWriter writer, NetworkSpec network, int count, PassKind pass, EquatableArray<Place> places, EquatableArray<FoldedStage> folded)
    {
        string[] values = new string[count];

        for (int i = 0; i < count; i++)
        {
            StageSpec stage = network.Stages[i];

            if (places[i].Kind == PlaceKind.Joined)
            {
                continue;
            }

            FoldedStage? fold = folded.FirstOrDefault(fold => fold.Last == i);
            StageSpec reader = fold is null ? stage : network.Stages[fold.Product];
            string[] sources = [.. reader.Sources.Select(source => source >= 0 ? values[source] : Signature.Input(network, ~source))];

            if (values.Any(static value => value is not null))
            {
                writer.WriteLine();
            }

            if (places[i].Kind == PlaceKind.Alias)
            {
                writer.WriteLine($"// {stage.Name}: passes all values on{(stage is DropoutSpec ? ", outside training" : "")}.");
                values[i] = sources[0];

                continue;
            }

            writer.WriteLine(fold is null ? StageEmitter.Comment(network, stage, pass) : FoldedComment(network, fold));

            if (places[i].Kind == PlaceKind.Output)
            {
                values[i] = Signature.Output(network, Signature.IndexOf(network, OutputOf(network, i)!));
            }
            else
            {
                values[i] = $"{stage.FieldName}Outputs";
                writer.WriteLine($"{Names.FloatSpan} {values[i]} = scratch.Slice({places[i].Offset}, {places[i].Length});");
            }

            if (fold is null)
            {
                StageEmitter.WriteCalls(writer, network, stage, sources, values[i], pass);
            }
            else
            {
                DenseSpec dense = (DenseSpec)reader;
                writer.WriteLine(Names.Call(
                    $"Dense.{(fold.Activation is null ? "Forward" : "ForwardReLU")}<{Names.Dimension(network, dense.Inputs)}, {Names.Dimension(network, dense.Outputs)}>",
                    $"x: {sources[0]}",
                    $"w: {Scaled(network, fold, "Weights")}",
                    $"b: {Scaled(network, fold, "Biases")}",
                    $"y: {values[i]}",
                    "samples"));
            }
        }

        return values;
    }

    private static string FoldedComment(NetworkSpec network, FoldedStage fold)
    {
        StageSpec dense = network.Stages[fold.Product];
        string then = fold.Activation is { } relu ? $", then {network.Stages[relu].Name}" : "";

        return $"// {dense.Name} with {network.Stages[fold.Scale].Name} folded into it: [samples × {dense.Inputs}] · [{dense.Inputs} × {dense.Outputs}] + [{dense.Outputs}]{then}.";
    }

    /// <summary>Writes what makes the outputs of the last values: probabilities, or copies of those that are not there yet.</summary>
    internal static void WriteOutputs(SourceWriter writer, NetworkSpec network, string[] values, PassKind pass)
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

    /// <summary>The output that a stage is made into, if any.</summary>
    internal static OutputSpec? OutputOf(NetworkSpec network, int stage) => network.Outputs.FirstOrDefault(output => output.Source == stage);
}
