using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Nnfs.Generators.Diagnostics;
using Nnfs.Generators.Models;

namespace Nnfs.Generators.CallSites;

/// <summary>
/// Compares what a backward pass is told with what the forward pass before it was told, and with its name. A network with a loss takes targets in both;
/// gradients of its outputs, which a network without one takes, are floats as well, and would be taken for targets without a word.
/// </summary>
internal sealed class BackwardTargets
{
    private readonly NetworkCall _backward;
    private readonly NetworkShapes _shapes;
    private readonly LocalUses _locals;
    private readonly CancellationToken _cancellationToken;

    public BackwardTargets(NetworkCall backward, NetworkShapes shapes, LocalUses locals, CancellationToken cancellationToken)
    {
        _backward = backward;
        _shapes = shapes;
        _locals = locals;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Reports targets that are certain to be others than those of the forward pass, and those that are called gradients.</summary>
    public void Check(Action<Diagnostic> report)
    {
        if (_backward is not { Method: GeneratedMembers.Backward, Network.HasLoss: true }
            || new CallSurroundings(_backward.Operation, new ValueFlow(_locals)).KeepFromRunning())
        {
            return;
        }

        ISymbol? workspace = SymbolOf(_backward.Argument("workspace")?.Value);
        NetworkCall? forward = workspace is null || SymbolOf(Instance(_backward)) is not { } network ? null : ForwardBefore(network, workspace);

        for (int i = _backward.Network.Inputs.Length; i < _backward.Parameters.Length; i++)
        {
            if (_backward.Argument(_backward.Parameters[i].Parameter) is not { } given)
            {
                continue;
            }

            // A forward pass may have been told nothing.
            IArgumentOperation? told = forward?.Parameters.Length == _backward.Parameters.Length ? forward.Argument(forward.Parameters[i].Parameter) : null;

            if (told is not null && AreOthers(told.Value, given.Value, workspace!))
            {
                Report(given, $"what '{GeneratedMembers.Forward}' was given, '{told.Value.Syntax}'", [NetworkCall.LocationOf(told)]);
            }
            else if (IsCalledGradients(given.Value) && !(told is not null && AreSameVariable(told.Value, given.Value)))
            {
                Report(given, "targets", []);
            }
        }

        void Report(IArgumentOperation given, string expected, Location[] additional) => report(Diagnostic.Create(
            DiagnosticDescriptors.OtherTargets,
            NetworkCall.LocationOf(given),
            additional,
            given.Parameter!.Name,
            _backward.Title,
            expected,
            given.Value.Syntax.ToString()));
    }

    /// <summary>Whether the name of a variable, or of the property that it comes from, says that it holds gradients.</summary>
    private bool IsCalledGradients(IOperation values)
    {
        IOperation whole = LocalUses.WholeOf(values);

        return IsOfGradients(VariableOf(whole)) || IsOfGradients(VariableOf(_locals.Origin(whole)));

        static bool IsOfGradients(ISymbol? variable) =>
            variable?.Name.TrimEnd('s').EndsWith("Gradient", StringComparison.OrdinalIgnoreCase) == true;
    }

    private static bool AreSameVariable(IOperation one, IOperation other) =>
        AreSame(VariableOf(LocalUses.WholeOf(one)), VariableOf(LocalUses.WholeOf(other)));

    /// <summary>
    /// The forward pass of that network whose results are in the workspace when the backward pass begins; <see langword="null"/> where that is not certain.
    /// </summary>
    private NetworkCall? ForwardBefore(ISymbol network, ISymbol workspace)
    {
        IOperation statement = _backward.Operation;

        for (IOperation? parent = statement.Parent;
            parent is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation);
            statement = parent, parent = parent.Parent)
        {
            foreach (IOperation before in Before(parent, statement))
            {
                if (before.DescendantsAndSelf().FirstOrDefault(operation => MayPass(operation, workspace)) is { } passed)
                {
                    return passed is IArgumentOperation { Parent: IInvocationOperation invocation } && IsAlwaysRun(invocation, before)
                        && before.DescendantsAndSelf().Count(operation => MayPass(operation, workspace)) == 1
                        && NetworkCall.Read(invocation, _shapes, _cancellationToken) is { Method: GeneratedMembers.Forward } forward
                        && AreSame(SymbolOf(Instance(forward)), network)
                            ? forward
                            : null;
                }
            }

            if (MayPassAround(parent, statement, workspace))
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>What has run when a part of something begins, the last first; nothing where only part of it is sure to have.</summary>
    private static IEnumerable<IOperation> Before(IOperation whole, IOperation part) => whole switch
    {
        IBlockOperation block => block.Operations.Take(block.Operations.IndexOf(part)).Reverse(),
        ISwitchCaseOperation section when section.Body.Contains(part) => section.Body.Take(section.Body.IndexOf(part)).Reverse(),
        IConditionalOperation conditional when part != conditional.Condition => [conditional.Condition],
        IWhileLoopOperation { ConditionIsTop: true, Condition: { } condition } loop when part == loop.Body => [condition],
        _ => [],
    };

    /// <summary>
    /// Whether something else than what stands before a part may have used a variable when the part begins: all of a loop, in the round before, or the body
    /// of a <see langword="try"/> before its handlers.
    /// </summary>
    private bool MayPassAround(IOperation whole, IOperation part, ISymbol variable) => whole switch
    {
        IBlockOperation or IConditionalOperation or ISwitchCaseOperation => false,
        ILoopOperation => whole.Descendants().Any(
            operation => MayPass(operation, variable) && !_backward.Operation.Syntax.Span.Contains(operation.Syntax.Span)),
        _ => whole.ChildOperations.Any(child => child != part && child.DescendantsAndSelf().Any(operation => MayPass(operation, variable))),
    };

    /// <summary>
    /// Whether a variable is handed to something, or is another from here on; or whether something is called that may use it without being given it.
    /// </summary>
    private static bool MayPass(IOperation operation, ISymbol variable) => operation switch
    {
        IArgumentOperation argument => AreSame(SymbolOf(argument.Value), variable),
        IAssignmentOperation assignment => AreSame(SymbolOf(assignment.Target), variable) || AreSame(SymbolOf(assignment.Value), variable),
        IVariableInitializerOperation initializer => AreSame(SymbolOf(initializer.Value), variable),
        IInvocationOperation { TargetMethod.MethodKind: MethodKind.LocalFunction or MethodKind.DelegateInvoke } => true,
        IInvocationOperation invocation => variable is IFieldSymbol field
            && AreSame(invocation.TargetMethod.ContainingType.OriginalDefinition, field.ContainingType.OriginalDefinition)
            && !invocation.Arguments.Any(argument => AreSame(SymbolOf(argument.Value), variable)),
        _ => false,
    };

    /// <summary>Whether nothing but assignments and comparisons is between a call and its statement, or the condition that it is in.</summary>
    private static bool IsAlwaysRun(IOperation call, IOperation statement)
    {
        for (IOperation? parent = call; ; parent = parent.Parent)
        {
            if (parent is null
                or IConditionalOperation or IConditionalAccessOperation or ICoalesceOperation
                or ILoopOperation or ISwitchOperation or ISwitchExpressionOperation or ITryOperation or IAnonymousFunctionOperation or ILocalFunctionOperation
                or IBlockOperation or IUsingOperation or ILockOperation or IReturnOperation or IThrowOperation
                or IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr })
            {
                return false;
            }

            if (parent == statement)
            {
                return true;
            }
        }
    }

    /// <summary>Whether two arguments are certain to hold different values: the second is the workspace's own, or memory made for something else.</summary>
    private bool AreOthers(IOperation first, IOperation second, ISymbol workspace)
    {
        IOperation whole = LocalUses.WholeOf(second);

        if (VariableOf(LocalUses.WholeOf(first)) is not { } told || AreSame(told, VariableOf(whole)))
        {
            return false;
        }

        IOperation origin = _locals.Origin(whole);

        if (origin is IPropertyReferenceOperation { Instance: { } owner } && AreSame(SymbolOf(owner), workspace))
        {
            return _locals.Origin(first) is not IPropertyReferenceOperation { Instance: { } other } || !AreSame(SymbolOf(other), workspace);
        }

        return whole is ILocalReferenceOperation { Local: { } local }
            && (origin is IArrayCreationOperation or ICollectionExpressionOperation || origin.IsStackAllocation())
            && !MayBeCopied(told, local);
    }

    /// <summary>
    /// Whether some statement could give one variable the values of the other. One that subtracts them does not: it computes gradients.
    /// </summary>
    private bool MayBeCopied(ISymbol told, ILocalSymbol local)
    {
        IOperation body = _backward.Operation;

        while (body.Parent is { } parent)
        {
            body = parent;
        }

        foreach (IOperation operation in body.Descendants())
        {
            bool relates = operation is IAssignmentOperation or IVariableDeclaratorOperation or IForEachLoopOperation
                || (operation is IInvocationOperation invocation && NetworkCall.Read(invocation, _shapes, _cancellationToken) is null);

            if (relates
                && Mentions(operation, local)
                && operation.DescendantsAndSelf().Any(part => AreSame(VariableOf(part), told) && !IsSubtracted(part, operation)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Mentions(IOperation operation, ILocalSymbol local) =>
        operation is IVariableDeclaratorOperation declarator && AreSame(declarator.Symbol, local)
        || operation.DescendantsAndSelf().Any(part => part is ILocalReferenceOperation reference && AreSame(reference.Local, local));

    private static bool IsSubtracted(IOperation part, IOperation within)
    {
        for (IOperation? current = part; current is not null && current != within.Parent; current = current.Parent)
        {
            if (current is IBinaryOperation { OperatorKind: BinaryOperatorKind.Subtract } or IInvocationOperation { TargetMethod.Name: "Subtract" }
                or ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Subtract })
            {
                return true;
            }
        }

        return false;
    }

    private static IOperation? Instance(NetworkCall call) => (call.Operation as IInvocationOperation)?.Instance;

    /// <summary>A variable that keeps what it refers to for as long as it is not assigned.</summary>
    private static ISymbol? SymbolOf(IOperation? operation) => operation switch
    {
        ILocalReferenceOperation reference => reference.Local,
        IParameterReferenceOperation reference => reference.Parameter,
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } reference => reference.Field,
        IInstanceReferenceOperation reference => reference.Type,
        _ => null,
    };

    /// <summary>A variable, or a property of one.</summary>
    private static ISymbol? VariableOf(IOperation? operation) =>
        operation is IPropertyReferenceOperation { Arguments.IsEmpty: true } property && property.Type.IsArrayOrSpan()
            ? property.Property
            : SymbolOf(operation);

    private static bool AreSame(ISymbol? one, ISymbol? other) => one is not null && SymbolEqualityComparer.Default.Equals(one, other);
}
