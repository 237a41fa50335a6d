using Nnfs.Generators.Models;

namespace Nnfs.Generators.Layers;

/// <summary>A softmax: probabilities of classes.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="FieldName">The stem of the fields that hold its outputs.</param>
/// <param name="Sources">What it reads.</param>
/// <param name="Classes">The number of values of a row.</param>
/// <param name="Positions">The rows of a sample: its steps or pixels.</param>
internal sealed record Softmax(string Name, string FieldName, EquatableArray<int> Sources, int Classes, int Positions)
    : StageSpec(Name, FieldName, Sources, Classes * Positions, Classes * Positions)
{
    /// <summary>The operations for a class: an exponential, a division, and what makes them safe.</summary>
    public const int FlopsPerClass = 5;

    public static Layer Kind => new(nameof(Softmax), static layer => new Softmax(
        layer.Name, layer.FieldName, layer.Sources, layer.Shape.Last, layer.Shape.Positions))
    {
        OfOneValue = "[Sigmoid] for a probability",
    };

    public override StageSpec? OfStep => EachStep(this with { Positions = 1 });

    public override bool TakesLanes => Positions == 1;

    public override bool IsInPlace => true;

    public override ValueRange Range => new(0, 1);

    public override bool GivesProbabilities => true;

    public override IReadOnlyList<int> KernelSizes => [Classes];

    public override long? Flops => (long)FlopsPerClass * Outputs;

    public override IEnumerable<string> Describe(string sources) => [LayerFacts.Plain(Name, nameof(Softmax), InputShape, Shape, sources)];

    public override string Comment(StageContext context) =>
        $"{Name}: probabilities of {Wording.Count(Classes, "class", "classes")}" +
        $"{(Positions > 1 ? Wording.AtEach(Positions) : context.IsSample ? "" : " per sample")}.";

    public override IEnumerable<Step> Forward(StageContext context) =>
        [Kernel(context, "Forward", ("x", Operand.Value()), ("y", Operand.Output))];

    public override IEnumerable<Step> Backward(StageContext context, int slot, bool isFirst) =>
    [
        new NoteStep($"{Name}: p · (dy − Σ dy · p), {(Positions > 1 ? "position by position" : "sample by sample")}."),
        Kernel(context, "Backward", ("y", Operand.Output), ("dy", Operand.OutputGradient), ("dx", Operand.ValueGradient())),
    ];

    private KernelStep Kernel(StageContext context, string direction, params Argument[] arguments) => context.IsInLanes
        ? KernelStep.Of($"SoftmaxLanes.{direction}", [Classes], [.. arguments, Operand.Stride, Operand.Samples])
        : KernelStep.Of($"Softmax.{direction}", [Classes], [.. arguments, Operand.Rows(Positions)]);
}
