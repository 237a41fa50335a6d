using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>The operands of a pass back for some of the samples, or for all of them.</summary>
internal sealed class BackwardOperands : OperandTexts
{
    private readonly int _stage;
    private readonly bool _isOfBatch;
    private readonly string? _contribution;

    /// <param name="network">The network.</param>
    /// <param name="stage">The number of the stage.</param>
    /// <param name="isOfBatch">Whether all samples of the batch are meant, rather than those of a tile.</param>
    /// <param name="contribution">Where the gradient of the source goes, if not to its own memory.</param>
    public BackwardOperands(NetworkSpec network, int stage, bool isOfBatch, string? contribution = null)
        : base(network)
    {
        _stage = stage;
        _isOfBatch = isOfBatch;
        _contribution = contribution;
    }

    protected override StageSpec Stage => Network.Stages[_stage];

    protected override string Samples => _isOfBatch && (IsShared || IsInLanes) ? "workspace._samples" : "samples";

    protected override string Stride => _isOfBatch ? "workspace._stride" : "stride";

    protected override string Value(Operand operand)
    {
        int source = Stage.Sources[operand.Slot];

        return operand.Extent == OperandExtent.Block ? $"workspace.{Names.OutputsField(Network, source)}"
            : _isOfBatch ? Names.WholeValue(Network, source) : Names.Value(Network, source);
    }

    protected override string Output(Operand operand) => _isOfBatch ? Names.WholeValue(Network, _stage + operand.Ahead) : Names.Value(Network, _stage);

    protected override string ValueGradient(Operand operand) => _contribution ?? Names.Gradients(Network, Stage.Sources[operand.Slot]);

    protected override string OutputGradient(Operand operand)
    {
        string field = $"workspace.{Names.GradientsField(Network, _stage + operand.Ahead)}";

        return operand.Extent == OperandExtent.Block ? field : _isOfBatch ? $"{field}.Span" : Names.Gradients(Network, _stage);
    }

    protected override string Kept(BlockSpec block) => block.PerSample > 0 && !_isOfBatch
        ? Names.Activations(Network, Names.BlockField(Stage, block), block.PerSample)
        : base.Kept(block);
}
