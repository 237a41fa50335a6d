using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>Writes the end of a network: its losses, its outputs, and the gradients that the backward pass starts from.</summary>
internal static class LossEmitter
{
    /// <summary>What <c>Forward</c> returns, for its documentation.</summary>
    public static string Summary(NetworkSpec network, AnswerKind kind)
    {
        if (network.HasNamedPorts)
        {
            OutputSpec[] outputs = [.. network.AnsweredOutputs];
            IEnumerable<string> terms = outputs.Select(static output => output.Weight == 1f ? output.Name : $"{Wording.Plain(output.Weight)} · {output.Name}");
            string sum = string.Join(" + ", terms);
            string penalty = network.HasPenalties ? " and what weights and biases add" : "";
            IEnumerable<string> means = outputs.Select((output, i) =>
                $"/// {output.Name} is the mean over {MeanOver(output)} of {Formula(output, kind)}{(i + 1 == outputs.Length ? "." : ";")}");

            return $"""
                /// Runs the network on a batch and returns its loss, the sum {sum}{penalty}:
                {string.Join("\n", means)}
                """;
        }

        OutputSpec only = network.Outputs[0];
        string mean = only.TakesLabels ? "cross-entropy" : "error";
        string weight = only.Weight == 1f ? "" : $"{Wording.Plain(only.Weight)} times ";
        string penalties = network.HasPenalties ? ", and what weights and biases add" : "";

        return $"""
            /// Runs the network on a batch and returns the mean {mean} of its outputs against <paramref name="{network.AnswerName(only, kind)}"/>:
            /// {weight}the mean over {MeanOver(only)} of {Formula(only, kind)}{penalties}.
            """;
    }

    /// <summary>The loss of the network, of the locals that the losses of its outputs stand in.</summary>
    public static string Total(NetworkSpec network)
    {
        IEnumerable<string> terms = network.AnsweredOutputs.Select(output =>
            (output.Weight == 1f ? "" : $"{Wording.Number(output.Weight)} * ") + (network.HasNamedPorts ? LossMember(output) : "loss"));

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

            if (output.Loss is { } loss)
            {
                WriteForward(writer, network, output, loss, kind);
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
            bool isInLanes = network.Plan == NetworkPlan.Lanes;
            LossOperands operands = new(network, output, AnswerKind.Targets);

            if (output.Loss?.MakeOutput(output.Size, isInLanes, isPadded: false) is { } step)
            {
                writer.WriteLine($"""

                    // {Title(network, output)}: {LossSpec.OutputsComment}.
                    {StepText.Call(step, operands)}
                    """);
            }

            if (isInLanes)
            {
                writer.WriteLine($"\n{StoreOutputs(network, operands.Of(output.IsTransformed ? Operand.Output : Operand.Value()))}");
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

            if (network.Plan == NetworkPlan.Lanes)
            {
                WriteBackwardInLanes(writer, network, output, kind, isLoaded);
            }
            else
            {
                WriteBackward(writer, network, output, kind);
            }
        }
    }

    /// <summary>What an output's loss is called in comments.</summary>
    public static string Title(NetworkSpec network, OutputSpec output) =>
        network.HasNamedPorts ? $"{output.Name}, {output.Loss?.Name}" : $"{output.Loss?.Name}";

    private static void WriteForward(SourceWriter writer, NetworkSpec network, OutputSpec output, LossSpec loss, AnswerKind kind)
    {
        LossContext context = Context(network, output, kind);
        LossOperands operands = new(network, output, kind);
        bool isInLanes = network.Plan == NetworkPlan.Lanes;
        string variable = network.HasNamedPorts ? LossMember(output) : "float loss";

        if (isInLanes && !context.TakesLabels)
        {
            writer.WriteLine(LoadTargets(network) + "\n");
        }

        writer.WriteLine($"""
            // {Title(network, output)}: {loss.ForwardComment(context)}.
            {variable} = {StepText.Call(loss.Forward(context), operands)}
            """);

        if (isInLanes)
        {
            writer.WriteLine($"\n{StoreOutputs(network, operands.Of(Operand.Output))}");
        }
    }

    private static void WriteBackward(SourceWriter writer, NetworkSpec network, OutputSpec output, AnswerKind kind)
    {
        bool isApart = network.Plans.Gradients.ApartOutputs.Contains(Signature.IndexOf(network, output));
        string gradients = Names.Batch(Names.GradientsField(network, output.Source), output.Size);
        string destination = isApart ? Names.Batch(Names.ContributionField, output.Size) : gradients;
        LossOperands operands = new(network, output, kind, destination);
        Operand whole = Operand.Text(gradients);
        Operand own = Operand.Text(destination);

        if (output.Loss is not { } loss)
        {
            writer.WriteLine($"""
                // The gradients that come from outside, into memory that the kernels may write.
                {Signature.AnswerArgument(network, output, kind)}.CopyTo({destination});
                """);
        }
        else
        {
            LossContext context = Context(network, output, kind);
            string weight = output.Weight == 1f ? "" : $", times {Wording.Plain(output.Weight)}";

            writer.WriteLine($"""
                // {Title(network, output)}: {loss.BackwardComment(context)}{weight}.
                {StepText.Call(loss.Backward(context), operands)}
                """);

            if (output.Weight != 1f)
            {
                writer.WriteLine(StepText.Of(ElementsStep.Product(own, Operand.Number(output.Weight), own), operands));
            }
        }

        if (isApart)
        {
            writer.WriteLine(StepText.Of(ElementsStep.Sum(whole, own, whole), operands));
        }
    }

    private static void WriteBackwardInLanes(SourceWriter writer, NetworkSpec network, OutputSpec output, AnswerKind kind, bool isLoaded)
    {
        LossContext context = Context(network, output, kind);

        if (output.Loss is { } loss)
        {
            if (!context.TakesLabels && !isLoaded)
            {
                writer.WriteLine(LoadTargets(network) + "\n");
            }

            LossOperands operands = new(network, output, kind, Names.LaneGradients(network));

            writer.WriteLine($"""
                // {Title(network, output)}: {loss.BackwardComment(context)}.
                {StepText.Call(loss.Backward(context), operands)}
                """);
        }
        else
        {
            writer.WriteLine($"""
                // The gradients that come from outside, from rows to columns.
                {Load(network, "outputGradients")}
                """);
        }

        // In lanes an activation is taken into the product of the layer after it; the last has none.
        int last = network.Stages.Count - 1;
        StageContext lastStage = new(network, last, PassKind.Training);
        string activation = StepText.Of(network.Stages[last].BackwardWithin(lastStage), new BackwardOperands(network, last, isOfBatch: true));

        if (activation.Length > 0)
        {
            writer.WriteLine("\n" + activation);
        }
    }

    private static LossContext Context(NetworkSpec network, OutputSpec output, AnswerKind kind) =>
        new(output.Answer(kind), output.Size, network.Plan == NetworkPlan.Lanes);

    private static string MeanOver(OutputSpec output) => output.Loss is { IsCategorical: true } ? "samples" : "outputs and samples";

    private static string LossMember(OutputSpec output) => $"workspace.{output.Name.ToPascalCase()}Loss";

    private static string Formula(OutputSpec output, AnswerKind kind) =>
        output.Loss!.Formula(new LossContext(output.Answer(kind), output.Size, IsInLanes: false));

    /// <summary>The memory of the gradients is free until they are computed, and they may take the targets' place.</summary>
    private static string LoadTargets(NetworkSpec network) => $"""
        // The targets, from rows to columns, where their gradients will stand.
        {Load(network, "targets")}
        """;

    private static string Load(NetworkSpec network, string rows) =>
        Names.LoadLanes(network, network.OutputSize, rows, Names.LaneGradients(network), "workspace._stride");

    private static string StoreOutputs(NetworkSpec network, string source) => $"""
        // Back to rows.
        {Names.StoreLanes(network, network.OutputSize, source, "workspace._outputs.Span", "workspace._stride")}
        """;
}
