using Nnfs.Generators.Models;
using Nnfs.Generators.Planning;

namespace Nnfs.Generators.Emission;

/// <summary>The operands of a forward pass, whose values lie where the pass has put them.</summary>
internal sealed class ForwardOperands : OperandTexts
{
    private readonly StageContext _context;
    private readonly IReadOnlyList<string> _sources;
    private readonly string _destination;
    private readonly Locals? _locals;

    /// <param name="context">The pass and the stage.</param>
    /// <param name="sources">The values that the stage reads, one for each of its sources.</param>
    /// <param name="destination">The memory that it writes.</param>
    /// <param name="locals">The locals of the method, if it is a pass into a workspace.</param>
    public ForwardOperands(StageContext context, IReadOnlyList<string> sources, string destination, Locals? locals = null)
        : base(context.Network)
    {
        _context = context;
        _sources = sources;
        _destination = destination;
        _locals = locals;
    }

    public override bool IsInLanes => _context.IsInLanes;

    protected override int StageNumber => _context.Stage;

    protected override string Samples => _context.IsSample ? "samples: 1" : "samples";

    protected override string Rows(int positions) => _context.IsSample ? $"samples: {positions}" : base.Rows(positions);

    protected override string Value(Operand operand) => Extent(_sources[operand.Slot], operand);

    protected override string Output(Operand operand) => Extent(_locals?.Value(_context.Stage + operand.Ahead) ?? _destination, operand);

    protected override string Kept(StageSpec stage, BlockSpec block)
    {
        if (_locals is not null)
        {
            return _locals.Kept(stage, block);
        }

        Place room = Network.Plans.Scratch.RoomOf(Network, _context.Stage, block.Name, _context.Pass);

        return $"scratch.Slice({room.Offset}, {room.Length})";
    }

    /// <summary>The values of the samples and no more: a sample's memory is padded, and a tile's may be longer than the samples in it.</summary>
    private string Extent(string values, Operand operand) => (operand.Extent, _context.Pass) switch
    {
        (OperandExtent.Exactly, PassKind.Sample) => $"{values}.Slice(0, {operand.Size})",
        (OperandExtent.Exactly, PassKind.Tile) when !IsInLanes => $"{values}.Slice(0, {Names.Times("samples", operand.Size)})",
        _ => values,
    };
}
