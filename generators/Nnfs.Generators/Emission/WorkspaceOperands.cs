using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>The operands of a stage in a pass into a workspace, for some of the samples or for all of them.</summary>
internal sealed class WorkspaceOperands : OperandTexts
{
    private readonly int _stage;
    private readonly Locals? _locals;
    private readonly string? _contribution;

    /// <param name="network">The network.</param>
    /// <param name="stage">The number of the stage.</param>
    /// <param name="locals">The locals of the method; <see langword="null"/> where all samples of the pass are meant.</param>
    /// <param name="contribution">Where the gradient of the source goes, if not to its own memory.</param>
    public WorkspaceOperands(NetworkSpec network, int stage, Locals? locals, string? contribution = null)
        : base(network)
    {
        _stage = stage;
        _locals = locals;
        _contribution = contribution;
    }

    public override OperandTexts OfThread() => new WorkspaceOperands(Network, _stage, Locals.OfThread(Network)).Shared();

    protected override int StageNumber => _stage;

    protected override string Samples => _locals is null && (IsShared || IsInLanes) ? Names.PassSamples(Network) : "samples";

    protected override string First => _locals is not null ? "start" : Network.PartSamples is null ? "0" : "workspace._start";

    protected override string Stride => _locals is null ? "workspace._stride" : "stride";

    protected override string Value(Operand operand)
    {
        int source = Stage.Sources[operand.Slot];

        return operand.Extent == OperandExtent.Block ? $"workspace.{Names.OutputsField(Network, source)}"
            : _locals?.Value(source) ?? Names.PassValue(Network, source);
    }

    protected override string Output(Operand operand) => _locals?.Value(_stage) ?? Names.PassValue(Network, _stage + operand.Ahead);

    protected override string ValueGradient(Operand operand) =>
        _contribution ?? _locals?.Gradients(Stage.Sources[operand.Slot]) ?? Gradients(Stage.Sources[operand.Slot]);

    protected override string OutputGradient(Operand operand)
    {
        int stage = _stage + operand.Ahead;

        return operand.Extent == OperandExtent.Block ? $"workspace.{Names.GradientsField(Network, stage)}"
            : _locals?.Gradients(_stage) ?? Gradients(stage);
    }

    protected override string Kept(StageSpec stage, BlockSpec block) => _locals?.Kept(stage, block)
        ?? (block.PerSample > 0 ? Names.PassBlock(Network, Names.BlockField(stage, block), block.PerSample) : base.Kept(stage, block));

    /// <summary>The gradients of a value for all samples of the pass.</summary>
    private string Gradients(int source) => Names.PassBlock(Network, Names.GradientsField(Network, source), Network.SizeOf(source));
}
