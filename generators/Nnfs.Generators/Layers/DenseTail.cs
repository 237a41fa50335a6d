using Nnfs.Generators.Models;

namespace Nnfs.Generators.Layers;

/// <summary>The last two or three dense layers of a small network in lanes as one kernel, so that what is between them stays in registers.</summary>
/// <param name="Note">Why they are one, as a comment.</param>
internal sealed record DenseTail(string Note) : KernelTail
{
    private static readonly DenseTail s_ofSample = new("All in one, so that the outputs of the last layer but one stay in registers.");
    private static readonly DenseTail s_ofTile = new("Both in one, so that the second reads the outputs of the first from registers.");

    /// <summary>For one sample: three layers of which the first does not give too much, or two, with any activations.</summary>
    public static DenseTail? OfSample(IReadOnlyList<StageSpec> rest, LossSpec? loss) =>
        LayersOf(rest, loss) is { Count: 2 or 3 } layers
        && (layers.Count == 2 || layers[0].Dense.Outputs <= KernelLimits.MostTailValues)
        && AreHiddenAndNarrow([.. layers.Select(static layer => layer.Dense)]) ? s_ofSample : null;

    /// <summary>
    /// For a tile: two layers with an activation between, and maybe a dropout after it, where the first has so few inputs that its work is mostly to store.
    /// </summary>
    public static DenseTail? OfTile(IReadOnlyList<StageSpec> rest) =>
        (rest.Count == 2 || (rest.Count == 3 && rest[1] is Dropout))
        && rest[0] is Dense { IsByNeuron: false, Inputs: <= KernelLimits.MostTailInputs, Outputs: >= KernelLimits.LeastTailHidden }
        && !Between(rest).IsIdentity
        && rest[rest.Count - 1] is Dense { EndsTail: true, Function.IsIdentity: true } ? s_ofTile : null;

    public override IEnumerable<Step> Forward(IReadOnlyList<StageSpec> stages, StageContext context)
    {
        List<string> notes = [.. stages.Select(stage => stage.Comment(context))];
        LossSpec? loss = context.IsSample ? context.Network.Outputs[0].Loss : null;

        if (loss?.OutputKernel is not null)
        {
            notes.Add($"{loss.Name}: {LossSpec.OutputsComment}.");
        }

        yield return new NoteStep(string.Join("\n", [.. notes, Note]));

        Argument x = ("x", Operand.Value());
        Argument y = ("y", Operand.Output with { Ahead = stages.Count - 1 });

        if (context.IsSample)
        {
            yield return OfSample(LayersOf(stages, loss)!, loss, x, Parameters(stages), y);
            yield break;
        }

        if (context.IsTraining && DropoutOf(stages) is { } dropout)
        {
            yield return dropout.Draw(ahead: 1);
        }

        yield return WithActivation(stages, KernelStep.Of(
            context.IsTraining ? $"DenseTailLanes.Forward{WithDropout(stages)}" : "DenseTailLanes.Forward",
            DenseSizes(stages),
            [
                ("activation", Between(stages).Instance),
                x,
                Parameters(stages),
                .. context.IsTraining ? Kept(stages) : [],
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
            {second.Name}, inputs: [{second.Inputs} × {second.Outputs}] · [{second.Outputs} × samples], then back through {Back(stages)}.
            {first.ParametersNote.Text}
            All in one, so that the gradients between them stay in registers.
            """);
        yield return new SharedStep(
            WithActivation(stages, KernelStep.Of(
                $"DenseTailLanes.BackwardParameters{WithDropout(stages)}",
                DenseSizes(stages),
                [
                    ("activation", Between(stages).Instance),
                    ("x", Operand.Value()),
                    .. Kept(stages),
                    ("dy", Operand.OutputGradient with { Ahead = stages.Count - 1 }),
                    Parameters(stages),
                    ("gradients", Operand.GradientRange(Start(stages), Length(stages))),
                    Operand.Stride,
                    Operand.Samples,
                    Operand.Start,
                    Operand.Count,
                    ("adds", Operand.Adds),
                ])),
            first.Outputs,
            FlopsPerRow: (2L * first.Inputs) + (4L * second.Outputs))
        {
            Unit = Dense.NeuronUnit,
        };
    }

    private static KernelStep OfSample(IReadOnlyList<Joined> layers, LossSpec? loss, Argument x, Argument parameters, Argument y)
    {
        bool endsInSoftmax = loss?.OutputKernel == nameof(Softmax);
        string[] names = layers.Count == 2 ? ["activation", "last"] : ["first", "second", "last"];
        ActivationFunction[] functions = [.. layers.Take(endsInSoftmax ? layers.Count - 1 : layers.Count).Select(static layer => layer.Function)];
        Argument[] arguments = [x, parameters, .. functions.Select((function, i) => (Argument)(names[i], function.Instance)), y];

        string kernel = endsInSoftmax ? "DenseTailSample.ForwardSoftmax" : "DenseTailSample.Forward";

        return KernelStep.Of(kernel, Sizes([.. layers.Select(static layer => layer.Dense)]), arguments) with
        {
            Types = new([.. functions.Select(static function => function.Type)]),
        };
    }

    /// <summary>
    /// The dense layers of some stages, each with all that is done to its outputs, one function at most; <see langword="null"/> where there is more to do.
    /// What changes nothing in a prediction is left out. What makes probabilities of logits counts as the last function.
    /// </summary>
    private static List<Joined>? LayersOf(IReadOnlyList<StageSpec> stages, LossSpec? loss)
    {
        List<Joined> layers = [];

        foreach (StageSpec stage in stages)
        {
            if (stage is Dense { Positions: 1 } dense)
            {
                layers.Add(new Joined(dense, dense.Function));
            }
            else if (stage is Activation activation && layers.Count > 0 && layers[layers.Count - 1].Function.IsIdentity)
            {
                layers[layers.Count - 1] = layers[layers.Count - 1] with { Function = activation.Function };
            }
            else if (!stage.PassesOn && !stage.IsAlias)
            {
                return null;
            }
        }

        if (loss?.OutputKernel is { } kernel && layers.Count > 0)
        {
            Joined last = layers[layers.Count - 1];

            if (!last.Function.IsIdentity)
            {
                return null;
            }

            layers[layers.Count - 1] = last with { Function = last.Function with { Name = kernel } };
        }

        return layers;
    }

    private static bool AreHiddenAndNarrow(IReadOnlyList<Dense> layers) =>
        layers.Take(layers.Count - 1).All(static layer => layer.IsHidden) && layers[layers.Count - 1].EndsTail;

    /// <summary>The activation between the two layers, which is in the first.</summary>
    private static ActivationFunction Between(IReadOnlyList<StageSpec> stages) => ((Dense)stages[0]).Function;

    /// <summary>The dropout between the two layers; <see langword="null"/> where there is none.</summary>
    private static Dropout? DropoutOf(IReadOnlyList<StageSpec> stages) => stages[1] as Dropout;

    /// <summary>What the names of kernels for training end with.</summary>
    private static string WithDropout(IReadOnlyList<StageSpec> stages) => DropoutOf(stages) is null ? "" : nameof(Dropout);

    /// <summary>What the gradients go back through between the two layers.</summary>
    private static string Back(IReadOnlyList<StageSpec> stages) =>
        string.Join(" and ", stages.Take(stages.Count - 1).Reverse().Select(static stage => stage.OutputName));

    /// <summary>What is kept between the two layers for the way back; derivatives only where the activation's outputs do not tell them.</summary>
    private static Argument[] Kept(IReadOnlyList<StageSpec> stages)
    {
        bool hasDropout = DropoutOf(stages) is not null;

        return
        [
            .. hasDropout ? new Argument[] { ("scales", Operand.Kept(Dropout.ScalesBlock, ahead: 1)) } : [],
            ("derivatives", Between(stages).KeepsDerivative ? Operand.Kept(ActivationFunction.Derivatives) : Operand.Text("default")),
            ("h", Operand.Output),
            .. hasDropout ? new Argument[] { ("dropped", Operand.Output with { Ahead = 1 }) } : [],
        ];
    }

    private static KernelStep WithActivation(IReadOnlyList<StageSpec> stages, KernelStep kernel) => kernel with { Types = new([Between(stages).Type]) };

    private static int[] DenseSizes(IReadOnlyList<StageSpec> stages) => [stages[0].Inputs, stages[0].Outputs, stages[stages.Count - 1].Outputs];

    /// <summary>The part of a block that holds the parameters of all the layers.</summary>
    private static Argument Parameters(IReadOnlyList<StageSpec> stages) => ("parameters", Operand.ParameterRange(Start(stages), Length(stages)));

    private static int Start(IReadOnlyList<StageSpec> stages) => stages[0].Tensor(Dense.Weights).Offset;

    private static int Length(IReadOnlyList<StageSpec> stages) =>
        stages.Last(static stage => stage is Dense).Tensor(Dense.Biases) is var last ? last.Offset + (int)last.Length - Start(stages) : 0;

    private static int[] Sizes(IReadOnlyList<StageSpec> stages) => [.. stages.Select(static stage => stage.Inputs), stages[stages.Count - 1].Outputs];

    /// <summary>A layer with what is done to its outputs.</summary>
    private sealed record Joined(Dense Dense, ActivationFunction Function);
}
