using Nnfs.Generators.Models;

namespace Nnfs.Generators.Layers;

/// <summary>The last two or three dense layers of a small network in lanes as one kernel, so that what is between them stays in registers.</summary>
/// <param name="Note">Why they are one, as a comment.</param>
internal sealed record DenseTail(string Note) : KernelTail
{
    private static readonly DenseTail s_ofSample = new("All in one, so that the outputs of the last layer but one stay in registers.");
    private static readonly DenseTail s_ofTile = new("Both in one, so that the second reads the outputs of the first from registers.");

    /// <summary>For one sample: three layers of which the first does not give too much, or two.</summary>
    public static DenseTail? OfSample(IReadOnlyList<StageSpec> rest) =>
        rest.Count is 2 or 3 && (rest.Count == 2 || rest[0].Outputs <= KernelLimits.MostTailValues) && AreHiddenAndNarrow(rest) ? s_ofSample : null;

    /// <summary>For a tile: two layers with an activation between, where the first has so few inputs that its work is mostly to store.</summary>
    public static DenseTail? OfTile(IReadOnlyList<StageSpec> rest) =>
        rest.Count is 2 or 3
        && rest[0] is Dense { IsByNeuron: false, Inputs: <= KernelLimits.MostTailInputs, Outputs: >= KernelLimits.LeastTailHidden } first
        && first.Outputs % 2 == 0
        && Between(rest) is not null
        && rest[rest.Count - 1] is Dense { EndsTail: true, Outputs: <= KernelLimits.MostTailNeurons } ? s_ofTile : null;

    public override IEnumerable<Step> Forward(IReadOnlyList<StageSpec> stages, StageContext context)
    {
        List<string> notes = [.. stages.Select(stage => stage.Comment(context))];
        LossSpec? loss = context.IsSample ? context.Network.Outputs[0].Loss : null;

        if (loss is not null)
        {
            notes.Add($"{loss.Name}: {LossSpec.OutputsComment}.");
        }

        yield return new NoteStep(string.Join("\n", [.. notes, Note]));

        Argument x = ("x", Operand.Value());
        Argument y = ("y", Operand.Output with { Ahead = stages.Count - 1 });

        yield return context.IsSample
            ? KernelStep.Of($"DenseTailSample.Forward{loss?.OutputKernel}", Sizes(stages), x, Parameters(stages), y)
            : WithActivation(stages, KernelStep.Of(
                "DenseTailLanes.Forward",
                DenseSizes(stages),
                [
                    Between(stages)!.Argument,
                    x,
                    Parameters(stages),
                    .. context.IsTraining ? new[] { Kept(stages), ("h", Operand.Output with { Ahead = stages.Count - 2 }) } : [],
                    y,
                    Operand.Stride,
                    Operand.Samples,
                ]));
    }

    public override IEnumerable<Step> BackwardParameters(IReadOnlyList<StageSpec> stages)
    {
        Dense first = (Dense)stages[0];
        Dense second = (Dense)stages[stages.Count - 1];

        yield return new NoteStep($"""
            {second.ParametersNote.Text}
            {second.Name}, inputs: [{second.Inputs} × {second.Outputs}] · [{second.Outputs} × samples], then back through {stages[stages.Count - 2].OutputName}.
            {first.ParametersNote.Text}
            All in one, so that the gradients between them stay in registers.
            """);
        yield return new SharedStep(
            WithActivation(stages, KernelStep.Of(
                "DenseTailLanes.BackwardParameters",
                DenseSizes(stages),
                Between(stages)!.Argument,
                ("x", Operand.Value()),
                Kept(stages),
                ("h", Operand.Output with { Ahead = stages.Count - 2 }),
                ("dy", Operand.OutputGradient with { Ahead = stages.Count - 1 }),
                Parameters(stages),
                ("gradients", Operand.GradientRange(Start(stages), Length(stages))),
                Operand.Stride,
                Operand.Samples,
                Operand.Start,
                Operand.Count)),
            first.Outputs,
            FlopsPerRow: (2L * first.Inputs) + (4L * second.Outputs))
        {
            Unit = Dense.NeuronUnit,
        };
    }

    private static bool AreHiddenAndNarrow(IReadOnlyList<StageSpec> stages) =>
        stages.Take(stages.Count - 1).All(static stage => stage is Dense { IsHidden: true })
        && stages[stages.Count - 1] is Dense { EndsTail: true, Outputs: <= KernelLimits.MostTailNeurons };

    /// <summary>The activation between the two layers, in the first or a stage of its own; <see langword="null"/> where there is none.</summary>
    private static ActivationFunction? Between(IReadOnlyList<StageSpec> stages) => (stages.Count, stages[0], stages[1]) switch
    {
        (2, Dense { Activation.Function: { IsIdentity: false } function }, _) => function,
        (3, Dense { Activation: null }, Activation { Function: { IsOfInputs: true } function }) => function,
        _ => null,
    };

    /// <summary>What is kept of the activation's inputs: where its outputs tell its gradient, none are.</summary>
    private static Argument Kept(IReadOnlyList<StageSpec> stages) => ("z", stages.Count == 3 ? Operand.Output : Operand.Text("default"));

    private static KernelStep WithActivation(IReadOnlyList<StageSpec> stages, KernelStep kernel) => kernel with { TypeArgument = Between(stages)!.Type };

    private static int[] DenseSizes(IReadOnlyList<StageSpec> stages) => [stages[0].Inputs, stages[0].Outputs, stages[stages.Count - 1].Outputs];

    /// <summary>The part of a block that holds the parameters of all the layers.</summary>
    private static Argument Parameters(IReadOnlyList<StageSpec> stages) => ("parameters", Operand.ParameterRange(Start(stages), Length(stages)));

    private static int Start(IReadOnlyList<StageSpec> stages) => stages[0].Tensor(Dense.Weights).Offset;

    private static int Length(IReadOnlyList<StageSpec> stages) =>
        stages[stages.Count - 1].Tensor(Dense.Biases) is var last ? last.Offset + (int)last.Length - Start(stages) : 0;

    private static int[] Sizes(IReadOnlyList<StageSpec> stages) => [.. stages.Select(static stage => stage.Inputs), stages[stages.Count - 1].Outputs];
}
