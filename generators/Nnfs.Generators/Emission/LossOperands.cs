using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>The operands of a loss, which takes all samples of a batch.</summary>
internal sealed class LossOperands : OperandTexts
{
    private readonly OutputSpec _output;
    private readonly string _target;
    private readonly bool _isLabels;
    private readonly string _destination;

    /// <param name="network">The network.</param>
    /// <param name="output">The output.</param>
    /// <param name="kind">What the pass is told.</param>
    /// <param name="destination">Where the gradient of what arrives goes.</param>
    public LossOperands(NetworkSpec network, OutputSpec output, TargetKind kind, string destination = "")
        : base(network)
    {
        _output = output;
        _target = Signature.TargetArgument(network, output, kind);
        _isLabels = output.Target(kind) == TargetKind.Labels;
        _destination = destination;
    }

    public override bool IsInLanes => Network.HasLossInLanes(_output);

    protected override StageSpec Stage => Network.Stages[_output.Source];

    protected override string Samples => "samples";

    protected override string Stride => "workspace._stride";

    protected override string Target => IsInLanes ? (_isLabels ? _target : $"targets: {Names.WholeGradients(Network, _output)}")
        : !Network.HasNamedPorts ? _target
        : _isLabels ? $"labels: {_target}" : $"targets: {_target}";

    protected override string Value(Operand operand) => IsInLanes || Network.RootOf(_output.Source) < 0 ? Names.WholeValue(Network, _output.Source)
        : operand.Extent == OperandExtent.Exactly ? Names.Batch(Names.SourceRowsField(Network, _output), operand.Size)
        : $"workspace.{Names.SourceRowsField(Network, _output)}.Span";

    protected override string Output(Operand operand) => IsInLanes ? $"workspace.{Names.ProbabilitiesField(Network, _output)}.Span"
        : operand.Extent == OperandExtent.Exactly ? Names.Batch(Names.OutputsField(Network, _output), operand.Size)
        : $"workspace.{Names.OutputsField(Network, _output)}.Span";

    protected override string ValueGradient(Operand operand) => _destination;
}
