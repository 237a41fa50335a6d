using Nnfs.Generators.Diagnostics;
using Nnfs.Generators.Models;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators.Layers;

/// <summary>A convolution of images, together with the activation directly after it.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="FieldName">The stem of the fields that hold its outputs.</param>
/// <param name="Sources">What it reads.</param>
/// <param name="StoredAs">What the names of its tensors begin with in files.</param>
/// <param name="Image">The window that it moves over the image.</param>
/// <param name="Filters">The channels that it gives.</param>
/// <param name="Groups">Into how many groups the channels and the filters are divided.</param>
/// <param name="HasBiases">Whether a bias is added to each filter.</param>
/// <param name="Activation">The activation fused into it.</param>
/// <param name="Settings">How its weights and biases begin, and what they add to the loss.</param>
internal sealed record Conv2D(
    string Name,
    string FieldName,
    EquatableArray<int> Sources,
    string StoredAs,
    ImageWindow Image,
    int Filters,
    int Groups,
    bool HasBiases,
    FusedActivation? Activation,
    WeightSettings Settings) : StageSpec(Name, FieldName, Sources, Image.Inputs, Filters * Image.Places)
{
    public static Layer Kind => new(nameof(Conv2D), Read)
    {
        TakesActivation = true,
        SizeArgument = FiltersParameter,
    };

    private const string FiltersParameter = "filters";
    private const string GroupsProperty = "Groups";
    private const string TransposedBlock = "Transposed";

    /// <summary>The batch normalisation that is folded into it.</summary>
    public string? FoldedName { get; init; }

    public override string OutputName => Activation?.Name ?? Name;

    public override string? Window => Image.Constructor;

    public override IReadOnlyList<TensorSpec> Tensors => HasBiases ? ScaledTensors : [WeightTensor];

    public override IReadOnlyList<TensorSpec> ScaledTensors =>
        [WeightTensor, TensorSpec.Vector(Dense.Biases, Filters, RowStride, OffsetOf(1)) with { Penalty = Settings.Biases }];

    public override IReadOnlyList<int> ScaledSizes => [Rows, Filters];

    public override ValueRange Range => Activation?.Function.Range ?? ValueRange.Any;

    public override string? MaskName => Activation is { Function.JoinsProduct: true } activation ? activation.Name : null;

    public override bool TakesMask => true;

    public override bool TakesScales => Activation is null;

    public override long ProductFlops => 2L * Rows * Outputs;

    public override long? Flops => ProductFlops + (HasBiases ? Outputs : 0) + ((Activation?.Function.Flops ?? 0) * Outputs);

    public override string ShapeText => $"{InputShape} → {Shape}";

    public override string ParametersType => "ConvolutionParameters";

    public override string StageType => "ConvolutionStage";

    public override IReadOnlyList<string> ParametersSummary => Settings.Summary(
        $"{Formula} over {WindowTitle}: {InputShape} → {Shape}",
        $"W [{WeightShape}]",
        HasBiases ? $"b [{Filters}]" : null,
        "outputs");

    public override string GradientsSummary => $"the weights [{WeightShape}]{(HasBiases ? $" and biases [{Filters}]" : "")} of {Name}";

    /// <summary>The channels that a filter takes.</summary>
    private int Channels => Image.Channels / Groups;

    /// <summary>The rows of the weights: what a filter takes at a place.</summary>
    private int Rows => Image.Taps * Channels;

    /// <summary>The distance between the rows of the weights; of a layer that no array could hold, which has an error, the least.</summary>
    private int RowStride => Filters > KernelLimits.MostFloats ? 4 : MatrixLayout.RowStride(Filters);

    private TensorSpec WeightTensor => new(
        Dense.Weights,
        Models.Shape.Of(Image.KernelHeight, Image.KernelWidth, Channels, Filters),
        new([Image.KernelWidth * Channels * RowStride, Channels * RowStride, RowStride, 1]),
        (long)Rows * RowStride,
        OffsetOf(0))
    {
        Initializer = $"{Settings.Initializer}",
        Penalty = Settings.Weights,
    };

    private string WeightShape => $"{Image.KernelHeight}, {Image.KernelWidth}, {Channels}, {Filters}";

    private long TransposedLength => ConvolutionLayout.TransposedLength(Image.KernelHeight, Image.KernelWidth, Image.Channels, Filters, Groups);

    private string Formula => Activation switch
    {
        null => Sum,
        { Function.JoinsProduct: true } => $"max(0, {Sum}), with {Activation.Name}",
        _ => $"{Sum}, then {Activation.Name}",
    };

    private string Sum => HasBiases ? "Σ x·W + b" : "Σ x·W";

    private string WindowTitle => $"windows of {Image.KernelHeight} × {Image.KernelWidth} pixels{(Groups == 1 ? "" : $" in {Groups} groups of channels")}";

    private Argument[] Settled => [Operand.Window, ("filters", Operand.Number((long)Filters)), ("groups", Operand.Number((long)Groups))];

    private Argument Biases => ("b", HasBiases ? Operand.Tensor(Dense.Biases) : Operand.Text("default"));

    public override long ThreadScratch => ConvolutionLayout.ScratchLength(
        Image.Height, Image.Width, Image.Channels, Image.KernelHeight, Image.KernelWidth, Image.Stride, Image.Dilation, Image.IsSame, Filters);

    public override StageSpec WithFolded(StageSpec scale, StageSpec? activation) => this with
    {
        FoldedName = scale.Name,
        HasBiases = true,
        Activation = activation is Activation joined ? new FusedActivation(joined.Name, joined.Function) : null,
    };

    public override IReadOnlyList<BlockSpec> Kept(bool isInLanes) =>
    [
        .. Activation?.Kept(Outputs) ?? [],
        new BlockSpec(TransposedBlock, $"Room for the transposed weights of {Name}.", PerSample: 0, (int)Math.Min(int.MaxValue, TransposedLength))
        {
            IsRoom = true,
        },
    ];

    public override (long Length, string Of)? SizeFault(long count, long length, int most)
    {
        if ((long)Rows * Filters > most)
        {
            return (count + ParameterCount, "parameters");
        }

        return TransposedLength > most && TransposedLength > length
            ? (TransposedLength, "weights with the padding of their transpose")
            : base.SizeFault(count, length, most);
    }

    public override string View(Func<TensorSpec, string> span, bool isOfGradients)
    {
        string biases = !HasBiases ? "default"
            : Tensor(Dense.Biases).Length == Filters ? span(Tensor(Dense.Biases)) : $"{span(Tensor(Dense.Biases))}.Slice(0, {Filters})";

        return $"new({span(WeightTensor)}, {biases}, " +
            $"kernelHeight: {Image.KernelHeight}, kernelWidth: {Image.KernelWidth}, channels: {Channels}, filters: {Filters})";
    }

    public override IEnumerable<string> Describe(string sources)
    {
        yield return $"global::Nnfs.LayerInfo.Convolution(\"{Name}\", global::Nnfs.LayerKind.{nameof(Conv2D)}, \"{StoredAs}\", {WindowName}, " +
            $"channels: {Channels}, filters: {Filters}, outputShape: {Shape.ToArgument()}, " +
            $"weights: {WeightTensor.Offset}, biases: {(HasBiases ? $"{Tensor(Dense.Biases).Offset}" : "null")}{LayerFacts.SourcesArgument(sources)}),";

        if (Activation is { } fused)
        {
            yield return LayerFacts.Plain(fused.Name, fused.Function.Name, Shape, Shape, setting: fused.Function.Setting);
        }
    }

    public override string Comment(StageContext context)
    {
        string then = MaskName is null ? "" : $", then {Activation!.Name}";
        string folded = FoldedName is null ? "" : $" with {FoldedName} folded into it";

        return $"{Name}{folded}: {context.Rows(InputShape)} to {context.Rows(Shape)}, {WindowTitle}{then}.";
    }

    public override IEnumerable<Step> Forward(StageContext context)
    {
        yield return KernelStep.Of(
            MaskName is null ? "Conv2D.Forward" : "Conv2D.ForwardReLU",
            [.. Settled, ("x", Operand.Value()), ("w", Operand.Tensor(Dense.Weights)), Biases, ("y", Operand.Output), Operand.Samples]);

        foreach (Step step in Activation?.ForwardInPlace(context, Outputs) ?? [])
        {
            yield return step;
        }
    }

    public override IEnumerable<Step> PrepareBackward(StageContext context) => context.IsPlain ? [] :
    [
        new NoteStep($"{Name}: the weights transposed, pixel by pixel of the window."),
        new SharedStep(Transpose(Operand.Start, Operand.Count), Image.Taps, FlopsPerRow: KernelLimits.FlopsPerMove * Channels * Filters)
        {
            IsOverSamples = false,
        },
    ];

    public override IEnumerable<Step> BackwardWithin(StageContext context) => Activation?.BackwardInPlace(context, Outputs) ?? [];

    public override IEnumerable<Step> Backward(StageContext context, int slot, bool isFirst)
    {
        string? mask = context.MaskOf(slot);
        string method = mask is null ? "BackwardInputs" : "BackwardInputsReLU";
        Argument[] masked = mask is null ? [] : [("x", Operand.Value().AsBlock), ("first", Operand.FirstRow(1))];

        return
        [
            new NoteStep($"{Name}, inputs: each pixel's gradient times the weights, added up over the windows that take it" +
                $"{(mask is null ? "" : $", then back through {mask}")}."),
            .. context.IsPlain ? [Transpose(Operand.Number(0L), Operand.Number((long)Image.Taps))] : (Step[])[],
            KernelStep.Of(
                $"Conv2D.{method}",
                [
                    .. Settled,
                    ("dy", Operand.OutputGradient),
                    ("transposed", Operand.Kept(TransposedBlock)),
                    .. masked,
                    ("dx", Operand.ValueGradient()),
                    Operand.Samples,
                ]),
        ];
    }

    public override IEnumerable<Step> BackwardParameters(StageContext context)
    {
        yield return new NoteStep(
            $"{Name}, parameters: weights the sum over samples and places of x · dy{(HasBiases ? ", biases that of dy" : "")}.");

        if (context.IsPlain)
        {
            yield return Parameters(context, Operand.Number(0L), Operand.Number((long)Rows));
            yield break;
        }

        yield return new SharedStep(Parameters(context, Operand.Start, Operand.Count), Rows, FlopsPerRow: 2L * Outputs)
        {
            Unit = KernelLimits.RowsPerTile,
        };
    }

    private KernelStep Transpose(Operand start, Operand count) => KernelStep.Of(
        "Conv2D.Transpose",
        [.. Settled, ("w", Operand.Tensor(Dense.Weights)), ("transposed", Operand.Kept(TransposedBlock)), Part("start", start), Part("count", count)]);

    private KernelStep Parameters(StageContext context, Operand start, Operand count) => KernelStep.Of(
        "Conv2D.BackwardParameters",
        [
            .. Settled,
            ("x", Operand.Value()),
            ("dy", Operand.OutputGradient.AsBlock),
            ("first", context.IsPlain ? Operand.Number(0L) : Operand.FirstRow(1)),
            ("dw", Operand.TensorGradient(Dense.Weights)),
            ("db", HasBiases ? Operand.TensorGradient(Dense.Biases) : Operand.Text("default")),
            Operand.Samples,
            Part("start", start),
            Part("count", count),
            ("adds", Operand.Adds),
        ]);

    /// <summary>Where a part starts or how long it is, which says so itself unless it is a number.</summary>
    private static Argument Part(string name, Operand operand) => operand.Kind == OperandKind.Text ? (name, operand) : operand;

    private static Conv2D Read(LayerReading layer)
    {
        int? filters = layer.PositiveSize(FiltersParameter, "filter");
        bool isSquare = layer.Declaration.Argument("kernel") is not null;
        ImageWindow? window = ImageWindow.Read(layer, isSquare ? "kernel" : "kernelHeight", isSquare ? "kernel" : "kernelWidth", stride: 1);
        int? groups = layer.AtLeastOne(GroupsProperty, missing: 1);

        if (layer.Declaration.Size(FiltersParameter) is null)
        {
            layer.NoteCompilerError();
        }

        if (window is not null && groups is { } parts)
        {
            string? undivided = window.Channels % parts != 0 ? $"the {Wording.Count(window.Channels, "channel")} that {layer.Values[0].Description} gives"
                : filters is { } count && count % parts != 0 ? $"its {Wording.Count(count, "filter")}"
                : null;

            if (undivided is not null)
            {
                layer.Report(DiagnosticDescriptors.GroupsDoNotDivide, layer.ArgumentLocation(GroupsProperty), layer.Name, parts, undivided);
                groups = null;
            }
        }

        if (window is not null && groups is not null && filters is { } given)
        {
            layer.Give(layer.ArgumentLocation(FiltersParameter), window.OutputHeight, window.OutputWidth, given);
        }
        else
        {
            layer.GivenShape = null;
        }

        return new Conv2D(
            layer.Name,
            layer.FieldName,
            layer.Sources,
            layer.StoredAs,
            window ?? ImageWindow.Unknown,
            filters ?? 1,
            groups ?? 1,
            layer.Declaration.Attribute.NamedArgument("UseBias", missing: true),
            FusedActivation.Of(layer),
            WeightSettings.Of(layer));
    }
}
