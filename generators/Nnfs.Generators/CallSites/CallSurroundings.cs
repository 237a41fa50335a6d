using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Nnfs.Generators.CallSites;

/// <summary>
/// What surrounds a call and makes it harmless that it would fail: a condition that keeps it from running, or a handler for its
/// exception. Only what is certain counts.
/// </summary>
internal sealed class CallSurroundings
{
    private readonly IOperation _call;
    private readonly ValueFlow _flow;

    public CallSurroundings(IOperation call, ValueFlow flow)
    {
        _call = call;
        _flow = flow;
    }

    public bool MakeFailureHarmless()
    {
        bool isInSameMethod = true;
        IOperation operation = _call;

        for (IOperation? parent = operation.Parent; parent is not null; operation = parent, parent = parent.Parent)
        {
            // What surrounds a lambda's declaration need not surround its run.
            isInSameMethod &= parent is not (IAnonymousFunctionOperation or ILocalFunctionOperation);

            if (IsClosed(parent, operation)
                || (isInSameMethod && parent is ITryOperation attempt && operation == attempt.Body && attempt.Catches.Any(ExpectsFailure)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a statement or expression never runs that part of it.</summary>
    private bool IsClosed(IOperation parent, IOperation part) => parent switch
    {
        IConditionalOperation conditional when part == conditional.WhenTrue => _flow.Truth(conditional.Condition) == false,
        IConditionalOperation conditional when part == conditional.WhenFalse => _flow.Truth(conditional.Condition) == true,
        IWhileLoopOperation { ConditionIsTop: true } loop when part == loop.Body => _flow.Truth(loop.Condition) == loop.ConditionIsUntil,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both when part == both.RightOperand => _flow.Truth(both.LeftOperand) == false,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either when part == either.RightOperand => _flow.Truth(either.LeftOperand) == true,
        _ => false,
    };

    /// <summary>Whether a handler names the exception of a wrong length or label. One for all exceptions expects nothing in particular.</summary>
    private static bool ExpectsFailure(ICatchClauseOperation handler) =>
        handler.ExceptionType is { Name: "ArgumentException" or "ArgumentOutOfRangeException" } type && type.IsInSystem();
}
