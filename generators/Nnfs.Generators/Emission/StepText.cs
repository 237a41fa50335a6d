using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>The text of steps, when it is known where their operands lie.</summary>
internal static class StepText
{
    /// <summary>The text of steps, one after the other; a comment but for the first has an empty line before it.</summary>
    public static string Of(IEnumerable<Step> steps, OperandTexts operands)
    {
        List<string> texts = [];

        foreach (Step step in steps)
        {
            if (step is NoteStep note)
            {
                texts.AddRange(texts.Count == 0 ? [Note(note.Text)] : ["", Note(note.Text)]);
            }
            else
            {
                texts.Add(Of(step, operands));
            }
        }

        return string.Join("\n", texts);
    }

    /// <summary>The text of a step.</summary>
    public static string Of(Step step, OperandTexts operands) => step switch
    {
        NoteStep note => Note(note.Text),
        KernelStep kernel => Call(kernel, operands),
        ElementsStep elements => Elements(elements, operands),
        CopyStep copy => Copy(copy, operands),
        BranchStep branch => Branch(branch, operands),
        SharedStep shared => Shared(shared, operands),
        _ => throw new ArgumentOutOfRangeException(nameof(step)),
    };

    /// <summary>Lines as a comment.</summary>
    public static string Note(string text) => "// " + text.Replace("\n", "\n// ");

    /// <summary>The call of a kernel, each argument with its name in the mathematics.</summary>
    public static string Call(KernelStep kernel, OperandTexts operands)
    {
        string[] types = [.. kernel.Sizes.Select(operands.Dimension), .. kernel.Types];

        return Names.Call($"{kernel.Kernel}{(types.Length == 0 ? "" : $"<{string.Join(", ", types)}>")}", [.. kernel.Arguments.Select(operands.Of)]);
    }

    private static string Copy(CopyStep step, OperandTexts operands)
    {
        string from = operands.Of(step.From);
        string to = operands.Of(step.To);

        return operands.IsInLanes
            ? Names.Call("ElementsLanes.Copy", [$"x: {from}", "xStart: 0", $"y: {to}", "yStart: 0", $"count: {step.Size}", .. Lanes(operands)])
            : $"{from}.CopyTo({to});";
    }

    private static string Elements(ElementsStep step, OperandTexts operands)
    {
        string[] names = step.Terms.Count == 4 ? ["x", "y", "addend", "destination"] : ["x", "y", "destination"];
        string[] arguments = [.. step.Terms.Select((term, i) => $"{names[i]}: {operands.Of(term)}")];

        return operands.IsInLanes
            ? Names.Call($"ElementsLanes.{step.Operation}", [.. arguments, $"features: {step.Size}", .. Lanes(operands)])
            : Names.Statement($"global::System.Numerics.Tensors.TensorPrimitives.{step.Operation}<float>", arguments);
    }

    private static string[] Lanes(OperandTexts operands) => [operands.Of(Operand.Stride), operands.Of(Operand.Samples)];

    private static string Branch(BranchStep branch, OperandTexts operands) => $$"""
        if ({{Condition(branch)}})
        {
            {{Indented(Of(branch.Then, operands))}}
        }
        else
        {
            {{Indented(Of(branch.Otherwise, operands))}}
        }
        """;

    private static string Condition(BranchStep branch) => branch.State == PassState.Masked
        ? $"workspace.{Names.MasksField} is {{ }} {branch.Local}"
        : $"workspace.{Names.TrainingField}";

    private static string Shared(SharedStep step, OperandTexts operands)
    {
        bool isBySample = step.Rows is null;
        string unit = step.Unit is { } rows ? $", unit: {rows}" : "";
        string network = step.Operands.Any(static operand => operand.Kind is OperandKind.ParameterRange or OperandKind.Tensor) ? "network" : "_";
        string inputs = step.Operands.Any(operands.IsOfInputs) ? "inputs" : "_";

        string flops = step.IsOverSamples ? $"{step.FlopsPerRow}L * samples" : $"{step.FlopsPerRow}";

        string run = $"workspace._team.Run(this, workspace, {operands.InputsArgument}, count: {(isBySample ? "samples" : step.Rows)}{unit}, flops: {flops}";
        string text = Of(step.Step, isBySample ? operands.OfThread() : operands.Shared());

        return $"""
            {run}, static ({network}, workspace, {inputs}, start, {(isBySample ? "samples" : "count")}) =>
                {Indented(text.TrimEnd(';'))});
            """;
    }

    private static string Indented(string text) => text.Replace("\n", "\n    ");
}
