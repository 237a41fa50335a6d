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

    /// <summary>Writes the losses, the outputs that they make, and what the pass returns.</summary>
    public static void WriteForward(SourceWriter writer, NetworkSpec network, TargetKind kind)
    {
        WriteLoad(writer, network, kind);

        foreach (OutputSpec output in network.TrainedOutputs)
        {
            LossContext context = Context(network, output, kind);
            LossOperands operands = new(network, output, kind);
            string variable = network.HasNamedPorts ? LossMember(output) : "float loss";
            string call = $"{variable} = {StepText.Call(output.Loss!.Forward(context), operands)}";
            string[] lines = network.Plan != NetworkPlan.Lanes ? [call]
                : operands.IsInLanes ? [call, StoreRows(network, output, operands.Of(Operand.Output), Names.OutputsField(network, output))]
                : [StoreRows(network, output, Names.WholeValue(network, output.Source), Names.SourceRowsField(network, output)), call];

            writer.WriteLine($"\n// {Title(network, output)}: {output.Loss.ForwardComment(context)}.\n{string.Join("\n", lines)}");
        }

        foreach (OutputSpec output in network.Outputs.Where(output => output.Loss is null && network.Plan == NetworkPlan.Lanes))
        {
            writer.WriteLine($"\n{StoreRows(network, output, Names.WholeValue(network, output.Source), Names.OutputsField(network, output))}");
        }

        if (!network.HasPenalties)
        {
            writer.WriteLine($"\nreturn {Total(network)};");
        }
        else if (network.HasDataLoss)
        {
            // Kept apart: their sum may be too large to tell what the data adds to it.
            writer.WriteLine($"""

                workspace.{Names.DataLossField} = {Total(network)};
                workspace.RegularizationLoss = SumPenalties();

                return workspace.{Names.DataLossField} + workspace.RegularizationLoss;
                """);
        }
        else
        {
            string total = Total(network);
            string sum = total.Contains('*') && !total.Contains('(') ? $"({total})" : total;
            writer.WriteLine($"\nworkspace.RegularizationLoss = SumPenalties();\n\nreturn {sum} + workspace.RegularizationLoss;");
        }
    }

    /// <summary>The statement that computes the gradients of what arrives at the outputs; nothing where they are there already.</summary>
    /// <param name="network">The network.</param>
    /// <param name="kind">What the pass is told.</param>
    /// <param name="samples">The number of samples.</param>
    public static string GradientsCall(NetworkSpec network, TargetKind kind, string samples) =>
        GradientTexts(network, kind).Any() ? $"{Gradients(network)}({TargetArguments(network, kind)}workspace, {samples});\n" : "";

    /// <summary>Writes the statements that put targets, or gradients from outside, into lanes, for what takes them there; tells whether it did.</summary>
    public static bool WriteLoad(SourceWriter writer, NetworkSpec network, TargetKind kind)
    {
        OutputSpec[] loaded = [.. network.TrainedOutputs.Where(output => IsLoaded(network, output, kind))];

        if (loaded.Length > 0)
        {
            string meaning = network.HasLoss
                ? "The targets, from rows to columns, into the memory that the gradients of the outputs will overwrite."
                : "The gradients that come from outside, from rows to columns.";
            IEnumerable<string> loads = loaded.Select(output => Names.LoadLanes(
                network, output.Size, network.TargetName(output, kind), Names.WholeGradients(network, output), "workspace._stride"));

            writer.WriteLine($"\n// {meaning}\n{string.Join("\n", loads)}");
        }

        return loaded.Length > 0;
    }

    /// <summary>Writes the methods that start the passes back, one for each kind of target.</summary>
    public static void WritePrivate(SourceWriter writer, NetworkSpec network)
    {
        foreach (TargetKind kind in network.TargetKinds)
        {
            WriteGradients(writer, network, kind);
        }
    }

    /// <summary>Writes what is left to do for the outputs where no loss is computed.</summary>
    public static void WriteOutputs(SourceWriter writer, NetworkSpec network)
    {
        foreach (OutputSpec output in network.Outputs)
        {
            LossOperands operands = new(network, output, TargetKind.Targets);
            bool isInLanes = network.Plan == NetworkPlan.Lanes;
            bool isMadeInLanes = operands.IsInLanes && output.IsTransformed;
            List<string> lines = [];

            if (isInLanes && !isMadeInLanes)
            {
                lines.Add(StoreRows(network, output, Names.WholeValue(network, output.Source), Names.SourceRowsField(network, output)));
            }

            if (output.Loss?.MakeOutput(output.Shape, operands.IsInLanes, isPadded: false) is { } step)
            {
                lines.Insert(0, $"// {Title(network, output)}: {LossSpec.OutputsComment}.");
                lines.Add(StepText.Call(step, operands));
            }

            if (isMadeInLanes)
            {
                lines.Add(StoreRows(network, output, operands.Of(Operand.Output), Names.OutputsField(network, output)));
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

    private static void WriteGradients(SourceWriter writer, NetworkSpec network, TargetKind kind)
    {
        List<string> texts = [.. GradientTexts(network, kind)];

        if (texts.Count == 0)
        {
            return;
        }

        string summary = network.HasLoss
            ? "Computes the gradients of the loss with respect to what the layers give."
            : "Takes the gradients of what the layers give, which come from outside.";

        writer.WriteMethod(summary, $"private static void {Gradients(network)}({TargetParameters(network, kind)}Workspace workspace, int samples)", texts);
    }

    private static IEnumerable<string> GradientTexts(NetworkSpec network, TargetKind kind) => network.TrainedOutputs
        .Select(output => Gradients(network, output, kind))
        .Where(static text => text.Length > 0);

    /// <summary>The loss of the data, of the locals that the losses of the network's outputs stand in.</summary>
    private static string Total(NetworkSpec network)
    {
        IEnumerable<string> terms = network.TrainedOutputs.Select(output =>
            (output.Weight == 1f ? "" : $"{Wording.Number(output.Weight)} * ") + (network.HasNamedPorts ? LossMember(output) : "loss"));

        return string.Join(" + ", terms.Select(term => network.TrainedOutputs.Count() > 1 && term.Contains('*') ? $"({term})" : term));
    }

    /// <summary>The text that gives the gradient of what arrives at an output; nothing where it is there already.</summary>
    private static string Gradients(NetworkSpec network, OutputSpec output, TargetKind kind)
    {
        bool isApart = network.Plans.Gradients.ApartOutputs.Contains(Signature.IndexOf(network, output));
        string gradients = network.HasLossInLanes(output) ? Names.WholeGradients(network, output)
            : Names.Batch(
                network.Plan == NetworkPlan.Lanes ? Names.GradientRowsField(network, output) : Names.GradientsField(network, output.Source), output.Size);
        string destination = isApart ? Names.Batch(Names.ContributionField, output.Size) : gradients;
        LossOperands operands = new(network, output, kind, destination);
        Operand whole = Operand.Text(gradients);
        Operand own = Operand.Text(destination);
        List<string> lines = [];

        if (output.Loss is not { } loss)
        {
            if (operands.IsInLanes)
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

            if (network.Plan == NetworkPlan.Lanes && !operands.IsInLanes)
            {
                lines.Add(Names.LoadLanes(network, output.Size, destination, Names.WholeGradients(network, output), "workspace._stride"));
            }
        }

        if (isApart)
        {
            lines.Add(StepText.Of(ElementsStep.Sum(output.Size, whole, own, whole), operands));
        }

        return string.Join("\n", lines);
    }

    /// <summary>The method that gives the gradients of what arrives at the outputs.</summary>
    private static string Gradients(NetworkSpec network) => network.HasLoss ? "LossGradients" : "TakeGradients";

    /// <summary>Whether a pass puts what it is told of an output into lanes, so that its methods find it there.</summary>
    private static bool IsLoaded(NetworkSpec network, OutputSpec output, TargetKind kind) =>
        network.HasLossInLanes(output) && output.Target(kind) != TargetKind.Labels;

    /// <summary>Whether all that a pass is told of its outputs is in lanes by then.</summary>
    private static bool IsLoaded(NetworkSpec network, TargetKind kind) => network.TrainedOutputs.All(output => IsLoaded(network, output, kind));

    private static string TargetArguments(NetworkSpec network, TargetKind kind) =>
        IsLoaded(network, kind) ? "" : $"{Signature.TargetArguments(network, kind)}, ";

    private static string TargetParameters(NetworkSpec network, TargetKind kind) => IsLoaded(network, kind) ? "" : $"{Signature.Targets(network, kind)}, ";

    private static LossContext Context(NetworkSpec network, OutputSpec output, TargetKind kind) =>
        new(output.Target(kind), output.Shape, network.HasLossInLanes(output));

    private static string MeanOver(OutputSpec output) => output.Loss is not { IsCategorical: true } ? "outputs and samples"
        : output.Shape.Positions == 1 ? "samples" : "samples and positions";

    private static string LossMember(OutputSpec output) => $"workspace.{output.Name.ToPascalCase()}Loss";

    private static string Formula(OutputSpec output, TargetKind kind) =>
        output.Loss!.Formula(new LossContext(output.Target(kind), output.Shape, IsInLanes: false));

    /// <summary>The call that turns what an output is made of from lanes into rows.</summary>
    private static string StoreRows(NetworkSpec network, OutputSpec output, string source, string field) =>
        Names.StoreLanes(network, output.Size, source, $"workspace.{field}.Span", "workspace._stride");
}
