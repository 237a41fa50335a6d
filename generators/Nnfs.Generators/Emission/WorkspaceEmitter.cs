using Nnfs.Generators.Models;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators.Emission;

/// <summary>Writes the nested workspace: one block for each activation and each gradient, and a view for each layer.</summary>
internal static class WorkspaceEmitter
{
    public static void Write(SourceWriter writer, NetworkSpec network)
    {
        writer.WriteLine($"""
            /// <summary>
            /// The activations and gradients of one batch: {SummaryTable.Bytes(4 * FloatsPerSample(network))} per sample, and {SummaryTable.Bytes(4L * ((long)network.ParameterLength + TransposedLayers(network).Sum(static dense => (long)TransposedLength(dense))))} besides.
            /// It serves one pass at a time, and any network of this class. Where a batch is smaller than <see cref="BatchSize"/>,
            /// its rows come first and the rest keeps what an earlier batch left.
            /// </summary>
            """);

        using (writer.WriteBlock("public sealed class Workspace : global::Nnfs.IWorkspace"))
        {
            WriteFields(writer, network);
            WriteConstructor(writer, network);
            WriteBlocks(writer, network);
            WriteViews(writer, network);
        }
    }

    private static void WriteFields(SourceWriter writer, NetworkSpec network)
    {
        bool isInLanes = network.Plan == NetworkPlan.Lanes;

        if (isInLanes)
        {
            WriteField(writer, "_inputLanes", $"The inputs [{network.InputSize} × stride], samples in lanes.");
        }

        for (int i = 0; i < network.Stages.Count; i++)
        {
            if (Names.OutputsField(network, i) != "_outputs")
            {
                WriteField(writer, Names.OutputsField(network, i), $"The outputs of {Names.Title(network.Stages[i])} {Shape(network, network.Stages[i].Outputs)}.");
            }
        }

        if (isInLanes && network.Loss == LossKind.SoftmaxCrossEntropy)
        {
            WriteField(writer, "_probabilities", $"The probabilities of the classes {Shape(network, network.OutputSize)}.");
        }

        WriteField(writer, "_outputs", $"The outputs of the network [batch × {network.OutputSize}].");

        for (int i = network.Stages.Count - 1; i >= 0; i--)
        {
            WriteField(writer, Names.OutputGradientsField(network, i), $"The gradients of the outputs of {Names.Title(network.Stages[i])}.");
        }

        if (isInLanes)
        {
            WriteField(writer, "_inputGradientLanes", $"The gradients of the inputs {Shape(network, network.InputSize)}.");
        }

        WriteField(writer, "_inputGradients", $"The gradients of the inputs [batch × {network.InputSize}].");
        WriteField(writer, "_gradients", "The gradients of the parameters, laid out as they are.", network.ParameterLength);

        foreach (DenseSpec dense in TransposedLayers(network))
        {
            WriteField(writer, Names.TransposedField(dense), $"Room for the transposed weights of {dense.Name}.", TransposedLength(dense));
        }

        if (!isInLanes)
        {
            writer.WriteLine($"""
                /// <summary>The threads that share the work of a pass.</summary>
                internal readonly global::Nnfs.Team<{network.Name}, Workspace> _team;

                """);
        }

        if (isInLanes)
        {
            writer.WriteLine("""
                /// <summary>The distance between the values of a sample where samples lie in lanes.</summary>
                internal readonly int _stride;

                """);
        }

        writer.WriteLine("""
            /// <summary>The samples of the last forward pass; zero before the first.</summary>
            internal int _samples;

            """);
    }

    private static void WriteField(SourceWriter writer, string name, string meaning, int? length = null) => writer.WriteLine($"""
        /// <summary>{meaning}</summary>
        internal readonly {Names.Block} {name}{(length is null ? "" : $" = new({length})")};

        """);

    private static void WriteConstructor(SourceWriter writer, NetworkSpec network)
    {
        int widest = Math.Max(network.InputSize, network.Stages.Select(static stage => stage.Outputs).DefaultIfEmpty(1).Max());

        writer.WriteLine("/// <summary>Lays out the memory for batches of up to <paramref name=\"batchSize\"/> samples.</summary>");

        using (writer.WriteBlock("internal Workspace(int batchSize, int threads)"))
        {
            writer.WriteLine($"BatchSize = {Names.Guard}.BatchSize(batchSize, {widest});\n");

            bool isInLanes = network.Plan == NetworkPlan.Lanes;
            string rows = isInLanes ? "_stride" : "batchSize";

            writer.WriteLine(isInLanes
                ? "global::System.ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);\n"
                : "_team = new(threads);\n");

            if (isInLanes)
            {
                writer.WriteLine($"""
                    _stride = {Names.Kernels}.Lanes.Stride(batchSize);
                    _inputLanes = new({rows} * {network.InputSize});
                    """);
            }

            for (int i = 0; i < network.Stages.Count; i++)
            {
                if (Names.OutputsField(network, i) != "_outputs")
                {
                    writer.WriteLine($"{Names.OutputsField(network, i)} = new({rows} * {network.Stages[i].Outputs});");
                }
            }

            if (isInLanes && network.Loss == LossKind.SoftmaxCrossEntropy)
            {
                writer.WriteLine($"_probabilities = new({rows} * {network.OutputSize});");
            }

            writer.WriteLine($"_outputs = new(batchSize * {network.OutputSize});");

            for (int i = network.Stages.Count - 1; i >= 0; i--)
            {
                writer.WriteLine($"{Names.OutputGradientsField(network, i)} = new({rows} * {network.Stages[i].Outputs});");
            }

            if (isInLanes)
            {
                writer.WriteLine($"_inputGradientLanes = new({rows} * {network.InputSize});");
            }

            writer.WriteLine($"_inputGradients = new(batchSize * {network.InputSize});");
        }
    }

    private static void WriteBlocks(SourceWriter writer, NetworkSpec network)
    {
        writer.WriteLine($$"""

            /// <summary>The greatest number of samples of a batch.</summary>
            public int BatchSize { get; }

            /// <summary>The number of threads that a pass runs on.</summary>
            public int Threads => {{(network.Plan == NetworkPlan.Lanes ? "1" : "_team.Threads")}};

            /// <summary>The outputs of the network [batch × {{network.OutputSize}}], row-major.</summary>
            public {{Names.FloatSpan}} Outputs => _outputs.Span;

            /// <summary>The gradient with respect to the parameters, laid out as they are; its padding stays zero.</summary>
            public {{Names.FloatSpan}} Gradients => _gradients.Span;

            /// <summary>The gradient with respect to the inputs [batch × {{network.InputSize}}], row-major.</summary>
            public {{Names.FloatSpan}} InputGradients => _inputGradients.Span;
            """);
    }

    private static void WriteViews(SourceWriter writer, NetworkSpec network)
    {
        for (int i = 0; i < network.Stages.Count; i++)
        {
            StageSpec stage = network.Stages[i];
            string activation = network.Plan == NetworkPlan.Lanes
                ? $"new({Names.OutputsField(network, i)}.Span, BatchSize, size: {stage.Outputs}, sampleStride: 1, valueStride: _stride)"
                : $"new({Names.OutputsField(network, i)}.Span, BatchSize, size: {stage.Outputs}, sampleStride: {stage.Outputs}, valueStride: 1)";
            string name = stage.Name.EscapeIdentifier();

            if (stage is not DenseSpec dense)
            {
                writer.WriteLine($"""

                    /// <summary>The outputs of {stage.Name} [batch, {stage.Outputs}].</summary>
                    public global::Nnfs.ActivationStage {name} => {activation};
                    """);

                continue;
            }

            string gradients = $"new(_gradients.{Names.Weights(dense)}, _gradients.Slice({dense.BiasesOffset}, {dense.Outputs}), inputs: {dense.Inputs}, {Names.WeightStrides(dense)})";
            string shapes = $"the weights [{dense.Inputs}, {dense.Outputs}] and biases [{dense.Outputs}] of {dense.Name}";

            writer.WriteLine(dense.ReLUName is null
                ? $"""

                   /// <summary>The gradients of {shapes}, and its outputs [batch, {dense.Outputs}].</summary>
                   public global::Nnfs.DenseStage {name} =>
                       new({gradients}, {activation});
                   """
                : $"""

                   /// <summary>The gradients of {shapes}.</summary>
                   public global::Nnfs.DenseParameters {name} =>
                       {gradients};

                   /// <summary>The outputs of {dense.Name} after {dense.ReLUName} [batch, {dense.Outputs}].</summary>
                   public global::Nnfs.ActivationStage {dense.ReLUName.EscapeIdentifier()} => {activation};
                   """);
        }
    }

    private static string Shape(NetworkSpec network, int size) =>
        network.Plan == NetworkPlan.Lanes ? $"[{size} × stride], samples in lanes" : $"[batch × {size}]";

    /// <summary>The gradients of the inputs, the outputs of each stage and their gradients, and the probabilities where a loss computes them.</summary>
    private static long FloatsPerSample(NetworkSpec network)
    {
        long activations = network.InputSize + (2 * network.Stages.Sum(static stage => (long)stage.Outputs)) + (network.Loss == LossKind.SoftmaxCrossEntropy ? network.OutputSize : 0);

        // In lanes the inputs and their gradients stand there once more, and the outputs stand there in rows too.
        return network.Plan == NetworkPlan.Lanes ? activations + (2L * network.InputSize) + network.OutputSize : activations;
    }

    /// <summary>The layers whose weights the backward pass takes transposed.</summary>
    private static IEnumerable<DenseSpec> TransposedLayers(NetworkSpec network) =>
        network.Plan == NetworkPlan.Lanes ? [] : network.Stages.OfType<DenseSpec>();

    private static int TransposedLength(DenseSpec dense) => (int)Math.Min(int.MaxValue, (long)dense.Outputs * MatrixLayout.RowStride(dense.Inputs));
}
