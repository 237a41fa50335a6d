using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Nnfs.Generators.CallSites;

/// <summary>
/// How a body uses its locals. A use that is not known to leave a local alone counts as one that changes it.
/// </summary>
internal sealed class LocalUses
{
    /// <summary>The longest chain of locals that is followed.</summary>
    private const int MostLocals = 16;

    private readonly Dictionary<ILocalSymbol, LocalUse> _locals = new(SymbolEqualityComparer.Default);
    private bool _isRead;

    /// <summary>What is done with a local; <see langword="null"/> where it may have another value than its declaration gave it.</summary>
    public LocalUse? FindAssignedOnce(ILocalReferenceOperation reference)
    {
        if (!_isRead)
        {
            _isRead = true;
            Read(reference);
        }

        return _locals.TryGetValue(reference.Local, out LocalUse? use) && use is { IsReassigned: false, Initializer: not null } ? use : null;
    }

    /// <summary>The expression whose memory an expression is: seen through conversions and parts of spans, and through locals that are assigned once.</summary>
    public IOperation Origin(IOperation values)
    {
        // Half-typed code may have a local that is made of itself.
        for (int i = 0; i < MostLocals; i++)
        {
            values = WholeOf(values);

            if (values is not ILocalReferenceOperation reference || FindAssignedOnce(reference)?.Initializer is not { } initializer)
            {
                break;
            }

            values = initializer;
        }

        return values;
    }

    /// <summary>The expression that a span is a part of; the expression itself where it is no part.</summary>
    public static IOperation WholeOf(IOperation values)
    {
        while (true)
        {
            IOperation? whole = values switch
            {
                IConversionOperation conversion when conversion.Type.IsArrayOrSpan() => conversion.Operand,
                IInvocationOperation invocation when invocation.IsAsSpan() => invocation.Arguments[0].Value,
                IInvocationOperation invocation when invocation.IsSlice() => invocation.Instance,
                IImplicitIndexerReferenceOperation { Argument: IRangeOperation } indexer when indexer.Type.IsArrayOrSpan() => indexer.Instance,
                _ => null,
            };

            if (whole is null)
            {
                return values;
            }

            values = whole;
        }
    }

    /// <summary>Reads the whole body that an operation is in, lambdas and local functions included.</summary>
    private void Read(IOperation root)
    {
        while (root.Parent is { } parent)
        {
            root = parent;
        }

        foreach (IOperation operation in root.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation { Symbol.RefKind: RefKind.None } declarator:
                    Entry(declarator.Symbol).Initializer = declarator.GetVariableInitializer()?.Value;
                    break;

                case ILocalReferenceOperation reference:
                    LocalUse use = Entry(reference.Local);
                    use.IsReassigned |= reference.IsDeclaration || !IsRead(reference);
                    use.IsWrittenInto |= !IsReadThrough(reference);
                    break;
            }
        }
    }

    private LocalUse Entry(ILocalSymbol local)
    {
        if (!_locals.TryGetValue(local, out LocalUse? use))
        {
            use = new LocalUse();
            _locals.Add(local, use);
        }

        return use;
    }

    /// <summary>Whether a variable is only read in place: no assignment, and no reference to it that could serve one later.</summary>
    private static bool IsRead(IOperation variable) => variable.Parent switch
    {
        IArgumentOperation argument => argument.Parameter?.RefKind is RefKind.None or RefKind.In,
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => declarator.Symbol.RefKind == RefKind.None,
        ISimpleAssignmentOperation assignment => assignment.Value == variable && !assignment.IsRef,
        ICompoundAssignmentOperation assignment => assignment.Value == variable,
        IConditionalOperation conditional => !conditional.IsRef,

        // The receiver of an extension may be a reference; that of a member of the type itself is not written to.
        IInvocationOperation invocation => IsOwnMember(invocation.TargetMethod),
        IPropertyReferenceOperation property => IsOwnMember(property.Property),

        IArrayCreationOperation or IArrayElementReferenceOperation or IArrayInitializerOperation or IBinaryOperation or ICoalesceOperation
            or ICollectionExpressionOperation or IConditionalAccessOperation or IConversionOperation or IForEachLoopOperation
            or IImplicitIndexerReferenceOperation or IInterpolationOperation or IIsPatternOperation or INameOfOperation or IRangeOperation
            or IReturnOperation or ISpreadOperation or ISwitchExpressionOperation or ISwitchOperation or IUnaryOperation => true,
        { } parent => parent.IsStackAllocation(),
        null => false,
    };

    /// <summary>Whether nothing is written into an array or span by way of this expression.</summary>
    private static bool IsReadThrough(IOperation values)
    {
        while (true)
        {
            if (values.Type.IsReadOnlySpan())
            {
                return true;
            }

            if (!values.Type.IsArrayOrSpan())
            {
                return false;
            }

            switch (values.Parent)
            {
                // The compiler may see the array as an IEnumerable here; it reads it all the same.
                case IConversionOperation { Parent: IForEachLoopOperation loop }:
                    return IsReading(loop);

                case IForEachLoopOperation loop:
                    return IsReading(loop);

                case IConversionOperation conversion:
                    values = conversion;
                    break;

                case IArgumentOperation { Parent: IInvocationOperation invocation } when invocation.IsAsSpan():
                    values = invocation;
                    break;

                case IInvocationOperation invocation when invocation.IsSlice():
                    values = invocation;
                    break;

                case IImplicitIndexerReferenceOperation indexer when indexer.Type.IsSpan():
                    values = indexer;
                    break;

                case IInvocationOperation invocation:
                    return invocation.IsToArray();

                case IPropertyReferenceOperation { Property.Name: "Length" } or ISpreadOperation or INameOfOperation:
                    return true;

                // A range of an array is a copy.
                case IArrayElementReferenceOperation element:
                    return element.Indices.Length == 1 && (element.Indices[0] is IRangeOperation || IsElementRead(element));

                case IPropertyReferenceOperation or IImplicitIndexerReferenceOperation:
                    return IsElementRead(values.Parent);

                default:
                    return false;
            }
        }
    }

    private static bool IsElementRead(IOperation element) => element.Parent is not IReturnOperation && IsRead(element);

    /// <summary>Whether a loop copies each value into its variable, and does not refer to it.</summary>
    private static bool IsReading(IForEachLoopOperation loop) =>
        loop.LoopControlVariable is IVariableDeclaratorOperation { Symbol.RefKind: RefKind.None or RefKind.RefReadOnly };

    private static bool IsOwnMember(ISymbol member) => member.ContainingType?.TypeKind is TypeKind.Class or TypeKind.Struct;
}
