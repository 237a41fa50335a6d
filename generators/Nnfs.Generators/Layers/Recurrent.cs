using System.Collections.Immutable;
using Nnfs.Generators.Diagnostics;
using Nnfs.Generators.Models;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators.Layers;

/// <summary>A recurrent layer of any kind.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="FieldName">The stem of the fields that hold its outputs.</param>
/// <param name="Sources">What it reads.</param>
/// <param name="StoredAs">What the names of its tensors begin with in files.</param>
/// <param name="Cell">What it computes at a step.</param>
/// <param name="Steps">The number of steps.</param>
/// <param name="Features">The values of a step.</param>
/// <param name="Units">The values of its state.</param>
/// <param name="ReturnsSequences">Whether it gives the state after each step, rather than that after the last.</param>
/// <param name="IsBidirectional">Whether a second one takes the steps from the last to the first.</param>
/// <param name="TruncateAfter">After how many steps each no gradient goes back any further; 0 where it goes all the way.</param>
/// <param name="IsStateful">Whether passes begin with the states that the last one left.</param>
/// <param name="Settings">How its weights begin, and what weights and biases add to the loss.</param>
internal sealed record Recurrent(
    string Name,
    string FieldName,
    EquatableArray<int> Sources,
    string StoredAs,
    RecurrentCell Cell,
    int Steps,
    int Features,
    int Units,
    bool ReturnsSequences,
    bool IsBidirectional,
    int TruncateAfter,
    bool IsStateful,
    WeightSettings Settings) : StageSpec(
        Name, FieldName, Sources, Steps * Features, (ReturnsSequences ? Steps : 1) * (IsBidirectional ? 2 : 1) * Units)
{
    /// <summary>All kinds of recurrent layers.</summary>
    public static readonly ImmutableArray<Layer> All = [.. RecurrentCell.All.Select(static cell =>
        new Layer(cell.Name, layer => Read(layer, cell)) { SizeArgument = UnitsParameter })];

    public const string ReturnSequencesProperty = "ReturnSequences";

    private const string UnitsParameter = "units";
    private const string BidirectionalProperty = "Bidirectional";
    private const string TruncateAfterProperty = "TruncateAfter";
    private const string StatefulProperty = "Stateful";

    private const string InputWeights = "InputWeights";
    private const string RecurrentWeights = "RecurrentWeights";
    private const string Biases = "Biases";
    private const string RecurrentBiases = "RecurrentBiases";
    private const string GatesBlock = "Gates";
    private const string StatesBlock = "States";
    private const string InitialStatesBlock = "InitialStates";
    private const string CarriedStatesBlock = "CarriedStates";
    private const string GateGradientsBlock = "GateGradients";
    private const string ProductGradientsBlock = "ProductGradients";
    private const string TransposedBlock = "Transposed";
    private const string TransposedInputsBlock = "TransposedInputs";

    /// <summary>Whether it is one step of a sequence, after that whose state it keeps.</summary>
    public bool IsOfStep { get; init; }

    public override StageSpec? OfStep => ReturnsSequences && !IsBidirectional ? EachStep(this with { IsOfStep = true, Steps = 1 }) : null;

    public override string StreamObstacle =>
        IsBidirectional ? "reads the steps from the last one, too" : "gives the last step only: set ReturnSequences = true";

    public override long StateSize => !IsOfStep ? 0 : Cell.CarriesMemory ? 2L * Units : Units;

    /// <summary>The gates of all units; of a layer that no array could hold, which has an error, the most.</summary>
    private int Gates => (int)Math.Min(KernelLimits.MostFloats, (long)Cell.Gates * Units);

    /// <summary>What the names of the tensors and blocks of each direction begin with.</summary>
    private IReadOnlyList<string> Directions => IsBidirectional ? ["", "Backward"] : [""];

    public override IReadOnlyList<TensorSpec> Tensors => [.. Directions.SelectMany(DirectionTensors)];

    public override long ProductFlops => 2L * Steps * Gates * (Features + Units) * Directions.Count;

    public override IReadOnlyList<int> KernelSizes => [Features, Units, Gates];

    public override long? Flops => ProductFlops + ((long)Steps * Units * Cell.Flops * Directions.Count);

    public override long ValuesInPart => base.ValuesInPart + Kept(isInLanes: false).Sum(static block => (long)block.PerSample);

    public override string ShapeText => $"{InputShape} → {Shape}";

    public override string ParametersType => "RecurrentParameters";

    public override string StageType => "RecurrentStage";

    public override IReadOnlyList<string> ParametersSummary => Settings.RecurrentSummary(
        $"{Cell.Formula}{Wording.AtEach(Steps)}: {InputShape} → {Shape}",
        $"W [{Features}, {Gates}]",
        $"U [{Units}, {Gates}]",
        Cell.HasRecurrentBiases ? $"b and c [{Gates}]" : $"b [{Gates}]",
        Cell.BiasStart,
        IsBidirectional);

    public override string GradientsSummary =>
        $"the input weights [{Features}, {Gates}], recurrent weights [{Units}, {Gates}] and biases [{Gates}] of {Name}" +
        (IsBidirectional ? ", in both directions" : "");

    /// <summary>The distance between the rows of the weights; of a layer that no array could hold, which has an error, the least.</summary>
    private int RowStride => Gates >= KernelLimits.MostFloats ? 4 : MatrixLayout.RowStride(Gates);

    /// <summary>The values per sample of what is kept for each step.</summary>
    private int PerStep(int size) => (int)Math.Min(int.MaxValue, (long)Steps * size);

    public override IReadOnlyList<BlockSpec> Kept(bool isInLanes) => [.. Directions.SelectMany(DirectionBlocks)];

    private IEnumerable<TensorSpec> DirectionTensors(string direction, int number)
    {
        int first = number * Cell.Tensors;

        yield return Matrix(InputWeights, Features, 0) with { Initializer = $"{Settings.Initializer}" };
        yield return Matrix(RecurrentWeights, Units, 1) with { Initializer = "Orthogonal" };
        yield return Vector(Biases, 2) with { Initializer = Cell.BiasInitializer };

        if (Cell.HasRecurrentBiases)
        {
            yield return Vector(RecurrentBiases, 3);
        }

        TensorSpec Matrix(string name, int rows, int tensor) =>
            new(direction + name, Shape.Of(rows, Gates), new([RowStride, 1]), (long)rows * RowStride, OffsetOf(first + tensor)) { Penalty = Settings.Weights };

        TensorSpec Vector(string name, int tensor) =>
            TensorSpec.Vector(direction + name, Gates, RowStride, OffsetOf(first + tensor)) with { Penalty = Settings.Biases };
    }

    private IEnumerable<BlockSpec> DirectionBlocks(string direction)
    {
        string way = direction.Length == 0 ? "" : ", in reverse";

        if (Cell.KeepsGates)
        {
            yield return Block(GatesBlock, $"The gates of {Name} at each step{way}.", PerStep(Gates));
        }

        if (Cell.Memory is { } memory)
        {
            yield return Block(memory, $"{Cell.MemoryMeaning} of {Name} at each step{way}.", PerStep(Units));
        }

        if (!ReturnsSequences)
        {
            yield return Block(StatesBlock, $"The states of {Name} after each step{way}.", PerStep(Units));
        }

        if (IsStateful)
        {
            int size = (int)Math.Min(int.MaxValue, (Cell.CarriesMemory ? 2L : 1L) * Units);

            yield return Block(InitialStatesBlock, $"What {Name} began the last pass with.", size);
            yield return Block(CarriedStatesBlock, $"What {Name} begins the next pass with.", size) with { IsCarried = true };
        }

        yield return Block(
            GateGradientsBlock,
            $"{(Cell.KeepsGates ? $"The gradients of the gates of {Name} at each step" : $"The products of {Name} at each step, and their gradients")}{way}.",
            PerStep(Gates));

        if (Cell.HasRecurrentBiases)
        {
            yield return Block(ProductGradientsBlock, $"The gradients of the products of {Name} with its states at each step{way}.", PerStep(Units));
        }

        yield return Room(TransposedBlock, $"Room for the transposed recurrent weights of {Name}{way}.", Units);
        yield return Room(TransposedInputsBlock, $"Room for the transposed input weights of {Name}{way}.", Features);

        BlockSpec Block(string name, string meaning, int size) => new(direction + name, meaning, PerSample: size, Length: 0);

        BlockSpec Room(string name, string meaning, int rows) =>
            new(direction + name, meaning, PerSample: 0, (int)Math.Min(int.MaxValue, TransposedLength(rows))) { IsRoom = true };
    }

    private long TransposedLength(int rows) => (long)Gates * MatrixLayout.RowStride(Math.Min(rows, KernelLimits.MostFloats));

    public override (long Length, string Of)? SizeFault(long count, long length, int most)
    {
        long transposed = Math.Max(TransposedLength(Units), TransposedLength(Features));
        long kept = (long)Steps * Gates;

        return (long)Cell.Gates * Units > most ? (count + ParameterCount, "parameters")
            : transposed > most && transposed > length ? (transposed, "weights with the padding of their transpose")
            : kept > most ? (kept, "gates of a sample")
            : base.SizeFault(count, length, most);
    }

    public override string View(Func<TensorSpec, string> span, bool isOfGradients)
    {
        string[] views = [.. Directions.Select(direction =>
            $"new({span(Tensor(direction + InputWeights))}, {span(Tensor(direction + RecurrentWeights))}, {Exactly(direction + Biases)}, " +
            $"{(Cell.HasRecurrentBiases ? Exactly(direction + RecurrentBiases) : "default")}, features: {Features}, units: {Units})")];

        return views.Length == 1 ? views[0] : $"new({string.Join(", ", views)})";

        string Exactly(string name) => Tensor(name).Length == Gates ? span(Tensor(name)) : $"{span(Tensor(name))}.Slice(0, {Gates})";
    }

    public override IEnumerable<string> Describe(string sources)
    {
        yield return $"global::Nnfs.LayerInfo.Recurrent(\"{Name}\", global::Nnfs.LayerKind.{Cell.Name}, \"{StoredAs}\", units: {Units}, " +
            $"inputShape: {InputShape.ToArgument()}, outputShape: {Shape.ToArgument()}, " +
            $"tensors: [{string.Join(", ", Tensors.Select(static tensor => tensor.Offset))}]{LayerFacts.SourcesArgument(sources)}),";
    }

    public override string Comment(StageContext context)
    {
        string steps = $"{Wording.Count(Steps, "step")} of {Wording.Count(Units, "unit")}{(IsBidirectional ? " in both directions" : "")}";
        string onward = IsStateful && context.IsTraining ? ", which go on where the last pass ended" : "";

        return $"{Name}: {context.Rows(InputShape)} to {context.Rows(Shape)}, {steps}{onward}:\n{Cell.Formula}.";
    }

    public override IEnumerable<Step> Forward(StageContext context) => Directions.Select(direction => Forward(context, direction));

    private KernelStep Forward(StageContext context, string direction)
    {
        Argument[] state = [("state", Operand.State), ("stateStride", Operand.StateStride)];
        Argument[] weights =
        [
            ("x", Operand.Value()),
            ("inputWeights", Operand.Tensor(direction + InputWeights)),
            ("recurrentWeights", Operand.Tensor(direction + RecurrentWeights)),
            ("biases", Operand.Tensor(direction + Biases)),
            .. Cell.HasRecurrentBiases ? [("recurrentBiases", Operand.Tensor(direction + RecurrentBiases))] : (Argument[])[],
        ];

        if (IsOfStep)
        {
            return KernelStep.Of($"{Cell.Name}.Step", [Features, Units], [.. weights, .. state, ("y", Operand.Output), Operand.Samples]);
        }

        Argument[] kept = !context.IsTraining ? [] :
        [
            (Cell.GatesArgument, Operand.Kept(direction + (Cell.KeepsGates ? GatesBlock : GateGradientsBlock))),
            .. MemoryArgument(direction),
            ("states", ReturnsSequences ? Operand.Text("default") : Operand.Kept(direction + StatesBlock)),
            Initial,
            ("carried", IsStateful ? Operand.Kept(CarriedStatesBlock) : Operand.Text("default")),
        ];

        return KernelStep.Of(
            $"{Cell.Name}.{(context.IsTraining ? "Forward" : "Predict")}",
            [Features, Units],
            [.. weights, .. kept, ("y", Operand.Output), StepsArgument(direction), Operand.Samples]);
    }

    public override bool WorksWithin => true;

    public override IEnumerable<Step> PrepareWithin(StageContext context) => Prepare(context, TransposedBlock, "recurrent weights", Units);

    public override IEnumerable<Step> PrepareBackward(StageContext context) => Prepare(context, TransposedInputsBlock, "input weights", Features);

    private IEnumerable<Step> Prepare(StageContext context, string block, string weights, int rows) => context.IsPlain ? [] :
        Directions.SelectMany(direction => (Step[])
        [
            new NoteStep($"{Name}: the {weights}{InDirection(direction)} transposed, from [{rows} × {Gates}] to [{Gates} × {rows}]."),
            new SharedStep(Transpose(block, direction, Operand.Start, Operand.Count), Gates, FlopsPerRow: KernelLimits.FlopsPerMove * rows)
            {
                Unit = KernelLimits.FloatsPerLine,
                IsOverSamples = false,
            },
        ]);

    public override IEnumerable<Step> BackwardWithin(StageContext context) => Directions.SelectMany(direction => (Step[])
    [
        new NoteStep($"{Name}: the gradients of the gates, {(direction.Length == 0 ? "from the last step to the first" : "from the first step to the last")}."),
        .. context.IsPlain ? [TransposeAll(TransposedBlock, direction)] : (Step[])[],
        KernelStep.Of(
            $"{Cell.Name}.Backward",
            [Units],
            [
                ("transposed", Operand.Kept(direction + TransposedBlock)),
                .. Cell.KeepsGates ? [("gates", Operand.Kept(direction + GatesBlock))] : (Argument[])[],
                .. MemoryArgument(direction),
                ("states", States(direction)),
                Initial,
                ("dy", Operand.OutputGradient),
                ("dz", Operand.Kept(direction + GateGradientsBlock)),
                .. Cell.HasRecurrentBiases ? [("dq", Operand.Kept(direction + ProductGradientsBlock))] : (Argument[])[],
                StepsArgument(direction),
                Operand.Samples,
            ]),
    ]);

    public override IEnumerable<Step> Backward(StageContext context, int slot, bool isFirst) => Directions.SelectMany((direction, number) => (Step[])
    [
        new NoteStep($"{Name}, inputs: each step's gradients of the gates times the input weights{InDirection(direction)}."),
        .. context.IsPlain ? [TransposeAll(TransposedInputsBlock, direction)] : (Step[])[],
        KernelStep.Of(
            "RecurrentGradients.BackwardInputs",
            [Features, Gates],
            [
                ("dz", Operand.Kept(direction + GateGradientsBlock)),
                ("transposed", Operand.Kept(direction + TransposedInputsBlock)),
                ("dx", Operand.ValueGradient()),
                Operand.Rows(Steps),
                ("adds", Operand.Text(number == 0 ? "false" : "true")),
            ]),
    ]);

    public override IEnumerable<Step> BackwardParameters(StageContext context) =>
        Directions.SelectMany(direction => BackwardParameters(context, direction));

    private IEnumerable<Step> BackwardParameters(StageContext context, string direction)
    {
        yield return new NoteStep(
            $"{Name}, input weights [{Features} × {Gates}] and biases{InDirection(direction)}: the sums of x · dz and of dz over samples and steps.");

        yield return Shared(
            context,
            (start, count) => KernelStep.Of(
                "Dense.BackwardParameters",
                [Features, Gates],
                [
                    ("x", Operand.Value()),
                    ("dy", Operand.Kept(direction + GateGradientsBlock).AsBlock),
                    ("first", FirstStep(context)),
                    ("dw", Operand.TensorGradient(direction + InputWeights)),
                    ("db", Operand.TensorGradient(direction + Biases)),
                    Operand.Rows(Steps),
                    start,
                    count,
                    ("adds", Operand.Adds),
                ]),
            Features);

        yield return new NoteStep(
            $"{Name}, recurrent weights [{Units} × {Gates}]{(Cell.HasRecurrentBiases ? " and biases" : "")}{InDirection(direction)}: " +
            "the sums of the state before each step · dz.");

        yield return Shared(
            context,
            (start, count) => KernelStep.Of(
                $"RecurrentGradients.{(Cell.HasRecurrentBiases ? "BackwardRecurrentParameters" : "BackwardRecurrentWeights")}",
                [Units, Gates],
                [
                    ("h", States(direction)),
                    ("dz", Operand.Kept(direction + GateGradientsBlock).AsBlock),
                    .. Cell.HasRecurrentBiases ? [("dq", Operand.Kept(direction + ProductGradientsBlock).AsBlock)] : (Argument[])[],
                    ("first", FirstStep(context)),
                    Initial,
                    ("dw", Operand.TensorGradient(direction + RecurrentWeights)),
                    .. Cell.HasRecurrentBiases ? [("db", Operand.TensorGradient(direction + RecurrentBiases))] : (Argument[])[],
                    StepsArgument(direction),
                    Operand.Samples,
                    start,
                    count,
                    ("adds", Operand.Adds),
                ]),
            Units);
    }

    /// <summary>A kernel over the rows of a gradient, which threads share.</summary>
    private Step Shared(StageContext context, Func<Argument, Argument, KernelStep> kernel, int rows) => context.IsPlain
        ? kernel(("start", Operand.Number(0L)), ("count", Operand.Number((long)rows)))
        : new SharedStep(kernel(Operand.Start, Operand.Count), rows, FlopsPerRow: 2L * Steps * Gates) { Unit = KernelLimits.RowsPerTile };

    private Operand FirstStep(StageContext context) => context.IsPlain ? Operand.Number(0L) : Operand.FirstRow(Steps);

    private Operand States(string direction) => ReturnsSequences ? Operand.Output : Operand.Kept(direction + StatesBlock);

    /// <summary>What the samples begin with.</summary>
    private Argument Initial => ("initial", IsStateful ? Operand.Kept(InitialStatesBlock) : Operand.Text("default"));

    private Argument[] MemoryArgument(string direction) =>
        Cell.Memory is { } memory ? [(Cell.MemoryArgument, Operand.Kept(direction + memory))] : [];

    /// <summary>The way through the steps.</summary>
    private Argument StepsArgument(string direction)
    {
        string sequences = ReturnsSequences ? ", returnsSequences: true" : "";
        string reversed = direction.Length == 0 ? "" : ", isReversed: true";
        string both = IsBidirectional ? ", isBidirectional: true" : "";
        string cut = TruncateAfter > 0 && TruncateAfter < Steps ? $", truncateAfter: {TruncateAfter}" : "";

        return ("steps", Operand.Text($"new({Steps}{sequences}{reversed}{both}{cut})"));
    }

    private KernelStep Transpose(string block, string direction, Argument start, Argument count)
    {
        bool isRecurrent = block == TransposedBlock;

        return KernelStep.Of(
            "Dense.Transpose",
            [isRecurrent ? Units : Features, Gates],
            [
                ("w", Operand.Tensor(direction + (isRecurrent ? RecurrentWeights : InputWeights))),
                ("transposed", Operand.Kept(direction + block)),
                start,
                count,
            ]);
    }

    private KernelStep TransposeAll(string block, string direction) =>
        Transpose(block, direction, ("start", Operand.Number(0L)), ("count", Operand.Number((long)Gates)));

    /// <summary>Which direction is meant, in comments.</summary>
    private string InDirection(string direction) => !IsBidirectional ? "" : direction.Length == 0 ? " of the steps in order" : " of the steps in reverse";

    /// <summary>Whether a layer is a recurrent one that gives the state after the last step only.</summary>
    public static bool IsOfLastStep(LayerDeclaration layer) => RecurrentCell.All.Any(cell => cell.Name == layer.KindName) && !ReturnsSequencesOf(layer);

    private static bool ReturnsSequencesOf(LayerDeclaration layer) => layer.Attribute.NamedArgument(ReturnSequencesProperty, missing: false);

    private static Recurrent Read(LayerReading layer, RecurrentCell cell)
    {
        int? units = layer.PositiveSize(UnitsParameter, "unit");
        bool returnsSequences = ReturnsSequencesOf(layer.Declaration);
        bool isBidirectional = layer.Declaration.Attribute.NamedArgument(BidirectionalProperty, missing: false);
        bool isStateful = layer.Declaration.Attribute.NamedArgument(StatefulProperty, missing: false);
        int? truncateAfter = layer.AtLeast(0, TruncateAfterProperty, TruncateAfterProperty, missing: 0);
        Shape? sequence = Sequences.Of(layer);

        if (isBidirectional && isStateful)
        {
            layer.Report(DiagnosticDescriptors.BidirectionalState, layer.ArgumentLocation(StatefulProperty), layer.Name);
            isStateful = false;
        }

        if (units is null && layer.Declaration.Size(UnitsParameter) is null)
        {
            layer.NoteCompilerError();
        }

        if (sequence is not null && units is { } values)
        {
            long size = (isBidirectional ? 2L : 1L) * values;
            layer.Give(layer.ArgumentLocation(UnitsParameter), returnsSequences ? [sequence.Sizes[0], size] : [size]);
        }
        else
        {
            layer.GivenShape = null;
        }

        bool isKnown = layer.GivenShape is not null;

        return new Recurrent(
            layer.Name,
            layer.FieldName,
            layer.Sources,
            layer.StoredAs,
            cell,
            isKnown ? sequence!.Sizes[0] : 1,
            isKnown ? sequence!.Sizes[1] : 1,
            isKnown ? units!.Value : 1,
            returnsSequences,
            isBidirectional,
            truncateAfter ?? 0,
            isStateful,
            WeightSettings.Of(layer));
    }
}
