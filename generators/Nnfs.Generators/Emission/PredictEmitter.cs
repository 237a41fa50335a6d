using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>Writes the passes that only predict: no workspace, activations in scratch memory.</summary>
internal static class PredictEmitter
{
    public static void Write(SourceWriter writer, NetworkSpec network)
    {
        int scratch = ScratchOffsets(network, out int[] offsets);
        bool hasScratch = network.Stages.Count > 1;

        WritePredict(writer, network, hasScratch, scratch);

        if (network.GivesProbabilities)
        {
            WriteClassify(writer, network, hasScratch, scratch);
        }

        WriteTile(writer, network, hasScratch, offsets);
    }

    private static void WritePredict(SourceWriter writer, NetworkSpec network, bool hasScratch, int scratch)
    {
        writer.WriteLine($"""
            /// <summary>Runs the network forward on any whole number of samples. Allocates nothing after a thread's first call; safe from many threads at once.</summary>
            /// <param name="inputs">[samples × {network.InputSize}], row-major.</param>
            /// <param name="outputs">[samples × {network.OutputSize}], row-major{(network.GivesProbabilities ? ": the probabilities of the classes" : "")}; written. Must not overlap <paramref name="inputs"/>.</param>
            /// <exception cref="global::System.ArgumentException">A length is not that of a whole number of samples, or the two disagree.</exception>
            """);

        using (writer.WriteBlock($"public void Predict({Names.Inputs}, {Names.FloatSpan} outputs)"))
        {
            writer.WriteLine($"""
                int samples = {Names.Guard}.Samples(inputs.Length, InputSize, nameof(inputs));
                {Names.Guard}.Exactly(outputs.Length, samples, OutputSize, nameof(outputs));

                // A tile of samples goes through all layers before the next, so that its activations stay in the cache.
                const int TileRows = {network.PredictRows};
                """);

            if (hasScratch)
            {
                writer.WriteLine($"{Names.FloatSpan} scratch = global::Nnfs.ThreadScratch.Take({scratch});");
            }

            writer.WriteLine();

            using (writer.WriteBlock("for (int start = 0; start < samples; start += TileRows)"))
            {
                writer.WriteLine($"""
                    int rows = global::System.Math.Min(TileRows, samples - start);
                    PredictTile(inputs.Slice(start * InputSize, rows * InputSize), outputs.Slice(start * OutputSize, rows * OutputSize), {(hasScratch ? "scratch, " : "")}rows);
                    """);
            }
        }

        writer.WriteLine();
    }

    private static void WriteClassify(SourceWriter writer, NetworkSpec network, bool hasScratch, int scratch)
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

                {Names.FloatSpan} scratch = global::Nnfs.ThreadScratch.Take({scratch} + OutputSize);
                {Names.FloatSpan} outputs = scratch.Slice({scratch}, OutputSize);
                PredictTile(input, outputs, {(hasScratch ? "scratch, " : "")}1);

                return global::System.Numerics.Tensors.TensorPrimitives.IndexOfMax((global::System.ReadOnlySpan<float>)outputs);
                """);
        }

        writer.WriteLine();
    }

    private static void WriteTile(SourceWriter writer, NetworkSpec network, bool hasScratch, int[] offsets)
    {
        writer.WriteLine("/// <summary>Carries a tile of samples through all layers.</summary>");
        string scratchParameter = hasScratch ? $"{Names.FloatSpan} scratch, " : "";

        using (writer.WriteBlock($"private void PredictTile({Names.Inputs}, {Names.FloatSpan} outputs, {scratchParameter}int samples)"))
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

                writer.WriteLine(StageEmitter.ForwardComment(stage, "samples"));

                if (!isLast)
                {
                    writer.WriteLine($"{Names.FloatSpan} {destination} = scratch.Slice({offsets[i]}, {Names.Length((long)network.PredictRows * stage.Outputs)});");
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

        writer.WriteLine();
    }

    /// <summary>Where the outputs of each stage but the last start in the scratch memory, each at the start of a cache line.</summary>
    /// <returns>The length of the scratch memory.</returns>
    private static int ScratchOffsets(NetworkSpec network, out int[] offsets)
    {
        offsets = new int[network.Stages.Count];
        long length = 0;

        for (int i = 0; i < network.Stages.Count - 1; i++)
        {
            offsets[i] = Names.Length(length);
            length += (((long)network.PredictRows * network.Stages[i].Outputs) + 15) & ~15L;
        }

        // The length of a network that is too large, which has an error, could not be written.
        return network.HasErrors ? 0 : (int)length;
    }
}
