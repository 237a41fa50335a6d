using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>The text of the stages of a forward pass that keeps their values in a workspace.</summary>
internal static class ForwardSteps
{
    /// <summary>The texts of all stages; in lanes, what turns the inputs into them comes first.</summary>
    /// <param name="network">The network.</param>
    /// <param name="locals">The locals of the method.</param>
    public static IEnumerable<string> All(NetworkSpec network, Locals locals)
    {
        if (network.Plan == NetworkPlan.Lanes)
        {
            IEnumerable<string> loads = network.Inputs.Select((input, i) => Names.LoadLanes(
                network, input.Size, network.HasNamedPorts ? InputRows(network, i) : "inputs", locals.Value(~i), "stride"));

            yield return locals.Declare(
                $"// A vector holds one value of {KernelLimits.LaneGroup} samples: the inputs change from rows to columns.\n{string.Join("\n", loads)}");
        }

        for (int i = 0; i < network.Stages.Count; i++)
        {
            StageContext context = new(network, i, PassKind.Training);

            if (network.Plans.TileTail is { } tail && tail.First == i)
            {
                string[] sources = [.. network.Stages[i].Sources.Select(locals.Value)];
                ForwardOperands operands = new(context, sources, locals.Value(network.Stages.Count - 1), locals);

                yield return locals.Declare(StepText.Of(tail.Kernel.Forward(tail.Stages(network), context), operands));
                yield break;
            }

            yield return Of(context, new ForwardOperands(context, [.. network.Stages[i].Sources.Select(locals.Value)], locals.Value(i), locals), locals);
        }
    }

    /// <summary>The text of a stage for a thread's samples, in a lambda.</summary>
    public static string OfThread(NetworkSpec network, int stage, Locals locals) =>
        Of(new StageContext(network, stage, PassKind.Training), new WorkspaceOperands(network, stage, locals).Shared(), locals);

    /// <summary>The text of a stage for all samples of the pass.</summary>
    public static string OfPass(NetworkSpec network, int stage) =>
        Of(new StageContext(network, stage, PassKind.Training), new WorkspaceOperands(network, stage, locals: null), locals: null);

    private static string Of(StageContext context, OperandTexts operands, Locals? locals)
    {
        StageSpec stage = context.Network.Stages[context.Stage];
        string comment = StepText.Note(stage.Comment(context));

        if (stage.IsAlias)
        {
            return comment;
        }

        string text = $"{comment}\n{StepText.Of(stage.Forward(context), operands)}";

        return locals?.Declare(text) ?? text;
    }

    /// <summary>The samples of a tile in the rows of an input.</summary>
    private static string InputRows(NetworkSpec network, int input)
    {
        int size = network.Inputs[input].Size;

        return $"workspace.{Names.InputField(network, input)}.Slice({Names.Times("start", size)}, {Names.Times("samples", size)})";
    }
}
