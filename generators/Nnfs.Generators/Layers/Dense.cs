using System.Collections.Immutable;
using Nnfs.Generators.Diagnostics;
using Nnfs.Generators.Models;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators.Layers;

/// <summary>A dense layer, together with the activation directly after it.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="FieldName">The stem of the fields that hold its outputs.</param>
/// <param name="Sources">What it reads.</param>
/// <param name="StoredAs">What the names of its tensors begin with in files.</param>
/// <param name="Features">The rows of its weights: what it takes of a sample, or of each of its steps or pixels.</param>
/// <param name="Neurons">The columns of its weights.</param>
/// <param name="Positions">How many rows a sample is to it: 1, or its steps or pixels where each is taken for itself.</param>
/// <param name="Activation">The activation fused into it.</param>
/// <param name="Settings">How its weights and biases begin, and what they add to the loss.</param>
internal sealed record Dense(
    string Name,
    string FieldName,
    EquatableArray<int> Sources,
    string StoredAs,
    int Features,
    int Neurons,
    int Positions,
    FusedActivation? Activation,
    WeightSettings Settings) : StageSpec(Name, FieldName, Sources, Features * Positions, Neurons * Positions)
{
    public const string Weights = "Weights";
    public const string Biases = "Biases";

    public static Layer Kind => new(nameof(Dense), Read)
    {
        TakesActivation = true,
        SizeArgument = NeuronsParameter,
    };

    private const string InputsParameter = "inputs";
    private const string NeuronsParameter = "neurons";
    private const string EachStepProperty = "EachStep";
    private const string TransposedBlock = "Transposed";

    /// <summary>With few enough neurons and enough inputs, the weights in lanes lie by neuron, for dot products along the inputs of a single sample.</summary>
    private const int MostNeuronsByNeuron = 8;
    private const int LeastInputsByNeuron = 16;

    /// <summary>How many neurons in lanes a thread takes at least: a line of the cache of their gradients.</summary>
    internal const int NeuronUnit = KernelLimits.FloatsPerLine;

    /// <summary>Whether the weights lie neuron after neuron, transposed, rather than input after input.</summary>
    public bool IsByNeuron { get; init; }

    /// <summary>The batch normalisation that is folded into it.</summary>
    public string? FoldedName { get; init; }

    public override string OutputName => Activation?.Name ?? Name;

    public override IReadOnlyList<TensorSpec> Tensors =>
    [
        new(Weights, Shape.Of(Features, Neurons), Strides, (long)(IsByNeuron ? Neurons : Features) * RowStride, OffsetOf(0))
        {
            Initializer = $"{Settings.Initializer}",
            Penalty = Settings.Weights,
        },
        TensorSpec.Vector(Biases, Neurons, IsByNeuron ? MatrixLayout.RowStride(Neurons) : RowStride, OffsetOf(1)) with { Penalty = Settings.Biases },
    ];

    public override StageSpec? OfStep => EachStep(this with { Positions = 1 });

    public override string StreamObstacle => $"takes all steps at once: set {EachStepProperty} = true";

    public override bool WritesWholeVectors => Positions == 1;

    public override ValueRange Range => Activation?.Function.Range ?? ValueRange.Any;

    public override string? MaskName => Activation is { Function.JoinsProduct: true } activation ? activation.Name : null;

    public override bool TakesLanes => Positions == 1;

    public override bool TakesMask => true;

    public override bool TakesScales => Activation is null;

    public override bool TakesDotProducts => IsByNeuron;

    public override long ProductFlops => 2L * Features * Outputs;

    public override IReadOnlyList<int> KernelSizes => [Features, Neurons];

    public override long? Flops => ProductFlops + Outputs + ((Activation?.Function.Flops ?? 0) * Outputs);

    public override string ShapeText => $"{InputShape} → {Shape}";

    public override string ParametersType => "DenseParameters";

    public override string StageType => "DenseStage";

    public override IReadOnlyList<string> ParametersSummary => Settings.Summary(
        $"{Formula}: {Features} → {Neurons}{Wording.AtEach(Positions)}", $"W [{Features}, {Neurons}]", $"b [{Neurons}]", "neurons");

    public override string GradientsSummary => $"the weights [{Features}, {Neurons}] and biases [{Neurons}] of {Name}";

    /// <summary>What is done to its products before they are stored, apart from the pass: nothing, or the activation fused into it.</summary>
    public ActivationFunction Function => Activation?.Function ?? Activations.Linear;

    /// <summary>Whether it can be the last of layers that are one kernel, apart from its activation.</summary>
    public bool EndsTail => IsByNeuron && Neurons <= KernelLimits.MostTailNeurons;

    /// <summary>Whether it can be one of layers that are one kernel, before the last, apart from its activation.</summary>
    public bool IsHidden => !IsByNeuron && Neurons >= KernelLimits.LeastTailHidden;

    /// <summary>The distance between the rows of the weights as they lie; of a layer that no array could hold, which has an error, the least.</summary>
    private int RowStride => Math.Max(Features, Neurons) > KernelLimits.MostFloats ? 4 : MatrixLayout.RowStride(IsByNeuron ? Features : Neurons);

    private long TransposedLength => (long)Neurons * MatrixLayout.RowStride(Features);

    private EquatableArray<int> Strides => new(IsByNeuron ? [1, RowStride] : [RowStride, 1]);

    private string StrideArguments => $"inputStride: {Strides[0]}, neuronStride: {Strides[1]}";

    private string Formula => Activation switch
    {
        null => "y = x·W + b",
        { Function.JoinsProduct: true } => $"y = max(0, x·W + b), with {Activation.Name}",
        _ => $"x·W + b, then {Activation.Name}",
    };

    private static Argument[] WeightArguments => [("w", Operand.Tensor(Weights)), ("transposed", Operand.Kept(TransposedBlock))];

    private static Argument GradientBlock => ("dy", Operand.OutputGradient.AsBlock);

    /// <summary>The number of rows, in comments.</summary>
    private string Rows => Positions == 1 ? "samples" : $"(samples · {Positions})";

    private string Layout => $"global::Nnfs.{(IsByNeuron ? "ByNeuron" : "ByInput")}";

    public override StageSpec InLanes(bool readsInput) =>
        this with { IsByNeuron = !readsInput && Neurons <= MostNeuronsByNeuron && Features >= LeastInputsByNeuron };

    public override StageSpec WithFolded(StageSpec scale, StageSpec? activation) =>
        this with { FoldedName = scale.Name, Activation = activation is Activation joined ? new FusedActivation(joined.Name, joined.Function) : null };

    public override IReadOnlyList<BlockSpec> Kept(bool isInLanes) => isInLanes ? Activation?.Kept(Outputs) ?? [] :
    [
        .. Activation?.Kept(Outputs) ?? [],
        new BlockSpec(TransposedBlock, $"Room for the transposed weights of {Name}.", PerSample: 0, (int)Math.Min(int.MaxValue, TransposedLength))
        {
            IsRoom = true,
        },
    ];

    public override (long Length, string Of)? SizeFault(long count, long length, int most)
    {
        if (Features > most || Neurons > most)
        {
            return (count + ParameterCount, "parameters");
        }

        return TransposedLength > most && TransposedLength > length
            ? (TransposedLength, "weights with the padding of their transpose")
            : base.SizeFault(count, length, most);
    }

    public override string View(Func<TensorSpec, string> span, bool isOfGradients)
    {
        TensorSpec biases = Tensor(Biases);
        string exactly = biases.Length == Neurons ? "" : $".Slice(0, {Neurons})";

        return $"new({span(Tensor(Weights))}, {span(biases)}{exactly}, inputs: {Features}, {StrideArguments})";
    }

    public override IEnumerable<string> Describe(string sources)
    {
        yield return $"global::Nnfs.LayerInfo.Dense(\"{Name}\", \"{StoredAs}\", inputs: {Features}, neurons: {Neurons}, " +
            $"weights: {Tensor(Weights).Offset}, {StrideArguments}, biases: {Tensor(Biases).Offset}" +
            $"{LayerFacts.ShapeArguments(InputShape, Shape)}{LayerFacts.SourcesArgument(sources)}),";

        if (Activation is { } fused)
        {
            yield return LayerFacts.Plain(fused.Name, fused.Function.Name, Shape, Shape, setting: fused.Function.Setting);
        }
    }

    public override string Comment(StageContext context)
    {
        FusedActivation? joined = MaskName is null && !IsOneSample(context) ? null : Activation;
        string then = joined is { Function.IsIdentity: false } ? $", then {joined.Name}" : "";

        return FoldedName is not null ? $"{Name} with {FoldedName} folded into it: {Product}{then}."
            : context.IsSample ? $"{Name}: [{(Positions == 1 ? "" : $"{Positions} × ")}{Features}] · [{Features} × {Neurons}] + [{Neurons}]{then}."
            : context.IsInLanes ? $"{Name}, {KernelLimits.LaneGroup} samples per vector: [{Neurons} × {Features}] · [{Features} × samples] + [{Neurons}]{then}."
            : $"{Name}: {Product}{then}.";
    }

    public override IEnumerable<Step> Forward(StageContext context)
    {
        Argument[] arguments = [("x", Operand.Value()), ("w", Operand.Tensor(Weights)), ("b", Operand.Tensor(Biases)), ("y", Operand.Output)];

        if (IsOneSample(context))
        {
            KernelStep kernel = InLayout("DenseSample.Forward", [.. arguments.Take(3), ("activation", Function.Instance), arguments[3]]);
            yield return kernel with { Types = new([Layout, Function.Type]) };
            yield break;
        }

        string method = MaskName is null ? "Forward" : "ForwardReLU";

        yield return context.IsInLanes ? InLayout($"DenseLanes.{method}", [.. arguments, Operand.Stride, Operand.Samples])
            : KernelStep.Of($"Dense.{method}", [Features, Neurons], [.. arguments, Operand.Rows(Positions)]);

        foreach (Step step in Activation?.ForwardInPlace(context, Outputs) ?? [])
        {
            yield return step;
        }
    }

    public override IEnumerable<Step> PrepareBackward(StageContext context) => context.IsPlain ? [] :
    [
        new NoteStep($"{Name}: the weights transposed, from [{Features} × {Neurons}] to [{Neurons} × {Features}]."),
        new SharedStep(
            KernelStep.Of("Dense.Transpose", [Features, Neurons], [.. WeightArguments, Operand.Start, Operand.Count]),
            Neurons,
            FlopsPerRow: KernelLimits.FlopsPerMove * Features)
        {
            Unit = NeuronUnit,
            IsOverSamples = false,
        },
    ];

    public override IEnumerable<Step> BackwardWithin(StageContext context) => Activation?.BackwardInPlace(context, Outputs) ?? [];

    public override IEnumerable<Step> Backward(StageContext context, int slot, bool isFirst)
    {
        string? mask = context.MaskOf(slot);
        string method = mask is null ? "BackwardInputs" : "BackwardInputsReLU";
        string then = mask is null ? "" : $", then back through {mask}";
        Argument dy = ("dy", Operand.OutputGradient);
        Argument dx = ("dx", Operand.ValueGradient());

        if (context.IsPlain)
        {
            return
            [
                InputsNote(then: ""),
                KernelStep.Of("DensePlain.BackwardInputs", [Features, Neurons], [.. WeightArguments, GradientBlock, dx, Operand.Rows(Positions)]),
            ];
        }

        if (context.IsInLanes)
        {
            Argument[] masked = mask is null ? [] : [("x", Operand.Value())];

            return
            [
                new NoteStep($"{Name}, inputs: [{Features} × {Neurons}] · [{Neurons} × samples]{then}."),
                InLayout($"DenseLanes.{method}", [dy, ("w", Operand.Tensor(Weights)), .. masked, dx, Operand.Stride, Operand.Samples]),
            ];
        }

        Argument[] maskedInRows = mask is null ? [] : [("x", Operand.Value().AsBlock), Operand.FirstRow(Positions)];

        return
        [
            InputsNote(then),
            KernelStep.Of(
                $"Dense.{method}",
                [Features, Neurons],
                [dy, ("transposed", Operand.Kept(TransposedBlock)), .. maskedInRows, dx, Operand.Rows(Positions)]),
        ];
    }

    public override IEnumerable<Step> BackwardParameters(StageContext context)
    {
        Argument x = ("x", Operand.Value());
        Argument[] sums = [("dw", Operand.TensorGradient(Weights)), ("db", Operand.TensorGradient(Biases))];

        yield return ParametersNote;

        if (context.IsPlain)
        {
            yield return KernelStep.Of("DensePlain.BackwardParameters", [Features, Neurons], [x, GradientBlock, .. sums, Operand.Rows(Positions)]);
            yield break;
        }

        if (!context.IsInLanes)
        {
            yield return new SharedStep(
                KernelStep.Of(
                    "Dense.BackwardParameters",
                    [Features, Neurons],
                    [
                        x,
                        ("dy", Operand.OutputGradient.AsBlock),
                        ("first", Operand.FirstRow(Positions)),
                        .. sums,
                        Operand.Rows(Positions),
                        Operand.Start,
                        Operand.Count,
                        ("adds", Operand.Adds),
                    ]),
                Features,
                FlopsPerRow: 2L * Outputs);

            yield break;
        }

        // This few neurons are the work of one thread.
        bool isShared = Neurons > NeuronUnit;
        Argument[] rows = isShared ? [Operand.Start, Operand.Count] : [("start", Operand.Number(0L)), ("count", Operand.Number((long)Neurons))];
        KernelStep kernel = InLayout(
            "DenseLanes.BackwardParameters",
            [x, ("dy", Operand.OutputGradient), .. sums, Operand.Stride, Operand.Samples, .. rows, ("adds", Operand.Adds)]);

        yield return isShared ? new SharedStep(kernel, Neurons, FlopsPerRow: 2L * Features) { Unit = NeuronUnit } : kernel;
    }

    public override IEnumerable<Step> BackwardAtOnce(StageContext context) =>
    [
        new NoteStep($"{ParametersNote.Text}\n{InputsNote(then: "").Text}"),
        KernelStep.Of(
            "DensePlain.Backward",
            [Features, Neurons],
            [
                ("x", Operand.Value()),
                .. WeightArguments,
                GradientBlock,
                ("dw", Operand.TensorGradient(Weights)),
                ("db", Operand.TensorGradient(Biases)),
                ("dx", Operand.ValueGradient()),
                Operand.Rows(Positions),
            ]),
    ];

    public override KernelTail? TailOfSample(IReadOnlyList<StageSpec> rest, LossSpec? loss) => DenseTail.OfSample(rest, loss);

    public override KernelTail? TailOfTile(IReadOnlyList<StageSpec> rest) => DenseTail.OfTile(rest);

    /// <summary>What the gradients of the parameters are.</summary>
    internal NoteStep ParametersNote => new($"{Name}, parameters: weights [{Features} × {Rows}] · [{Rows} × {Neurons}], " +
        $"biases the sum over {(Positions == 1 ? "samples" : "samples and positions")}.");

    /// <summary>What the gradients of the inputs are.</summary>
    private NoteStep InputsNote(string then) => new($"{Name}, inputs: [{Rows} × {Neurons}] · [{Neurons} × {Features}]{then}.");

    private static Dense Read(LayerReading layer)
    {
        Value source = layer.Values[0];
        bool takesEachStep = layer.Declaration.Attribute.NamedArgument<bool>(EachStepProperty);
        int? arriving = takesEachStep ? source.Shape?.Last : source.Size;
        int? stated = layer.PositiveSize(InputsParameter, "input");
        int? neurons = layer.PositiveSize(NeuronsParameter, "neuron");

        if (stated is { } inputs && arriving is { } size && inputs != size)
        {
            layer.Report(
                DiagnosticDescriptors.InputsDisagree,
                layer.ArgumentLocation(InputsParameter),
                layer.LocationOf(source.Attribute),
                ImmutableDictionary<string, string?>.Empty.Add(DiagnosticProperties.ArrivingInputs, $"{size}"),
                layer.Name,
                Wording.Count(inputs, "input"),
                source.Description,
                Arriving(source.Shape!, takesEachStep));
        }

        if (layer.Declaration.Attribute.AttributeConstructor is { Parameters.IsEmpty: true })
        {
            neurons = NetworkSampleReader.SizeOf(layer.Samples, layer, NeuronsParameter);
        }
        else if (layer.Declaration.Size(NeuronsParameter) is null)
        {
            layer.NoteCompilerError();
        }

        if (takesEachStep)
        {
            neurons = layer.GiveWithLast(neurons, NeuronsParameter);
        }
        else
        {
            layer.GivenShape = neurons is { } given ? Shape.Of(given) : null;
        }

        FusedActivation? activation = FusedActivation.Of(layer);

        return new Dense(
            layer.Name,
            layer.FieldName,
            layer.Sources,
            layer.StoredAs,
            (takesEachStep ? arriving ?? stated : stated ?? arriving) ?? 1,
            neurons ?? 1,
            takesEachStep ? layer.Shape.Positions : 1,
            activation,
            WeightSettings.Of(layer));
    }

    /// <summary>What the source gives, in messages: all of its values, or those of each step.</summary>
    private static string Arriving(Shape shape, bool takesEachStep) =>
        takesEachStep && shape.Rank > 1 ? $"{shape.Last} at each of {shape.Positions} positions ({shape})" : shape.ToPhrase();

    private string Product => $"[{Rows} × {Features}] · [{Features} × {Neurons}] + [{Neurons}]";

    /// <summary>Whether a kernel for one sample computes it, which takes any activation.</summary>
    private bool IsOneSample(StageContext context) => context.IsSample && Positions == 1;

    private KernelStep InLayout(string kernel, Argument[] arguments) => KernelStep.Of(kernel, [Features, Neurons], arguments) with { Types = new([Layout]) };
}
