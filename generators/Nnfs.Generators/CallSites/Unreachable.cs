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

        // A label may be jumped to.
        return index > 0
            && !statements.Take(index + 1).Any(static statement => statement is ILabeledOperation)
            && statements.Take(index).Any(AlwaysLeaves);
    }

    private bool AlwaysLeaves(IOperation? statement) => statement switch
    {
        IReturnOperation { Kind: not OperationKind.YieldReturn } or IThrowOperation or IBranchOperation => true,
        IExpressionStatementOperation { Operation: IThrowOperation } => true,
        IBlockOperation block => !block.Operations.Any(static inner => inner is ILabeledOperation) && block.Operations.Any(AlwaysLeaves),
        IConditionalOperation conditional => _flow.Truth(conditional.Condition) is { } isTrue
            ? AlwaysLeaves(isTrue ? conditional.WhenTrue : conditional.WhenFalse)
            : AlwaysLeaves(conditional.WhenTrue) && AlwaysLeaves(conditional.WhenFalse),
        _ => false,
    };
}
