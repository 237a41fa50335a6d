using Nnfs.Generators.Models;
using Nnfs.Generators.Planning;

namespace Nnfs.Generators.Emission;

/// <summary>Writes the passes that only predict: no workspace, activations in scratch memory.</summary>
internal static class PredictEmitter
{
    public static void WritePublic(SourceWriter writer, NetworkSpec network)
    {
        WritePredict(writer, network);

        if (network.TellsClasses)
        {
            WriteClassify(writer, network);
        }
    }

    public static void WritePrivate(SourceWriter writer, NetworkSpec network)
    {
        WriteBatch(writer, network);
        PredictSampleEmitter.Write(writer, network);
        PredictTileEmitter.Write(writer, network);
    }

    private static void WritePredict(SourceWriter writer, NetworkSpec network)
    {
        ScratchPlan scratch = network.Plans.Scratch;
        string allocates = !scratch.IsSampleOnStack ? "nothing after a thread's first call"
            : scratch.IsTileOnStack ? "nothing"
            : $"nothing after a thread's first call with more than {Wording.Count(PlanChoice.FewSamples(network.Plan), "sample")}";

        writer.WriteLine($"""
            /// <summary>Runs the network forward on any whole number of samples. Allocates {allocates}; safe from many threads at once.</summary>
            """);
        writer.WriteLine(Signature.InputDocs(network, "[samples × {0}], row-major."));

        for (int i = 0; i < network.Outputs.Count; i++)
        {
            OutputSpec output = network.Outputs[i];
            string meaning = network.GivesProbabilities ? "the probabilities of the classes" : output.Loss?.OutputMeaning ?? "";
            string overlap = network.Inputs.Count == 1 ? $"<paramref name=\"{network.InputName(0)}\"/>" : "an input";
            string apart = network.HasNamedPorts || network.TakesFloats ? $" Must not overlap {overlap}." : "";
            string shape = $"[samples × {output.Shape}], row-major{(meaning.Length == 0 ? "" : ": ")}{meaning}";
            writer.WriteLine($"/// <param name=\"{network.OutputName(i)}\">{shape}; written.{apart}</param>");
        }

        string disagree = network.HasNamedPorts ? "they disagree, or an output overlaps an input or another output"
            : network.TakesFloats ? "the two disagree or overlap" : "the two disagree";
        string indices = Signature.IndexException(network);
        writer.WriteLine($"""
            /// <exception cref="global::System.ArgumentException">A length is not that of a whole number of samples, or {disagree}.</exception>{indices}
            """);

        string arguments = $"{Signature.InputArguments(network)}, {Signature.OutputArguments(network)}";
        string lengths = string.Join(" && ", network.Inputs.Select((_, i) => $"{Signature.Input(network, i)}.Length == {network.InputSizeName(i)}")
            .Concat(network.Outputs.Select((_, i) => $"{Signature.Output(network, i)}.Length == {network.OutputSizeName(i)}")));

        // Where there is one of each, the way for batches refuses those that overlap.
        if (network.TakesFloats)
        {
            lengths += $" && {Names.Guard}.AreApart({Signature.Input(network, 0)}, {Signature.Output(network, 0)})";
        }

        using (writer.WriteBlock($"{Names.Optimized}\npublic void Predict({Signature.Inputs(network)}, {Signature.Outputs(network)})"))
        {
            if (!network.TakesFloats || network.EmbedsFeatures)
            {
                IEnumerable<string> overlaps = network.TakesFloats ? [] : Overlaps(network);
                writer.WriteLine(string.Join("\n", overlaps.Concat(Signature.IndexChecks(network))) + "\n");
            }

            writer.WriteLine($$"""
                // The shortest way for a single sample.
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

        writer.WriteLine();
    }

    private static void WriteBatch(SourceWriter writer, NetworkSpec network)
    {
        ScratchPlan scratch = network.Plans.Scratch;
        int few = PlanChoice.FewSamples(network.Plan);
        writer.WriteLine("/// <summary>Carries any whole number of samples through all layers.</summary>");

        using (writer.WriteBlock($"{Names.Optimized}\nprivate void PredictBatch({Signature.Inputs(network)}, {Signature.Outputs(network)})"))
        {
            WriteBatchChecks(writer, network);

            string tile = Names.Statement(
                "PredictTile", [.. Signature.InputSlices(network, "start", "tile"), .. Signature.OutputSlices(network, "start", "tile"), "scratch", "tile"]);
            string sample = Names.Statement(
                "PredictSample", [.. Signature.InputSlices(network, "start", null), .. Signature.OutputSlices(network, "start", null)]);
            string leftOver = network.Plan == NetworkPlan.Lanes ? "the few left over go one by one" : "the one left over goes alone";
            string memory = scratch.IsTileOnStack
                ? Names.OnStack(scratch.Length)
                : $"samples > {few} ? global::Nnfs.ThreadScratch.Take({scratch.Length}) : []";

            writer.WriteLine($$"""
                // A tile of samples goes through all layers before the next, so that its activations stay in the cache; {{leftOver}}.
                {{Names.FloatSpan}} scratch = {{memory}};
                int start = 0;{{Foldings(network)}}

                while (samples - start > {{few}})
                {
                    int tile = global::System.Math.Min({{network.PredictRows}}, samples - start);
                    {{tile.Replace("\n", "\n    ")}}
                    start += tile;
                }

                for (; start < samples; start++)
                {
                    {{sample.Replace("\n", "\n    ")}}
                }
                """);
        }

        writer.WriteLine();
    }

    private static void WriteBatchChecks(SourceWriter writer, NetworkSpec network)
    {
        string first = Signature.Input(network, 0);

        if (network.TakesFloats)
        {
            string arguments = $"{first}, {network.InputSizeName(0)}, {Signature.Output(network, 0)}, {network.OutputSizeName(0)}";
            writer.WriteLine($"int samples = {Names.Guard}.Predictions({arguments});");

            return;
        }

        writer.WriteLine($"int samples = {Names.Guard}.Samples({first}.Length, {network.InputSizeName(0)}, nameof({first}));");

        for (int i = 1; i < network.Inputs.Count; i++)
        {
            writer.WriteLine(Signature.Exactly(Signature.Input(network, i), network.InputSizeName(i)));
        }

        for (int i = 0; i < network.Outputs.Count; i++)
        {
            writer.WriteLine(Signature.Exactly(Signature.Output(network, i), network.OutputSizeName(i)));
        }
    }

    /// <summary>The checks that no output lies where an input or another output does.</summary>
    private static IEnumerable<string> Overlaps(NetworkSpec network)
    {
        for (int i = 0; i < network.Outputs.Count; i++)
        {
            string output = Signature.Output(network, i);

            foreach (string other in Enumerable.Range(0, network.Inputs.Count)
                .Where(k => network.Inputs[k].Element == ElementType.Float)
                .Select(k => Signature.Input(network, k))
                .Concat(network.Outputs.Take(i).Select((_, k) => Signature.Output(network, k))))
            {
                yield return $"{Names.Guard}.Apart({other}, {output}, nameof({other}), nameof({output}));";
            }
        }
    }

    /// <summary>The text that scales the parameters of products that a stage is folded into; empty where there are none.</summary>
    private static string Foldings(NetworkSpec network)
    {
        if (network.Plans.Folded.Count == 0)
        {
            return "";
        }

        IEnumerable<string> texts = network.Plans.Folded.Select(fold => StepText.Of(
            network.Stages[fold.Scale].Fold(network.Stages[fold.Product]), FoldedOperands.OfFolding(network, fold)));

        return $$"""


            if (samples > {{PlanChoice.FewSamples(network.Plan)}})
            {
                {{string.Join("\n\n", texts).Replace("\n", "\n    ")}}
            }
            """;
    }

    private static void WriteClassify(SourceWriter writer, NetworkSpec network)
    {
        string indices = Signature.IndexException(network);
        ScratchPlan scratch = network.Plans.Scratch;
        bool isOnStack = scratch.IsClassOnStack(network.OutputSize);
        Shape output = network.Outputs[0].Shape;

        string range = $"from 0 to {output.Last - 1}";
        string nothing = isOnStack ? "nothing" : "nothing after a thread's first call";

        // The outputs stand behind what the prediction takes of the same block.
        string outputs = isOnStack
            ? "stackalloc float[OutputSize]"
            : $"global::Nnfs.ThreadScratch.Take({scratch.SampleLength} + OutputSize).Slice({scratch.SampleLength}, OutputSize)";

        string checks = string.Join(
            "\n    ",
            [$"{Names.Guard}.Exactly(input.Length, 1, InputSize, nameof(input));", .. Signature.IndexChecks(network, input: 0, "input")]);

        string likeliest = network.GivesProbabilities ? $"The likeliest class of one sample, {range}"
            : $"The class of one sample, {range}, where outputs are logits: the number of the greatest";

        writer.WriteLine(network.HasOneClass
            ? $$"""
               /// <summary>{{likeliest}}. Allocates {{nothing}}; safe from many threads at once.</summary>
               /// <param name="input">The {{Signature.InputCount(network)}} of the sample.</param>
               /// <exception cref="global::System.ArgumentException"><paramref name="input"/> has another length.</exception>{{indices}}
               public int Classify({{GeneratedMembers.ReadOnlySpan(network.Inputs[0].Element)}} input)
               {
                   {{checks}}

                   {{Names.FloatSpan}} outputs = {{outputs}};
                   PredictSample(input, outputs);

                   return global::System.Numerics.Tensors.TensorPrimitives.IndexOfMax((global::System.ReadOnlySpan<float>)outputs);
               }

               """
            : $$"""
               /// <summary>The likeliest class at each position of one sample, {{range}}. Allocates {{nothing}}; safe from many threads at once.</summary>
               /// <param name="input">The {{Signature.InputCount(network)}} of the sample.</param>
               /// <param name="classes">[{{output.Leading}}], row-major: the classes; written.</param>
               /// <exception cref="global::System.ArgumentException">A length is wrong. Nothing is written.</exception>{{indices}}
               public void Classify({{GeneratedMembers.ReadOnlySpan(network.Inputs[0].Element)}} input, global::System.Span<int> classes)
               {
                   {{checks}}
                   {{Names.Guard}}.Exactly(classes.Length, 1, {{output.Positions}}, nameof(classes));

                   {{Names.FloatSpan}} outputs = {{outputs}};
                   PredictSample(input, outputs);

                   for (int i = 0; i < classes.Length; i++)
                   {
                       classes[i] = global::System.Numerics.Tensors.TensorPrimitives.IndexOfMax<float>(outputs.Slice(i * {{output.Last}}, {{output.Last}}));
                   }
               }

               """);
    }
}
