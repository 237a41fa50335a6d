using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>The operands of a loss, which takes the samples of a part, or all samples of a batch.</summary>
internal sealed class LossOperands : OperandTexts
{
    private readonly OutputSpec _output;
    private readonly string _target;
    private readonly bool _isLabels;
    private readonly string _destination;
    private readonly bool _isPart;

    /// <param name="network">The network.</param>
    /// <param name="output">The output.</param>
    /// <param name="kind">What the pass is told.</param>
    /// <param name="isPart">Whether the method takes the samples from <c>start</c> on, rather than all.</param>
    /// <param name="destination">Where the gradient of what arrives goes.</param>
    public LossOperands(NetworkSpec network, OutputSpec output, TargetKind kind, bool isPart, string destination = "")
        : base(network)
    {
        _output = output;
        _target = Signature.TargetArgument(network, output, kind);
        _isLabels = output.Target(kind) == TargetKind.Labels;
        _destination = destination;
        _isPart = isPart;
    }

    public override bool IsInLanes => Network.HasLossInLanes(_output);

    protected override int StageNumber => _output.Source;

    protected override string Samples => "samples";

    protected override string Stride => "workspace._stride";

    protected override string Target => IsInLanes ? (_isLabels ? _target : $"targets: {Lanes(Names.GradientsField(Network, _output.Source))}")
        : !Network.HasNamedPorts ? _target
        : _isLabels ? $"labels: {_target}" : $"targets: {_target}";

    protected override string Value(Operand operand) => Network.RootOf(_output.Source) < 0 && !Network.KeepsInputs ? "inputs"
        : IsInLanes ? Lanes(Names.ValueField(Network, _output.Source))
        : Rows(Names.SourceRowsField(Network, _output));

    protected override string Output(Operand operand) =>
        IsInLanes ? Lanes(Names.ProbabilitiesField(Network, _output)) : Rows(Names.OutputsField(Network, _output));

    protected override string ValueGradient(Operand operand) => _destination;

    private string Rows(string field) => Names.Rows(field, _output.Size, _isPart);

    private string Lanes(string field) => Names.Lanes(field, _isPart);
}
