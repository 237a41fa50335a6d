using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>The operands of a pass back for some of the samples, or for all of them.</summary>
internal sealed class BackwardOperands : OperandTexts
{
    private readonly int _stage;
    private readonly Locals? _locals;
    private readonly string? _contribution;

    /// <param name="network">The network.</param>
    /// <param name="stage">The number of the stage.</param>
    /// <param name="locals">The locals of the method; <see langword="null"/> where all samples of the batch are meant, by their whole blocks.</param>
    /// <param name="contribution">Where the gradient of the source goes, if not to its own memory.</param>
    public BackwardOperands(NetworkSpec network, int stage, Locals? locals, string? contribution = null)
        : base(network)
    {
        _stage = stage;
        _locals = locals;
        _contribution = contribution;
    }

    protected override bool IsOfBatch => _locals?.IsOfBatch ?? base.IsOfBatch;

    protected override StageSpec Stage => Network.Stages[_stage];

    protected override string Samples => _locals is null && (IsShared || IsInLanes) ? "workspace._samples" : "samples";

    protected override string Stride => _locals is null ? "workspace._stride" : "stride";

    protected override string Value(Operand operand)
    {
        int source = Stage.Sources[operand.Slot];

        return operand.Extent == OperandExtent.Block ? $"workspace.{Names.OutputsField(Network, source)}"
            : _locals?.Value(source) ?? Names.WholeValue(Network, source);
    }

    protected override string Output(Operand operand) => _locals?.Value(_stage) ?? Names.WholeValue(Network, _stage + operand.Ahead);

    protected override string ValueGradient(Operand operand) => _contribution ?? _locals!.Gradients(Stage.Sources[operand.Slot]);

    protected override string OutputGradient(Operand operand)
    {
        string field = $"workspace.{Names.GradientsField(Network, _stage + operand.Ahead)}";

        return operand.Extent == OperandExtent.Block ? field : _locals?.Gradients(_stage) ?? $"{field}.Span";
    }

    protected override string Kept(BlockSpec block) => _locals?.Kept(Stage, block) ?? base.Kept(block);
}
