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
/// <param name="Inputs">The rows of its weights.</param>
/// <param name="Outputs">The neurons: the columns of its weights.</param>
/// <param name="Activation">The activation fused into it.</param>
/// <param name="WeightInitializer">How the weights are drawn; never <see cref="WeightInitializer.Auto"/>.</param>
/// <param name="WeightPenalty">What its weights add to the loss.</param>
/// <param name="BiasPenalty">What its biases add to the loss.</param>
internal sealed record Dense(
    string Name,
    string FieldName,
    EquatableArray<int> Sources,
    string StoredAs,
    int Inputs,
    int Outputs,
    FusedActivation? Activation,
    WeightInitializer WeightInitializer,
    PenaltySpec WeightPenalty,
    PenaltySpec BiasPenalty) : StageSpec(Name, FieldName, Sources, Inputs, Outputs)
{
    public const string Weights = "Weights";
    public const string Biases = "Biases";

    public static Layer Kind => new(nameof(Dense), Read)
    {
        TakesActivation = true,
        TakesLanes = static _ => true,
        SizeArgument = NeuronsParameter,
    };

    private const string InputsParameter = "inputs";
    private const string NeuronsParameter = "neurons";
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
        new(Weights, Shape.Of(Inputs, Outputs), Strides, (long)(IsByNeuron ? Outputs : Inputs) * RowStride, OffsetOf(0))
        {
            Initializer = $"{WeightInitializer}",
            Penalty = WeightPenalty,
        },
        TensorSpec.Vector(Biases, Outputs, IsByNeuron ? MatrixLayout.RowStride(Outputs) : RowStride, OffsetOf(1)) with { Penalty = BiasPenalty },
    ];

    public override bool WritesWholeVectors => true;

    public override string? MaskName => Activation is { Function.JoinsProduct: true } activation ? activation.Name : null;

    public override bool TakesMask => true;

    public override bool TakesScales => Activation is null;

    public override bool TakesDotProducts => IsByNeuron;

    public override long ProductFlops => 2L * Inputs * Outputs;

    public override IReadOnlyList<int> KernelSizes => [Inputs, Outputs];

    public override long? Flops => ProductFlops + Outputs + ((Activation?.Function.Flops ?? 0) * Outputs);

    public override string ShapeText => $"{Inputs} → {Outputs}";

    public override string ParametersType => "DenseParameters";

    public override string StageType => "DenseStage";

    public override IReadOnlyList<string> ParametersSummary
    {
        get
        {
            string[] terms = [.. Terms(WeightPenalty, "W"), .. Terms(BiasPenalty, "b")];
            string summary = $"{Formula}: {Inputs} → {Outputs}. Weights W [{Inputs}, {Outputs}] start from {Distribution}, biases b [{Outputs}] from 0.";

            return terms.Length == 0 ? [summary] : [summary, $"They add to the loss: {string.Join(", ", terms)}."];
        }
    }

    public override string GradientsSummary => $"the weights [{Inputs}, {Outputs}] and biases [{Outputs}] of {Name}";

    /// <summary>Whether it can be the last of layers that are one kernel, apart from its size.</summary>
    public bool EndsTail => IsByNeuron && MaskName is null;

    /// <summary>Whether it can be one of layers that are one kernel, before the last.</summary>
    public bool IsHidden => !IsByNeuron && MaskName is not null && Outputs >= KernelLimits.LeastTailHidden;

    /// <summary>The distance between the rows of the weights as they lie; of a layer that no array could hold, which has an error, the least.</summary>
    private int RowStride => Math.Max(Inputs, Outputs) > KernelLimits.MostFloats ? 4 : MatrixLayout.RowStride(IsByNeuron ? Inputs : Outputs);

    private long TransposedLength => (long)Outputs * MatrixLayout.RowStride(Inputs);

    private EquatableArray<int> Strides => new(IsByNeuron ? [1, RowStride] : [RowStride, 1]);

    private string StrideArguments => $"inputStride: {Strides[0]}, neuronStride: {Strides[1]}";

    private string Formula => Activation switch
    {
        null => "y = x·W + b",
        { Function.JoinsProduct: true } => $"y = max(0, x·W + b), with {Activation.Name}",
        _ => $"x·W + b, then {Activation.Name}",
    };

    private string Distribution => WeightInitializer switch
    {
        WeightInitializer.HeNormal => "N(0, 2 / inputs)",
        WeightInitializer.GlorotUniform => "U(−l, l), l = √(6 / (inputs + neurons))",
        _ => "0.01 · N(0, 1)",
    };

    private static Argument[] WeightArguments => [("w", Operand.Tensor(Weights)), ("transposed", Operand.Kept(TransposedBlock))];

    private static Argument GradientBlock => ("dy", Operand.OutputGradient.AsBlock);

    private string Layout => $"global::Nnfs.{(IsByNeuron ? "ByNeuron" : "ByInput")}";

    public override StageSpec InLanes(bool isFirst) => this with { IsByNeuron = !isFirst && Outputs <= MostNeuronsByNeuron && Inputs >= LeastInputsByNeuron };

    public override StageSpec WithFolded(StageSpec scale, StageSpec? activation) =>
        this with { FoldedName = scale.Name, Activation = activation is Activation joined ? new FusedActivation(joined.Name, joined.Function) : null };

    public override IReadOnlyList<BlockSpec> Kept(bool isInLanes) => isInLanes ? [] :
    [
        new BlockSpec(TransposedBlock, $"Room for the transposed weights of {Name}.", PerSample: 0, (int)Math.Min(int.MaxValue, TransposedLength))
        {
            IsRoom = true,
        },
    ];

    public override (long Length, string Of)? SizeFault(long count, long length, int most)
    {
        if (Inputs > most || Outputs > most)
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
        string exactly = biases.Length == Outputs ? "" : $".Slice(0, {Outputs})";

        return $"new({span(Tensor(Weights))}, {span(biases)}{exactly}, inputs: {Inputs}, {StrideArguments})";
    }

    public override IEnumerable<string> Describe(string sources)
    {
        yield return $"global::Nnfs.LayerInfo.Dense(\"{Name}\", \"{StoredAs}\", inputs: {Inputs}, neurons: {Outputs}, " +
            $"weights: {Tensor(Weights).Offset}, {StrideArguments}, biases: {Tensor(Biases).Offset}{LayerFacts.SourcesArgument(sources)}),";

        if (Activation is { } fused)
        {
            yield return LayerFacts.Plain(fused.Name, fused.Function.Name, Outputs, Outputs, setting: fused.Function.Setting);
        }
    }

    public override string Comment(StageContext context)
    {
        string then = MaskName is { } mask ? $", then {mask}" : "";

        return FoldedName is not null ? $"{Name} with {FoldedName} folded into it: {Product("samples")}{then}."
            : context.IsSample ? $"{Name}: [{Inputs}] · [{Inputs} × {Outputs}] + [{Outputs}]{then}."
            : context.IsInLanes ? $"{Name}, {KernelLimits.LaneGroup} samples per vector: [{Outputs} × {Inputs}] · [{Inputs} × samples] + [{Outputs}]{then}."
            : $"{Name}: {Product("samples")}{then}.";
    }

    public override IEnumerable<Step> Forward(StageContext context)
    {
        string method = MaskName is null ? "Forward" : "ForwardReLU";
        Argument[] arguments = [("x", Operand.Value()), ("w", Operand.Tensor(Weights)), ("b", Operand.Tensor(Biases)), ("y", Operand.Output)];

        yield return context.IsSample ? InLayout($"DenseSample.{method}", arguments)
            : context.IsInLanes ? InLayout($"DenseLanes.{method}", [.. arguments, Operand.Stride, Operand.Samples])
            : KernelStep.Of($"Dense.{method}", [Inputs, Outputs], [.. arguments, Operand.Samples]);

        foreach (Step step in Activation?.ForwardInPlace(Outputs) ?? [])
        {
            yield return step;
        }
    }

    public override IEnumerable<Step> PrepareBackward(StageContext context) => context.IsPlain ? [] :
    [
        new NoteStep($"{Name}: the weights change from [{Inputs} × {Outputs}] to [{Outputs} × {Inputs}]."),
        KernelStep.Of("Dense.Transpose", [Inputs, Outputs], ("w", Operand.Tensor(Weights)), ("transposed", Operand.Kept(TransposedBlock))),
    ];

    public override IEnumerable<Step> BackwardWithin(StageContext context) => Activation?.BackwardInPlace() ?? [];

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
                new NoteStep($"{Name}, inputs: [samples × {Outputs}] · [{Outputs} × {Inputs}]."),
                KernelStep.Of("DensePlain.BackwardInputs", [Inputs, Outputs], [.. WeightArguments, GradientBlock, dx, Operand.Samples]),
            ];
        }

        if (context.IsInLanes)
        {
            Argument[] masked = mask is null ? [] : [("x", Operand.Value())];

            return
            [
                new NoteStep($"{Name}, inputs: [{Inputs} × {Outputs}] · [{Outputs} × samples]{then}."),
                InLayout($"DenseLanes.{method}", [dy, ("w", Operand.Tensor(Weights)), .. masked, dx, Operand.Stride, Operand.Samples]),
            ];
        }

        Argument[] maskedInRows = mask is null ? [] : [("x", Operand.Value().AsBlock), Operand.Start];

        return
        [
            new NoteStep($"{Name}, inputs: [samples × {Outputs}] · [{Outputs} × {Inputs}]{then}."),
            KernelStep.Of($"Dense.{method}", [Inputs, Outputs], [dy, ("transposed", Operand.Kept(TransposedBlock)), .. maskedInRows, dx, Operand.Samples]),
        ];
    }

    public override IEnumerable<Step> BackwardParameters(StageContext context)
    {
        Argument x = ("x", Operand.Value());
        Argument[] sums = [("dw", Operand.TensorGradient(Weights)), ("db", Operand.TensorGradient(Biases))];

        yield return ParametersNote;

        if (context.IsPlain)
        {
            yield return KernelStep.Of("DensePlain.BackwardParameters", [Inputs, Outputs], [x, GradientBlock, .. sums, Operand.Samples]);
            yield break;
        }

        if (!context.IsInLanes)
        {
            yield return new SharedStep(
                KernelStep.Of(
                    "Dense.BackwardParameters",
                    [Inputs, Outputs],
                    [x, ("dy", Operand.OutputGradient.AsBlock), .. sums, Operand.Samples, Operand.Start, Operand.Count]),
                Inputs,
                FlopsPerRow: 2L * Outputs);

            yield break;
        }

        // This few neurons are the work of one thread.
        bool isShared = Outputs > NeuronUnit;
        Argument[] rows = isShared ? [Operand.Start, Operand.Count] : [("start", Operand.Number(0L)), ("count", Operand.Number((long)Outputs))];
        KernelStep kernel = InLayout(
            "DenseLanes.BackwardParameters",
            [x, ("dy", Operand.OutputGradient), .. sums, Operand.Stride, Operand.Samples, .. rows]);

        yield return isShared ? new SharedStep(kernel, Outputs, FlopsPerRow: 2L * Inputs) { Unit = NeuronUnit } : kernel;
    }

    public override IEnumerable<Step> BackwardAtOnce(StageContext context) =>
    [
        new NoteStep($"""
            {ParametersNote.Text}
            {Name}, inputs: [samples × {Outputs}] · [{Outputs} × {Inputs}].
            """),
        KernelStep.Of(
            "DensePlain.Backward",
            [Inputs, Outputs],
            [
                ("x", Operand.Value()),
                .. WeightArguments,
                GradientBlock,
                ("dw", Operand.TensorGradient(Weights)),
                ("db", Operand.TensorGradient(Biases)),
                ("dx", Operand.ValueGradient()),
                Operand.Samples,
            ]),
    ];

    public override KernelTail? TailOfSample(IReadOnlyList<StageSpec> rest) => DenseTail.OfSample(rest);

    public override KernelTail? TailOfTile(IReadOnlyList<StageSpec> rest) => DenseTail.OfTile(rest);

    /// <summary>What the gradients of the parameters are.</summary>
    internal NoteStep ParametersNote => new($"{Name}, parameters: weights [{Inputs} × samples] · [samples × {Outputs}], biases the sum over samples.");

    private static Dense Read(LayerReading layer)
    {
        Value source = layer.Values[0];
        int? stated = layer.PositiveSize(InputsParameter, "input");
        int? neurons = layer.PositiveSize(NeuronsParameter, "neuron");

        if (stated is { } inputs && source.Size is { } size && inputs != size)
        {
            layer.Report(
                DiagnosticDescriptors.InputsDisagree,
                layer.ArgumentLocation(InputsParameter),
                layer.LocationOf(source.Attribute),
                ImmutableDictionary<string, string?>.Empty.Add(DiagnosticProperties.ArrivingInputs, $"{size}"),
                layer.Name,
                Wording.Count(inputs, "input"),
                source.Description,
                size);
        }

        if (layer.Declaration.Size(NeuronsParameter) is null)
        {
            layer.NoteCompilerError();
        }

        layer.GivenShape = neurons is { } given ? Shape.Of(given) : null;
        FusedActivation? activation = FusedActivation.Of(layer);

        return new Dense(
            layer.Name,
            layer.FieldName,
            layer.Sources,
            layer.StoredAs,
            stated ?? source.Size ?? 1,
            neurons ?? 1,
            activation,
            InitializerOf(layer, activation),
            Penalty(layer, "WeightL1", "WeightL2"),
            Penalty(layer, "BiasL1", "BiasL2"));
    }

    private static PenaltySpec Penalty(LayerReading layer, string l1, string l2) =>
        new(layer.NotNegative(layer.Property(l1, l1, missing: 0f)), layer.NotNegative(layer.Property(l2, l2, missing: 0f)));

    /// <summary>The layer's initializer or the network's; where neither states one, the one for the activation after the layer.</summary>
    private static WeightInitializer InitializerOf(LayerReading layer, FusedActivation? activation)
    {
        WeightInitializer own = layer.Declaration.Attribute.WeightInitializer();
        WeightInitializer stated = own != WeightInitializer.Auto ? own : layer.DefaultInitializer;

        return stated != WeightInitializer.Auto ? stated
            : activation is { Function.IsRectifier: true } ? WeightInitializer.HeNormal : WeightInitializer.GlorotUniform;
    }

    private static IEnumerable<string> Terms(PenaltySpec penalty, string symbol)
    {
        (float Factor, string Sum)[] terms = [(penalty.L1, $"Σ|{symbol}|"), (penalty.L2, $"Σ{symbol}²")];

        return terms.Where(static term => term.Factor > 0).Select(static term => $"{Wording.Plain(term.Factor)} · {term.Sum}");
    }

    private string Product(string samples) => $"[{samples} × {Inputs}] · [{Inputs} × {Outputs}] + [{Outputs}]";

    private KernelStep InLayout(string kernel, Argument[] arguments) => KernelStep.Of(kernel, [Inputs, Outputs], arguments) with { Layout = Layout };
}
