using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>Writes the end of a network: its losses, its outputs, and the gradients that the backward pass starts from.</summary>
internal static class LossEmitter
{
    /// <summary>What <c>Forward</c> returns, for its documentation.</summary>
    public static string Summary(NetworkSpec network, TargetKind kind)
    {
        if (network.HasNamedPorts)
        {
            OutputSpec[] outputs = [.. network.TrainedOutputs];
            IEnumerable<string> terms = outputs.Select(static output => output.Weight == 1f ? output.Name : $"{Wording.Plain(output.Weight)} · {output.Name}");
            string sum = string.Join(" + ", terms);
            string penalty = network.HasPenalties ? " and what weights and biases add" : "";
            IEnumerable<string> means = outputs.Select((output, i) =>
                $"/// {output.Name} is the mean over {MeanOver(output)} of {Formula(output, kind)}{(i + 1 == outputs.Length ? "." : ";")}");

            return $"""
                /// <summary>
                /// Runs the network on a batch and returns its loss, the sum {sum}{penalty}:
                {string.Join("\n", means)}
                /// </summary>
                """;
        }

        OutputSpec only = network.Outputs[0];
        string mean = only.Loss!.Measure;
        string weight = only.Weight == 1f ? "" : $"{Wording.Plain(only.Weight)} times ";
        string penalties = network.HasPenalties ? ", and what weights and biases add" : "";

        return $"""
            /// <summary>Runs the network on a batch and returns the mean {mean} of its outputs against <paramref name="{network.TargetName(only, kind)}"/>:
            /// {weight}the mean over {MeanOver(only)} of {Formula(only, kind)}{penalties}.</summary>
            """;
    }

    /// <summary>Writes the losses of the samples of a method, which are added to those of the pass, and the outputs that they make.</summary>
    public static void WriteForward(SourceWriter writer, NetworkSpec network, TargetKind kind)
    {
        if (Loads(network, kind, isInLoop: false) is { Length: > 0 } loads)
        {
            writer.WriteLine($"\n{string.Join("\n", loads)}");
        }

        foreach (OutputSpec output in network.TrainedOutputs)
        {
            LossContext context = Context(network, output, kind);
            LossOperands operands = new(network, output, kind, IsPart(network));
            string loss = LossLocal(network, output);
            string call = $"double {loss} = samples * (double){StepText.Call(output.Loss!.Forward(context), operands)}";
            string[] lines = network.Plan != NetworkPlan.Lanes ? [call]
                : operands.IsInLanes ? [call, StoreOutputs(network, output, isPart: true)]
                : [StoreSource(network, output, isPart: true), call];

            writer.WriteLine($"\n// {Title(network, output)}: {output.Loss.ForwardComment(context)}.\n{string.Join("\n", lines)}\n");
            WriteWeightedLoss(writer, network, output, kind);
            writer.WriteLine($"workspace.{Names.LossField(network, output)} += {loss};");
        }

        foreach (OutputSpec output in network.Outputs.Where(output => output.Loss is null && network.Plan == NetworkPlan.Lanes))
        {
            writer.WriteLine($"\n{StoreSource(network, output, isPart: true)}");
        }
    }

    /// <summary>Writes the loss of each row by itself, for samples that weigh differently.</summary>
    private static void WriteWeightedLoss(SourceWriter writer, NetworkSpec network, OutputSpec output, TargetKind kind)
    {
        LossRowOperands row = new(network, output, kind, IsPart(network));
        KernelStep kernel = output.Loss!.Forward(new LossContext(output.Target(kind), Shape.Of(row.Size), IsInLanes: false));
        string loss = LossLocal(network, output);
        string rows = Names.Times("samples", row.Positions);

        using (writer.WriteBlock("if (!workspace.SampleWeights.IsEmpty)"))
        {
            writer.WriteLine($"""
                // The samples weigh differently: each loss counts as often as its weight says.
                global::System.ReadOnlySpan<float> weights = {WeightsOfPart(network)};
                """);

            if (network.HasLossInLanes(output))
            {
                writer.WriteLine($"{Names.FloatSpan} {LossRowOperands.Room} = global::Nnfs.ThreadScratch.Take({2 * row.Size});");
            }

            writer.WriteLine($"{loss} = 0;\n");

            using (writer.WriteBlock($"for (int row = 0; row < {rows}; row++)"))
            {
                if (network.HasLossInLanes(output))
                {
                    writer.WriteLine(Names.Call(
                        $"Lanes.StoreSample<{Names.Dimension(network, row.Size)}>",
                        $"x: {Names.Lanes(Names.ValueField(network, output.Source), IsPart(network))}",
                        $"y: {LossRowOperands.Room}",
                        "workspace._stride",
                        "sample: row"));
                }

                // There is a weight for each sample, or for each of its positions.
                string weight = row.Positions == 1 ? "weights[row]" : $"weights[row / ({rows} / weights.Length)]";
                writer.WriteLine($"""
                    float ofRow = {StepText.Call(kernel, row)}
                    {loss} += {weight} * (double)ofRow;
                    """);
            }

            if (row.Positions > 1)
            {
                writer.WriteLine($"\n{loss} /= {row.Positions};");
            }
        }

        writer.WriteLine();
    }

    /// <summary>Writes what a pass with a loss returns.</summary>
    public static void WriteReturn(SourceWriter writer, NetworkSpec network, TargetKind kind)
    {
        writer.WriteLine();

        foreach (OutputSpec output in network.TrainedOutputs.Where(_ => network.HasNamedPorts))
        {
            writer.WriteLine($"{LossMember(output)} = {Mean(network, output, kind)};");
        }

        string total = Total(network, kind);

        if (!network.HasPenalties)
        {
            writer.WriteLine($"return {total};");
        }
        else if (network.HasDataLoss)
        {
            // Kept apart: their sum may be too large to tell what the data adds to it.
            writer.WriteLine($"""
                workspace.{Names.DataLossField} = {total};
                workspace.RegularizationLoss = SumPenalties();

                return workspace.{Names.DataLossField} + workspace.RegularizationLoss;
                """);
        }
        else
        {
            string sum = total.Contains('*') && !total.Contains('(') ? $"({total})" : total;
            writer.WriteLine($"workspace.RegularizationLoss = SumPenalties();\n\nreturn {sum} + workspace.RegularizationLoss;");
        }
    }

    /// <summary>
    /// The statements that put targets, or gradients from outside, into lanes, for what takes them there. A pass back alone needs them once more; after a pass
    /// forward they are there.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="kind">What the pass is told.</param>
    /// <param name="isInLoop">Whether they stand in the loop over the parts of a batch, rather than in a method that takes a part.</param>
    public static string[] Loads(NetworkSpec network, TargetKind kind, bool isInLoop)
    {
        bool areGradients = kind == TargetKind.Gradients;
        OutputSpec[] loaded =
        [
            .. network.TrainedOutputs.Where(output => areGradients
                ? network.Plan == NetworkPlan.Lanes : network.HasLossInLanes(output) && output.Target(kind) != TargetKind.Labels),
        ];
        string samples = isInLoop ? "count" : "samples";
        string meaning = areGradients
            ? "The gradients that come from outside, from rows to columns."
            : "The targets, from rows to columns, into the memory that the gradients of the outputs will overwrite.";

        return loaded.Length == 0 ? [] : [$"// {meaning}", .. loaded.Select(output => Names.Call(
            $"Lanes.Load<{Names.Dimension(network, output.Size)}>",
            $"x: {Rows(output)}",
            $"y: {LaneGradients(network, output)}",
            "workspace._stride",
            samples))];

        string Rows(OutputSpec output) => Signature.TargetArgument(network, output, kind)
            + (isInLoop ? $".Slice({Names.Times("start", output.Size)}, {Names.Times(samples, output.Size)})" : "");
    }

    /// <summary>Writes the gradients of what arrives at the outputs, from which the pass back starts.</summary>
    public static void WriteGradients(SourceWriter writer, NetworkSpec network, TargetKind kind)
    {
        foreach (string text in network.TrainedOutputs.Select(output => Gradients(network, output, kind)).Where(static text => text.Length > 0))
        {
            writer.WriteLine("\n" + text);
        }
    }

    /// <summary>Writes what is left to do for the outputs where no loss is computed.</summary>
    public static void WriteOutputs(SourceWriter writer, NetworkSpec network)
    {
        foreach (OutputSpec output in network.Outputs)
        {
            LossOperands operands = new(network, output, TargetKind.Targets, isPart: false);
            bool isInLanes = network.Plan == NetworkPlan.Lanes;
            bool isMadeInLanes = operands.IsInLanes && output.IsTransformed;
            List<string> lines = [];

            if (isInLanes && !isMadeInLanes)
            {
                lines.Add(StoreSource(network, output, isPart: false));
            }

            if (output.Loss?.MakeOutput(output.Shape, operands.IsInLanes, isPadded: false) is { } step)
            {
                lines.Insert(0, $"// {Title(network, output)}: {LossSpec.OutputsComment}.");
                lines.Add(StepText.Call(step, operands));
            }

            if (isMadeInLanes)
            {
                lines.Add(StoreOutputs(network, output, isPart: false));
            }

            if (lines.Count > 0)
            {
                writer.WriteLine($"\n{string.Join("\n", lines)}");
            }
        }
    }

    /// <summary>What an output's loss is called in comments.</summary>
    public static string Title(NetworkSpec network, OutputSpec output) =>
        network.HasNamedPorts ? $"{output.Name}, {output.Loss?.Name}" : $"{output.Loss?.Name}";

    /// <summary>The loss of the data: the weighted sum of those of the outputs.</summary>
    private static string Total(NetworkSpec network, TargetKind kind)
    {
        IEnumerable<string> terms = network.TrainedOutputs.Select(output =>
            (output.Weight == 1f ? "" : $"{Wording.Number(output.Weight)} * ")
                + (network.HasNamedPorts ? LossMember(output) : Mean(network, output, kind)));

        return string.Join(" + ", terms.Select(term => network.TrainedOutputs.Count() > 1 && term.Contains('*') ? $"({term})" : term));
    }

    /// <summary>The mean loss of an output: over all samples, and over their positions that count.</summary>
    private static string Mean(NetworkSpec network, OutputSpec output, TargetKind kind)
    {
        string share = output.LeavesOut(kind) ? $" * workspace.{Names.LabelShareField(network, output)}" : "";

        return $"(float)(workspace.{Names.LossField(network, output)} / samples{share})";
    }

    /// <summary>The text that gives the gradient of what arrives at an output; nothing where it is there already.</summary>
    private static string Gradients(NetworkSpec network, OutputSpec output, TargetKind kind)
    {
        bool isApart = network.Plans.Gradients.ApartOutputs.Contains(Signature.IndexOf(network, output));
        string rows = network.Plan == NetworkPlan.Lanes ? Names.GradientRowsField(network, output) : Names.GradientsField(network, output.Source);
        string gradients = network.HasLossInLanes(output) ? LaneGradients(network, output) : Names.Rows(rows, output.Size, IsPart(network));
        string destination = isApart ? Names.Rows(Names.ContributionField, output.Size, IsPart(network)) : gradients;
        LossOperands operands = new(network, output, kind, IsPart(network), destination);
        Operand whole = Operand.Text(gradients);
        Operand own = Operand.Text(destination);
        List<string> lines = [];

        if (output.Loss is not { } loss || kind == TargetKind.Gradients)
        {
            if (network.Plan == NetworkPlan.Lanes)
            {
                return "";
            }

            lines.Add("// The gradients that come from outside, into memory that the kernels may write.");
            lines.Add($"{Signature.TargetArgument(network, output, kind)}.CopyTo({destination});");
        }
        else
        {
            LossContext context = Context(network, output, kind);
            string weight = output.Weight == 1f ? "" : $", times {Wording.Plain(output.Weight)}";
            lines.Add($"// {Title(network, output)}: {loss.BackwardComment(context)}{weight}.");
            lines.Add(StepText.Call(loss.Backward(context), operands));

            if (output.Weight != 1f)
            {
                lines.Add(StepText.Of(ElementsStep.Product(output.Size, own, Operand.Number(output.Weight), own), operands));
            }

            if (ShareOf(network, output, kind) is var (condition, share, reason))
            {
                string scale = StepText.Of(ElementsStep.Product(output.Size, own, Operand.Text(share), own), operands);

                lines.Add($$"""

                    if ({{condition}})
                    {
                        // {{reason}}
                        {{scale.Replace("\n", "\n    ")}}
                    }

                    """);
            }

            lines.Add($$"""

                if (!workspace.SampleWeights.IsEmpty)
                {
                    // The samples weigh differently.
                    {{WeightGradients(network, output, operands, destination).Replace("\n", "\n    ")}}
                }

                """);

            if (network.Plan == NetworkPlan.Lanes && !operands.IsInLanes)
            {
                lines.Add(Names.LoadLanes(network, output.Size, destination, LaneGradients(network, output), "workspace._stride"));
            }
        }

        if (isApart)
        {
            lines.Add(StepText.Of(ElementsStep.Sum(output.Size, whole, own, whole), operands));
        }

        return string.Join("\n", lines).TrimEnd().Replace("\n\n\n", "\n\n");
    }

    /// <summary>What the gradients of a method's samples are multiplied by, and when and why; nothing where they are those of all positions.</summary>
    private static (string Condition, string Share, string Reason)? ShareOf(NetworkSpec network, OutputSpec output, TargetKind kind)
    {
        const string IsSome = "samples < workspace._samples";
        const string OfSamples = "(float)samples / workspace._samples";
        string ofLabels = $"workspace.{Names.LabelShareField(network, output)}";

        return (IsPart(network), output.LeavesOut(kind)) switch
        {
            (true, true) =>
                ($"{IsSome} || {ofLabels} != 1", $"{OfSamples} * {ofLabels}", "The mean is over the labels that count, of all samples of the batch."),
            (true, false) => (IsSome, OfSamples, "The mean is over all samples of the batch, of which these are some."),
            (false, true) => ($"{ofLabels} != 1", ofLabels, "The mean is over the labels that count."),
            _ => null,
        };
    }

    /// <summary>The call that multiplies the gradients of samples by their weights.</summary>
    private static string WeightGradients(NetworkSpec network, OutputSpec output, LossOperands operands, string gradients) => operands.IsInLanes
        ? Names.Call(
            $"SampleWeights.ApplyLanes<{Names.Dimension(network, output.Size)}>",
            $"weights: {WeightsOfPart(network)}",
            $"dy: {gradients}",
            "workspace._stride")
        : Names.Call("SampleWeights.Apply", $"weights: {WeightsOfPart(network)}", $"dy: {gradients}");

    /// <summary>The weights of the samples of a method.</summary>
    private static string WeightsOfPart(NetworkSpec network) => IsPart(network)
        ? $"{Names.Kernels}.SampleWeights.Of(workspace.SampleWeights.Span, workspace._samples, start, samples)"
        : "workspace.SampleWeights.Span";

    /// <summary>The local with the loss of the samples of a method.</summary>
    private static string LossLocal(NetworkSpec network, OutputSpec output) => network.HasNamedPorts ? $"{output.Name}Loss" : "loss";

    private static LossContext Context(NetworkSpec network, OutputSpec output, TargetKind kind) =>
        new(output.Target(kind), output.Shape, network.HasLossInLanes(output));

    private static string MeanOver(OutputSpec output) => output.Loss is not { IsCategorical: true } ? "outputs and samples"
        : output.Shape.Positions == 1 ? "samples" : "samples and positions";

    private static string LossMember(OutputSpec output) => $"workspace.{output.Name.ToPascalCase()}Loss";

    private static string Formula(OutputSpec output, TargetKind kind) =>
        output.Loss!.Formula(new LossContext(output.Target(kind), output.Shape, IsInLanes: false));

    /// <summary>Whether the methods take parts of a batch.</summary>
    private static bool IsPart(NetworkSpec network) => network.PartSamples is not null;

    private static string LaneGradients(NetworkSpec network, OutputSpec output) =>
        Names.Lanes(Names.GradientsField(network, output.Source), IsPart(network));

    /// <summary>The call that turns what an output is made of from lanes into rows.</summary>
    private static string StoreSource(NetworkSpec network, OutputSpec output, bool isPart) =>
        StoreRows(network, output, Names.ValueField(network, output.Source), Names.SourceRowsField(network, output), isPart);

    /// <summary>The call that turns probabilities from lanes into the rows of an output.</summary>
    private static string StoreOutputs(NetworkSpec network, OutputSpec output, bool isPart) =>
        StoreRows(network, output, Names.ProbabilitiesField(network, output), Names.OutputsField(network, output), isPart);

    private static string StoreRows(NetworkSpec network, OutputSpec output, string lanes, string rows, bool isPart) => Names.StoreLanes(
        network, output.Size, Names.Lanes(lanes, isPart), Names.Rows(rows, output.Size, isPart), "workspace._stride");
}
