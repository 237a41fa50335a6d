using Nnfs.Generators.Models;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators.Emission;

/// <summary>Writes the end of a network: its losses, its outputs, and the gradients that the backward pass starts from.</summary>
internal static class LossEmitter
{
    /// <summary>What <c>Forward</c> returns, for its documentation.</summary>
    public static string Summary(NetworkSpec network, AnswerKind kind)
    {
        if (network.IsTyped)
        {
            string sum = string.Join(" + ", network.AnsweredOutputs.Select(static output => $"{(output.Weight == 1f ? "" : $"{Names.Number(output.Weight).TrimEnd('f')} · ")}{output.Name}"));

            return $"""
                /// Runs the network on a batch and returns its loss, the sum {sum}{(network.HasPenalties ? " and what weights and biases add" : "")}:
                {string.Join("\n", network.AnsweredOutputs.Select((output, i) => $"/// {output.Name} is the mean over {MeanOver(output)} of {Formula(network, output, output.Answer(kind))}{(i + 1 == network.AnsweredOutputs.Count() ? "." : ";")}"))}
                """;
        }

        OutputSpec only = network.Outputs[0];
        string mean = only.IsCategorical || only.IsBinary ? "cross-entropy" : "error";
        string penalties = network.HasPenalties ? ", and what weights and biases add" : "";

        return $"""
            /// Runs the network on a batch and returns the mean {mean} of its outputs against <paramref name="{Signature.Answer(network, only, kind)}"/>:
            /// {(only.Weight == 1f ? "" : $"{Names.Number(only.Weight).TrimEnd('f')} times ")}the mean over {MeanOver(only)} of {Formula(network, only, kind)}{penalties}.
            """;
    }

    /// <summary>The loss of the network, of the locals that the losses of its outputs stand in.</summary>
    public static string Total(NetworkSpec network)
    {
        IEnumerable<string> terms = network.AnsweredOutputs.Select(output =>
            $"{(output.Weight == 1f ? "" : $"{Names.Number(output.Weight)} * ")}{(network.IsTyped ? $"workspace.{output.Name.ToPascalCase()}Loss" : "loss")}");

        string sum = string.Join(" + ", terms.Select(term => network.AnsweredOutputs.Count() > 1 && term.Contains('*') ? $"({term})" : term));

        return network.HasPenalties ? (sum.Contains('*') && !sum.Contains('(') ? $"({sum})" : sum) + " + workspace.RegularizationLoss" : sum;
    }

    /// <summary>Writes the losses into a local or the workspace, and the outputs into the workspace.</summary>
    public static void WriteForward(SourceWriter writer, NetworkSpec network, AnswerKind kind)
    {
        bool isFirst = true;

        foreach (OutputSpec output in network.Outputs)
        {
            if (!isFirst)
            {
                writer.WriteLine();
            }

            isFirst = false;
            string answer = Signature.Answer(network, output, kind).EscapeIdentifier();
            string loss = network.IsTyped ? $"workspace.{output.Name.ToPascalCase()}Loss" : "float loss";

            if (output.Loss == LossKind.None)
            {
                continue;
            }

            if (network.Plan == NetworkPlan.Lanes)
            {
                WriteForwardInLanes(writer, network, answer);
            }
            else
            {
                writer.WriteLine($"""
                    // {Title(network, output)}: {ForwardComment(output, output.Answer(kind))}.
                    {loss} = {Names.Call($"{output.Loss}.Forward{Dimension(network, output)}", ForwardArguments(network, output, answer))}
                    """);
            }
        }

        if (network.HasPenalties)
        {
            writer.WriteLine("\nworkspace.RegularizationLoss = RegularizationLoss();");
        }
    }

    /// <summary>Writes what is left to do for the outputs where no loss is computed.</summary>
    public static void WriteOutputs(SourceWriter writer, NetworkSpec network)
    {
        foreach (OutputSpec output in network.Outputs)
        {
            string dimension = Names.Dimension(network, output.Size);
            string field = $"workspace.{Names.OutputsField(network, output)}.Span";

            if (network.Plan == NetworkPlan.Lanes)
            {
                if (output.Loss == LossKind.SoftmaxCrossEntropy)
                {
                    writer.WriteLine($"""

                        // SoftmaxCrossEntropy: probabilities from logits.
                        {Names.Call($"SoftmaxLanes.Forward<{dimension}>", $"x: {Source(network, output)}", "y: workspace._probabilities.Span", "workspace._stride", "samples")}

                        {StoreOutputs(network, "workspace._probabilities.Span")}
                        """);
                }
                else
                {
                    writer.WriteLine($"\n{StoreOutputs(network, Source(network, output))}");
                }
            }
            else if (output.Loss == LossKind.SoftmaxCrossEntropy)
            {
                writer.WriteLine($"""

                    // {Title(network, output)}: probabilities from logits.
                    {Names.Call($"Softmax.Forward<{dimension}>", $"x: {Source(network, output)}", $"y: {field}", "samples")}
                    """);
            }
            else if (output.Loss == LossKind.SigmoidBinaryCrossEntropy)
            {
                writer.WriteLine($"""

                    // {Title(network, output)}: probabilities from logits.
                    {Names.Call("Sigmoid.Forward", $"x: {ExactSource(network, output)}", $"y: {field}")}
                    """);
            }
        }
    }

    /// <summary>Writes the gradients of what the outputs are made of.</summary>
    /// <param name="writer">Takes the text.</param>
    /// <param name="network">The network.</param>
    /// <param name="kind">What the outputs are compared with: labels, targets, or gradients from outside.</param>
    /// <param name="isLoaded">Whether the loss before has put the targets into lanes.</param>
    public static void WriteBackward(SourceWriter writer, NetworkSpec network, AnswerKind kind, bool isLoaded)
    {
        bool isFirst = true;

        foreach (OutputSpec output in network.AnsweredOutputs)
        {
            if (!isFirst)
            {
                writer.WriteLine();
            }

            isFirst = false;
            string answer = Signature.Answer(network, output, kind).EscapeIdentifier();

            if (network.Plan == NetworkPlan.Lanes)
            {
                WriteBackwardInLanes(writer, network, kind, isLoaded);

                continue;
            }

            bool isApart = network.Plans.Gradients.ApartOutputs.Contains(Signature.IndexOf(network, output));
            string gradients = Names.Batch(Names.GradientsField(network, output.Source), output.Size);
            string destination = isApart ? Names.Batch(BackwardStageEmitter.ContributionField, output.Size) : gradients;

            writer.WriteLine(output.Loss == LossKind.None
                ? $"""
                   // The gradients that come from outside, into memory that the kernels may write.
                   {answer}.CopyTo({destination});
                   """
                : $"""
                   // {Title(network, output)}: {BackwardComment(output, output.Answer(kind))}{(output.Weight == 1f ? "" : $", times {Names.Number(output.Weight).TrimEnd('f')}")}.
                   {Names.Call($"{output.Loss}.Backward{Dimension(network, output)}", BackwardArguments(network, output, answer, destination))}
                   """);

            if (output.Loss != LossKind.None && output.Weight != 1f)
            {
                writer.WriteLine(Names.Elements("Multiply", destination, Names.Number(output.Weight), destination));
            }

            if (isApart)
            {
                writer.WriteLine(Names.Elements("Add", gradients, destination, gradients));
            }
        }
    }

    private static void WriteForwardInLanes(SourceWriter writer, NetworkSpec network, string answer)
    {
        if (answer == "targets")
        {
            writer.WriteLine(LoadTargets(network) + "\n");
        }

        writer.WriteLine($"""
            // SoftmaxCrossEntropy: {ForwardComment(network.Outputs[0], answer == "labels" ? AnswerKind.Labels : AnswerKind.Targets)}.
            float loss = {Names.Call(
                $"SoftmaxCrossEntropyLanes.Forward<{Names.Dimension(network, network.OutputSize)}>",
                $"z: {Source(network, network.Outputs[0])}",
                answer == "labels" ? "labels" : $"targets: {LaneGradients(network)}",
                "p: workspace._probabilities.Span",
                "workspace._stride",
                "samples")}

            {StoreOutputs(network, "workspace._probabilities.Span")}
            """);
    }

    private static void WriteBackwardInLanes(SourceWriter writer, NetworkSpec network, AnswerKind kind, bool isLoaded)
    {
        string dimension = Names.Dimension(network, network.OutputSize);

        if (network.Loss == LossKind.SoftmaxCrossEntropy)
        {
            if (kind == AnswerKind.Targets && !isLoaded)
            {
                writer.WriteLine(LoadTargets(network) + "\n");
            }

            writer.WriteLine($"""
                // SoftmaxCrossEntropy: {BackwardComment(network.Outputs[0], kind)}.
                {Names.Call(
                    $"SoftmaxCrossEntropyLanes.Backward<{dimension}>",
                    "p: workspace._probabilities.Span",
                    kind == AnswerKind.Labels ? "labels" : $"targets: {LaneGradients(network)}",
                    $"dz: {LaneGradients(network)}",
                    "workspace._stride",
                    "samples")}
                """);
        }
        else
        {
            writer.WriteLine($"""
                // The gradients that come from outside, from rows to columns.
                {Names.Call($"Lanes.Load<{dimension}>", "x: outputGradients", $"y: {LaneGradients(network)}", "workspace._stride", "samples")}
                """);
        }

        // In lanes a ReLU is taken into the product of the layer behind it; the last has none.
        if (network.Stages[network.Stages.Count - 1] is DenseSpec { ReLUName: { } relu })
        {
            writer.WriteLine($"""

                // {relu}: the gradient passes where the output is positive.
                {Names.Call("ReLU.Backward", $"y: {Source(network, network.Outputs[0])}", $"dy: {LaneGradients(network)}", $"dx: {LaneGradients(network)}")}
                """);
        }
    }

    /// <summary>What an output's loss is called in comments.</summary>
    public static string Title(NetworkSpec network, OutputSpec output) => network.IsTyped ? $"{output.Name}, {output.Loss}" : $"{output.Loss}";

    private static string MeanOver(OutputSpec output) => output.IsCategorical ? "samples" : "outputs and samples";

    private static string Formula(NetworkSpec network, OutputSpec output, AnswerKind kind) => (output.Loss, output.Answer(kind)) switch
    {
        (LossKind.SoftmaxCrossEntropy, AnswerKind.Labels) when output.Parameter == 0 => "log Σⱼ exp(zⱼ) − z of the label, for logits z",
        (LossKind.SoftmaxCrossEntropy, AnswerKind.Labels) => $"Σⱼ tⱼ · (log Σₖ exp(zₖ) − zⱼ), for logits z and one-hot labels t{Smoothed(output)}",
        (LossKind.SoftmaxCrossEntropy, _) => $"Σⱼ tⱼ · (log Σₖ exp(zₖ) − zⱼ), for logits z and targets t{Smoothed(output)}",
        (LossKind.CategoricalCrossEntropy, AnswerKind.Labels) => "−log p of the label, for probabilities p clipped to [1e-7, 1 − 1e-7]",
        (LossKind.CategoricalCrossEntropy, _) => "−Σⱼ tⱼ · log pⱼ, for targets t and probabilities p clipped to [1e-7, 1 − 1e-7]",
        (LossKind.BinaryCrossEntropy, _) => "−t·log p − (1 − t)·log(1 − p), for probabilities p clipped to [1e-7, 1 − 1e-7]",
        (LossKind.SigmoidBinaryCrossEntropy, _) => "max(z, 0) − z·t + log(1 + exp(−|z|)), for logits z",
        (LossKind.MeanSquaredError, _) => "(y − t)², for outputs y and targets t",
        (LossKind.MeanAbsoluteError, _) => "|y − t|, for outputs y and targets t",
        (LossKind.Huber, _) => $"½e² where |e| ≤ {Delta(output)} and {Delta(output)}·(|e| − ½·{Delta(output)}) elsewhere, for the errors e of the outputs",
        _ => throw new ArgumentOutOfRangeException(nameof(output)),
    };

    private static string Smoothed(OutputSpec output) => output.Parameter == 0 ? "" : $" of which {Names.Number(output.Parameter).TrimEnd('f')} is spread over all classes";

    private static string Delta(OutputSpec output) => Names.Number(output.Parameter).TrimEnd('f');

    private static string ForwardComment(OutputSpec output, AnswerKind kind) => (output.Loss, kind) switch
    {
        (LossKind.SoftmaxCrossEntropy, AnswerKind.Labels) when output.Parameter == 0 => "probabilities, and the mean of log Σ exp(logits) − logit of the label",
        (LossKind.SoftmaxCrossEntropy, _) => "probabilities, and the mean of Σ target · (log Σ exp(logits) − logit)",
        (LossKind.CategoricalCrossEntropy, AnswerKind.Labels) => "the mean of −log of the label's probability",
        (LossKind.CategoricalCrossEntropy, _) => "the mean of −log of the targets' probabilities",
        (LossKind.BinaryCrossEntropy, AnswerKind.Labels) => "the mean of −log of the labels' probabilities",
        (LossKind.BinaryCrossEntropy, _) => "the mean of −log of the targets' probabilities",
        (LossKind.SigmoidBinaryCrossEntropy, _) => "probabilities, and the mean of max(z, 0) − z·t + log(1 + exp(−|z|))",
        (LossKind.MeanSquaredError, _) => "the mean of (outputs − targets)²",
        (LossKind.MeanAbsoluteError, _) => "the mean of |outputs − targets|",
        (LossKind.Huber, _) => $"the mean of squares of errors up to {Delta(output)}, of lines beyond",
        _ => throw new ArgumentOutOfRangeException(nameof(output)),
    };

    private static string BackwardComment(OutputSpec output, AnswerKind kind) => output.Loss switch
    {
        LossKind.SoftmaxCrossEntropy => $"(probabilities − {(kind == AnswerKind.Labels ? "one-hot labels" : "targets")}) / samples",
        LossKind.CategoricalCrossEntropy => $"−{(kind == AnswerKind.Labels ? "one-hot labels" : "targets")} / probabilities / samples",
        LossKind.BinaryCrossEntropy => $"(1 − t) / (1 − p) − t / p, divided by all outputs",
        LossKind.SigmoidBinaryCrossEntropy => $"(probabilities − {(kind == AnswerKind.Labels ? "labels" : "targets")}), divided by all outputs",
        LossKind.MeanSquaredError => "2 · (outputs − targets), divided by all outputs",
        LossKind.MeanAbsoluteError => "the sign of outputs − targets, divided by all outputs",
        LossKind.Huber => $"outputs − targets, limited to ±{Delta(output)}, divided by all outputs",
        _ => throw new ArgumentOutOfRangeException(nameof(output)),
    };

    private static string Dimension(NetworkSpec network, OutputSpec output) => output.IsCategorical ? $"<{Names.Dimension(network, output.Size)}>" : "";

    private static string[] ForwardArguments(NetworkSpec network, OutputSpec output, string answer)
    {
        string outputs = $"workspace.{Names.OutputsField(network, output)}";

        return output.Loss switch
        {
            LossKind.SoftmaxCrossEntropy => [$"z: {Source(network, output)}", Answer(network, answer, output), .. Smoothing(output), $"p: {outputs}.Span", "samples"],
            LossKind.CategoricalCrossEntropy => [$"p: {Source(network, output)}", Answer(network, answer, output), "samples"],
            LossKind.BinaryCrossEntropy => [$"p: {ExactSource(network, output)}", Answer(network, answer, output)],
            LossKind.SigmoidBinaryCrossEntropy => [$"z: {ExactSource(network, output)}", Answer(network, answer, output), $"p: {outputs}.Slice(0, samples * {output.Size})"],
            LossKind.Huber => [$"y: {ExactSource(network, output)}", Answer(network, answer, output), $"delta: {Names.Number(output.Parameter)}"],
            _ => [$"y: {ExactSource(network, output)}", Answer(network, answer, output)],
        };
    }

    private static string[] BackwardArguments(NetworkSpec network, OutputSpec output, string answer, string destination)
    {
        string outputs = $"workspace.{Names.OutputsField(network, output)}";

        return output.Loss switch
        {
            LossKind.SoftmaxCrossEntropy => [$"p: {outputs}.Span", Answer(network, answer, output), .. Smoothing(output), $"dz: {destination}", "samples"],
            LossKind.CategoricalCrossEntropy => [$"p: {Source(network, output)}", Answer(network, answer, output), $"dp: {destination}", "samples"],
            LossKind.BinaryCrossEntropy => [$"p: {ExactSource(network, output)}", Answer(network, answer, output), $"dp: {destination}"],
            LossKind.SigmoidBinaryCrossEntropy => [$"p: {outputs}.Slice(0, samples * {output.Size})", Answer(network, answer, output), $"dz: {destination}"],
            LossKind.Huber => [$"y: {ExactSource(network, output)}", Answer(network, answer, output), $"delta: {Names.Number(output.Parameter)}", $"dy: {destination}"],
            _ => [$"y: {ExactSource(network, output)}", Answer(network, answer, output), $"dy: {destination}"],
        };
    }

    /// <summary>Labels or targets as an argument, with the kernel's name for them where the parameter has another.</summary>
    private static string Answer(NetworkSpec network, string answer, OutputSpec output) =>
        !network.IsTyped ? answer : answer.EndsWith("Labels", StringComparison.Ordinal) && output.TakesLabels ? $"labels: {answer}" : $"targets: {answer}";

    private static string[] Smoothing(OutputSpec output) => output.Parameter == 0 ? [] : [$"smoothing: {Names.Number(output.Parameter)}"];

    /// <summary>What an output is made of, for all samples.</summary>
    private static string Source(NetworkSpec network, OutputSpec output) => Names.WholeValue(network, output.Source);

    /// <summary>What an output is made of, for the samples of the batch and no more.</summary>
    private static string ExactSource(NetworkSpec network, OutputSpec output) =>
        output.Source >= 0 ? Names.Batch(Names.OutputsField(network, output.Source), output.Size) : Names.WholeValue(network, output.Source);

    private static string LaneGradients(NetworkSpec network) => $"workspace.{Names.GradientsField(network, network.Outputs[0].Source)}.Span";

    /// <summary>The memory of the gradients is free until they are computed, and they may take the targets' place.</summary>
    private static string LoadTargets(NetworkSpec network) => $"""
        // The targets, from rows to columns, where their gradients will stand.
        {Names.Call($"Lanes.Load<{Names.Dimension(network, network.OutputSize)}>", "x: targets", $"y: {LaneGradients(network)}", "workspace._stride", "samples")}
        """;

    private static string StoreOutputs(NetworkSpec network, string source) => $"""
        // Back to rows.
        {Names.Call($"Lanes.Store<{Names.Dimension(network, network.OutputSize)}>", $"x: {source}", "y: workspace._outputs.Span", "workspace._stride", "samples")}
        """;
}
