using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>
/// The operands of a loss that takes one row at a time, where samples weigh differently: the row of a sample, or of one of its positions, number <c>row</c> of
/// those that a method takes.
/// </summary>
internal sealed class LossRowOperands : OperandTexts
{
    /// <summary>The memory for what a loss in lanes takes and gives, as rows.</summary>
    public const string Room = "room";

    private readonly OutputSpec _output;
    private readonly TargetKind _kind;
    private readonly bool _isPart;

    /// <param name="network">The network.</param>
    /// <param name="output">The output.</param>
    /// <param name="kind">What the pass is told.</param>
    /// <param name="isPart">Whether the method takes the samples from <c>start</c> on, rather than all.</param>
    public LossRowOperands(NetworkSpec network, OutputSpec output, TargetKind kind, bool isPart)
        : base(network)
    {
        _output = output;
        _kind = kind;
        _isPart = isPart;
    }

    /// <summary>Rows, wherever the values of the network lie.</summary>
    public override bool IsInLanes => false;

    /// <summary>The values of a row: the classes of a position, or all values of a sample.</summary>
    public int Size => _output.Loss is { IsCategorical: true } ? _output.Shape.Last : _output.Size;

    /// <summary>The rows of a sample.</summary>
    public int Positions => _output.Size / Size;

    protected override int StageNumber => _output.Source;

    protected override string Samples => "samples: 1";

    protected override string Target
    {
        get
        {
            bool isLabels = _output.Target(_kind) == TargetKind.Labels;
            int size = isLabels && _output.Loss is { IsCategorical: true } ? 1 : Size;
            string row = $"{Signature.TargetArgument(Network, _output, _kind)}.Slice({Names.Times("row", size)}, {size})";

            return $"{(isLabels ? "labels" : "targets")}: {row}";
        }
    }

    protected override string Value(Operand operand) => Network.HasLossInLanes(_output) ? $"{Room}.Slice(0, {Size})"
        : Network.RootOf(_output.Source) < 0 && !Network.KeepsInputs ? $"inputs.Slice({Names.Times("row", Size)}, {Size})"
        : Row(Names.SourceRowsField(Network, _output));

    protected override string Output(Operand operand) =>
        Network.HasLossInLanes(_output) ? $"{Room}.Slice({Size}, {Size})" : Row(Names.OutputsField(Network, _output));

    private string Row(string field)
    {
        string number = !_isPart ? "row" : Positions == 1 ? "start + row" : $"(start * {Positions}) + row";
        string first = Size == 1 ? number : _isPart ? $"({number}) * {Size}" : $"{number} * {Size}";

        return $"workspace.{field}.Slice({first}, {Size})";
    }
}
