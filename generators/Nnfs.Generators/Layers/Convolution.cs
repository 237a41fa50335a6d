using Nnfs.Generators.Models;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators.Layers;

/// <summary>A convolution of images or sequences of any kind, together with the activation directly after it.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="FieldName">The stem of the fields that hold its outputs.</param>
/// <param name="Sources">What it reads.</param>
/// <param name="StoredAs">What the names of its tensors begin with in files.</param>
/// <param name="Image">The window, and the image that it moves over.</param>
/// <param name="Inputs">The number of values that it takes per sample.</param>
/// <param name="Outputs">The number of values that it gives per sample.</param>
/// <param name="HasBiases">Whether a bias is added to each of its columns.</param>
/// <param name="Activation">The activation fused into it.</param>
/// <param name="Settings">How its weights and biases begin, and what they add to the loss.</param>
internal abstract record Convolution(
    string Name,
    string FieldName,
    EquatableArray<int> Sources,
    string StoredAs,
    ImageWindow Image,
    int Inputs,
    int Outputs,
    bool HasBiases,
    FusedActivation? Activation,
    WeightSettings Settings) : StageSpec(Name, FieldName, Sources, Inputs, Outputs)
{
    protected const string FiltersParameter = "filters";
    private const string TransposedBlock = "Transposed";

    /// <summary>The batch normalisation that is folded into it.</summary>
    public string? FoldedName { get; init; }

    /// <summary>Whether it is one step of a sequence, after those that it keeps.</summary>
    public bool IsOfStep { get; init; }

    /// <remarks>A window of one step reads no later one, however it is padded.</remarks>
    public override StageSpec? OfStep => Image is { IsOfSequence: true, Stride: 1 } and ({ IsCausal: true } or { KernelWidth: 1 })
        ? EachStep(this with { IsOfStep = true })
        : null;

    public override string StreamObstacle => Image.Stride > 1 ? $"gives one step of each {Image.Stride} that it reads"
        : Image.IsOfSequence ? "reads later steps than it gives: set Padding = Padding.Causal"
        : base.StreamObstacle;

    public override long StateSize => IsOfStep ? ConvolutionLayout.HistoryLength(Image.KernelWidth, Image.Dilation, Image.Channels) : 0;

    public override string OutputName => Activation?.Name ?? Name;

    public override string? Window => Image.Constructor;

    public override IReadOnlyList<TensorSpec> Tensors => HasBiases ? ScaledTensors : [WeightTensor];

    public override IReadOnlyList<TensorSpec> ScaledTensors =>
        [WeightTensor, TensorSpec.Vector(Dense.Biases, Columns, RowStride, OffsetOf(1)) with { Penalty = Settings.Biases }];

    public override IReadOnlyList<int> ScaledSizes => [Rows, Columns];

    public override ValueRange Range => Activation?.Function.Range ?? ValueRange.Any;

    public override string? MaskName => Activation is { Function.JoinsProduct: true } activation ? activation.Name : null;

    public override bool TakesMask => true;

    public override bool TakesScales => Activation is null;

    public override long? Flops => ProductFlops + (HasBiases ? Outputs : 0) + ((Activation?.Function.Flops ?? 0) * Outputs);

    public override string ShapeText => $"{InputShape} → {Shape}";

    public override string ParametersType => "ConvolutionParameters";

    public override string StageType => "ConvolutionStage";

    public override IReadOnlyList<string> ParametersSummary => Settings.Summary(
        $"{Formula} over {WindowTitle}: {InputShape} → {Shape}",
        $"W [{WeightTitle}]",
        HasBiases ? $"b [{Columns}]" : null,
        "outputs");

    public override string GradientsSummary => $"the weights [{WeightTitle}]{(HasBiases ? $" and biases [{Columns}]" : "")} of {Name}";

    public override StageSpec WithFolded(StageSpec scale, StageSpec? activation) => this with
    {
        FoldedName = scale.Name,
        HasBiases = true,
        Activation = activation is Activation joined ? new FusedActivation(joined.Name, joined.Function) : null,
    };

    public override IReadOnlyList<BlockSpec> Kept(bool isInLanes)
    {
        BlockSpec room = new(TransposedBlock, $"Room for the transposed weights of {Name}.", PerSample: 0, (int)Math.Min(int.MaxValue, TransposedLength))
        {
            IsRoom = true,
        };

        return [.. Activation?.Kept(Outputs) ?? [], .. TransposedLength == 0 ? [] : (BlockSpec[])[room]];
    }

    public override (long Length, string Of)? SizeFault(long count, long length, int most)
    {
        if ((long)Rows * Columns > most)
        {
            return (count + ParameterCount, "parameters");
        }

        return TransposedLength > most && TransposedLength > length ? (TransposedLength, "weights with the padding of their transpose")
            : ThreadScratch > most ? (ThreadScratch, $"gradients of {(Image.IsOfSequence ? "a sequence" : "an image")} with the zeros around it")
            : base.SizeFault(count, length, most);
    }

    public override string View(Func<TensorSpec, string> span, bool isOfGradients)
    {
        string biases = !HasBiases ? "default"
            : Tensor(Dense.Biases).Length == Columns ? span(Tensor(Dense.Biases)) : $"{span(Tensor(Dense.Biases))}.Slice(0, {Columns})";
        string tap = Tap.Count == 1 ? $"channels: {Columns}" : $"channels: {Tap[0]}, filters: {Columns}";

        string kernel = Image.IsOfSequence ? $"kernel: {Image.KernelWidth}" : $"kernelHeight: {Image.KernelHeight}, kernelWidth: {Image.KernelWidth}";

        return $"new({span(WeightTensor)}, {biases}, {kernel}, {tap})";
    }

    public override IEnumerable<string> Describe(string sources)
    {
        yield return $"global::Nnfs.LayerInfo.Convolution(\"{Name}\", global::Nnfs.LayerKind.{KindName}, \"{StoredAs}\", {WindowName}, " +
            $"tap: [{string.Join(", ", Tap)}], inputShape: {InputShape.ToArgument()}, outputShape: {Shape.ToArgument()}, " +
            $"weights: {WeightTensor.Offset}, biases: {(HasBiases ? $"{Tensor(Dense.Biases).Offset}" : "null")}{LayerFacts.SourcesArgument(sources)}),";

        if (Activation is { } fused)
        {
            yield return LayerFacts.Plain(fused.Name, fused.Function.Name, Shape, Shape, setting: fused.Function.Setting);
        }
    }

    public override string Comment(StageContext context)
    {
        FusedActivation? joined = MaskName is null && !IsOfStep ? null : Activation;
        string then = joined is { Function.IsIdentity: false } ? $", then {joined.Name}" : "";
        string folded = FoldedName is null ? "" : $" with {FoldedName} folded into it";

        return $"{Name}{folded}: {context.Rows(InputShape)} to {context.Rows(Shape)}, {WindowTitle}{then}.";
    }

    public override IEnumerable<Step> Forward(StageContext context)
    {
        if (IsOfStep)
        {
            yield return Step(context);
            yield break;
        }

        yield return KernelStep.Of(
            MaskName is null ? $"{Kernel}.Forward" : $"{Kernel}.ForwardReLU",
            [
                .. Settled,
                ("x", Operand.Value()),
                WeightArgument,
                BiasArgument,
                ("y", Operand.Output),
                Operand.Samples,
            ]);

        foreach (Step step in Activation?.ForwardInPlace(context, Outputs) ?? [])
        {
            yield return step;
        }
    }

    public override IEnumerable<Step> PrepareBackward(StageContext context) => context.IsPlain || TransposedLength == 0 ? [] :
    [
        new NoteStep($"{Name}: the weights transposed, {(Image.IsOfSequence ? "step by step" : "pixel by pixel")} of the window."),
        new SharedStep(Transpose(Operand.Start, Operand.Count), Image.Taps, FlopsPerRow: KernelLimits.FlopsPerMove * Rows / Image.Taps * Columns)
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
            new NoteStep($"{Name}, inputs: {InputGradients}{(mask is null ? "" : $", then back through {mask}")}."),
            .. context.IsPlain && TransposedLength > 0 ? [Transpose(Operand.Number(0L), Operand.Number((long)Image.Taps))] : (Step[])[],
            KernelStep.Of(
                $"{Kernel}.{method}",
                [
                    .. Settled,
                    ("dy", Operand.OutputGradient),
                    TransposedLength == 0 ? WeightArgument : ("transposed", Operand.Kept(TransposedBlock)),
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
            yield return Parameters(context, Operand.Number(0L), Operand.Number((long)GradientRows));
            yield break;
        }

        yield return new SharedStep(Parameters(context, Operand.Start, Operand.Count), GradientRows, FlopsPerRow: ProductFlops / GradientRows)
        {
            Unit = GradientUnit,
        };
    }

    /// <summary>The name of its kernels, which is that of its kind unless there is one of sequences.</summary>
    protected abstract string Kernel { get; }

    /// <summary>The runtime's name for its kind.</summary>
    protected virtual string KindName => Kernel;

    /// <summary>The sizes of the weights of each pixel of the window; the last are the columns.</summary>
    protected abstract IReadOnlyList<int> Tap { get; }

    /// <summary>What its window takes, in comments.</summary>
    protected virtual string WindowTitle => Image.Title;

    /// <summary>What the gradients of its inputs are, in comments.</summary>
    protected virtual string InputGradients =>
        $"each {(Image.IsOfSequence ? "step" : "pixel")}'s gradient times the weights, added up over the windows that take it";

    /// <summary>The arguments of its kernels that are settled.</summary>
    protected virtual IEnumerable<Argument> Settled => [Operand.Window];

    /// <summary>The sizes that the step of one sequence is compiled for, if it is.</summary>
    protected virtual int[]? StepSizes => null;

    /// <summary>The floats of the transposed weights that the gradients of its inputs are computed from; 0 where they are computed from the weights.</summary>
    protected virtual long TransposedLength => 0;

    /// <summary>The rows that threads share where they compute the gradients of the parameters.</summary>
    protected virtual int GradientRows => Rows;

    /// <summary>The least number of such rows that a thread takes.</summary>
    protected virtual int GradientUnit => KernelLimits.RowsPerTile;

    /// <summary>What begins the name of the method that draws the weights.</summary>
    protected virtual string DrawnAs => "";

    /// <summary>The rows of the weights; of a layer that no array could hold, which has an error, the most.</summary>
    protected int Rows =>
        (int)Math.Min(KernelLimits.MostFloats, Math.Min(KernelLimits.MostFloats, (long)Image.KernelHeight * Image.KernelWidth) * (Tap.Count == 1 ? 1 : Tap[0]));

    /// <summary>Their columns.</summary>
    protected int Columns => Tap[Tap.Count - 1];

    /// <summary>The distance between the rows of the weights; of a layer that no array could hold, which has an error, the least.</summary>
    private int RowStride => Columns > KernelLimits.MostFloats ? 4 : MatrixLayout.RowStride(Columns);

    private TensorSpec WeightTensor
    {
        get
        {
            int tap = Tap.Count == 1 ? RowStride : Tap[0] * RowStride;
            int[] taps = Image.IsOfSequence ? [tap] : [Image.KernelWidth * tap, tap];
            int[] strides = Tap.Count == 1 ? [1] : [RowStride, 1];

            return new(
                Dense.Weights,
                Models.Shape.Of([.. Image.KernelSizes, .. Tap]),
                new([.. taps, .. strides]),
                (long)Rows * RowStride,
                OffsetOf(0))
            {
                Initializer = $"{Settings.Initializer}{(Settings.Initializer == WeightInitializer.GlorotUniform ? DrawnAs : "")}",
                Penalty = Settings.Weights,
            };
        }
    }

    private string WeightTitle => string.Join(", ", [.. Image.KernelSizes, .. Tap]);

    private Argument BiasArgument => ("b", HasBiases ? Operand.Tensor(Dense.Biases) : Operand.Text("default"));

    private static Argument WeightArgument => ("w", Operand.Tensor(Dense.Weights));

    private string Formula => Activation switch
    {
        null => Sum,
        { Function.JoinsProduct: true } => $"max(0, {Sum}), with {Activation.Name}",
        _ => $"{Sum}, then {Activation.Name}",
    };

    private string Sum => HasBiases ? "Σ x·W + b" : "Σ x·W";

    private KernelStep Transpose(Operand start, Operand count) => KernelStep.Of(
        $"{Kernel}.Transpose",
        [
            .. Settled,
            WeightArgument,
            ("transposed", Operand.Kept(TransposedBlock)),
            Argument.Part("start", start),
            Argument.Part("count", count),
        ]);

    private KernelStep Parameters(StageContext context, Operand start, Operand count) => KernelStep.Of(
        $"{Kernel}.BackwardParameters",
        [
            .. Settled,
            ("x", Operand.Value()),
            ("dy", Operand.OutputGradient.AsBlock),
            ("first", context.IsPlain ? Operand.Number(0L) : Operand.FirstRow(1)),
            ("dw", Operand.TensorGradient(Dense.Weights)),
            ("db", HasBiases ? Operand.TensorGradient(Dense.Biases) : Operand.Text("default")),
            Operand.Samples,
            Argument.Part("start", start),
            Argument.Part("count", count),
            ("adds", Operand.Adds),
        ]);

    /// <summary>The step of one sequence, or of several side by side.</summary>
    private KernelStep Step(StageContext context)
    {
        ActivationFunction function = Activation?.Function ?? Activations.Linear;
        Argument[] values = [("x", Operand.Value()), ("state", Operand.State)];
        Argument[] parameters = [WeightArgument, BiasArgument, ("activation", function.Instance), ("y", Operand.Output)];
        KernelStep step = (context.IsSample, StepSizes) switch
        {
            (true, { } sizes) => KernelStep.Of($"{KindName}.Step", sizes, [Operand.Window, .. values, .. parameters]),
            (true, null) => KernelStep.Of($"{KindName}.Step", [.. Settled, .. values, .. parameters]),
            _ => KernelStep.Of($"{KindName}.StepAll", [.. Settled, .. values, ("stateStride", Operand.StateStride), .. parameters, Operand.Samples]),
        };

        return step with { Types = new([function.Type]) };
    }

    /// <summary>The parameters that take the rows and the pixels of the window: one, or one for each.</summary>
    protected static (string Height, string Width) KernelParameters(LayerReading layer) => layer.Declaration.Argument(ImageWindow.KernelParameter) is null
        ? ("kernelHeight", "kernelWidth")
        : (ImageWindow.KernelParameter, ImageWindow.KernelParameter);

    /// <summary>The window that a layer states over the image that it reads.</summary>
    protected static ImageWindow? ReadWindow(LayerReading layer)
    {
        (string height, string width) = KernelParameters(layer);

        return ImageWindow.Read(layer, height, width, stride: 1);
    }

    /// <summary>The window that a layer states over the sequence that it reads.</summary>
    protected static ImageWindow? ReadSequenceWindow(LayerReading layer) =>
        ImageWindow.ReadSequence(layer, ImageWindow.KernelParameter, stride: 1, takesCausal: true);

    /// <summary>The number of filters that a layer states; <see langword="null"/> where it is impossible or missing, which is reported.</summary>
    protected static int? FiltersOf(LayerReading layer)
    {
        if (layer.Declaration.Size(FiltersParameter) is null)
        {
            layer.NoteCompilerError();
        }

        return layer.PositiveSize(FiltersParameter, "filter");
    }

    /// <summary>Whether a layer has biases.</summary>
    protected static bool UsesBiases(LayerReading layer) => layer.Declaration.Attribute.NamedArgument("UseBias", missing: true);
}
