using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Nnfs.Generators.CallSites;

/// <summary>Finds statements after which the next is certain not to run.</summary>
internal sealed class Unreachable
{
    private readonly ValueFlow _flow;

    public Unreachable(ValueFlow flow)
    {
        _flow = flow;
    }

    /// <summary>Whether a statement of a list never runs, because one before it always leaves.</summary>
    public bool IsAfterExit(ImmutableArray<IOperation> statements, IOperation part)
    {
        int index = statements.IndexOf(part);

        // A label may be jumped to, and a local function may be called from above.
        return index > 0
            && part is not ILocalFunctionOperation
            && !statements.Take(index + 1).Any(static statement => statement is ILabeledOperation)
            && statements.Take(index).Any(AlwaysLeaves);
    }

    private bool AlwaysLeaves(IOperation? statement) => statement switch
    {
        IReturnOperation { Kind: not OperationKind.YieldReturn } or IThrowOperation or IBranchOperation => true,
        IExpressionStatementOperation { Operation: IThrowOperation } => true,
        IBlockOperation block => !block.Operations.Any(static inner => inner is ILabeledOperation) && block.Operations.Any(AlwaysLeaves),
        IConditionalOperation conditional => AlwaysLeaves(conditional),
        _ => false,
    };

    private bool AlwaysLeaves(IConditionalOperation conditional)
    {
        bool whenTrue = AlwaysLeaves(conditional.WhenTrue);
        bool whenFalse = AlwaysLeaves(conditional.WhenFalse);

        // Most conditions keep nothing from running, and are not looked at.
        return whenTrue == whenFalse ? whenTrue : _flow.Truth(conditional.Condition) == whenTrue;
    }
}
