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
    private readonly PatternMatching _patterns;
    private readonly Unreachable _unreachable;

    public CallSurroundings(IOperation call, ValueFlow flow)
    {
        _call = call;
        _flow = flow;
        _patterns = new PatternMatching(flow);
        _unreachable = new Unreachable(flow);
    }

    /// <summary>Whether the call never runs, or runs where its failure is expected.</summary>
    public bool MakeFailureHarmless() => KeepFromRunning() || IsFailureExpected();

    /// <summary>Whether the call never runs.</summary>
    public bool KeepFromRunning()
    {
        IOperation operation = _call;

        for (IOperation? parent = operation.Parent; parent is not null; operation = parent, parent = parent.Parent)
        {
            if (IsClosed(parent, operation))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsFailureExpected()
    {
        IOperation operation = _call;

        // What surrounds a lambda's declaration need not surround its run.
        for (IOperation? parent = operation.Parent;
            parent is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation);
            operation = parent, parent = parent.Parent)
        {
            if (parent is ITryOperation attempt && operation == attempt.Body && attempt.Catches.Any(ExpectsFailure))
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
        IForLoopOperation loop when part == loop.Body || loop.AtLoopBottom.Contains(part) => _flow.TruthAtStart(loop) == false,
        IForEachLoopOperation loop when part == loop.Body => IsEmpty(loop.Collection),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both when part == both.RightOperand => _flow.Truth(both.LeftOperand) == false,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either when part == either.RightOperand => _flow.Truth(either.LeftOperand) == true,
        ISwitchCaseOperation section when section.Body.Contains(part) => !_patterns.MayRun(section) || _unreachable.IsAfterExit(section.Body, part),
        ISwitchExpressionArmOperation arm when part == arm.Value || part == arm.Guard => !_patterns.MayRun(arm, withGuard: part == arm.Value),
        ICatchClauseOperation handler when part == handler.Handler => _flow.Truth(handler.Filter) == false,
        IBlockOperation block => _unreachable.IsAfterExit(block.Operations, part),
        _ => false,
    };

    private bool IsEmpty(IOperation collection)
    {
        // The compiler may see the array as an IEnumerable here.
        while (collection is IConversionOperation { IsImplicit: true } conversion && !conversion.Type.IsArrayOrSpan())
        {
            collection = conversion.Operand;
        }

        return _flow.Span(collection) is { Length: 0 };
    }

    /// <summary>Whether a handler names the exception of a wrong length or label. One for all exceptions expects nothing in particular.</summary>
    private static bool ExpectsFailure(ICatchClauseOperation handler) =>
        handler.ExceptionType is { Name: "ArgumentException" or "ArgumentOutOfRangeException" } type && type.IsInSystem();
}
