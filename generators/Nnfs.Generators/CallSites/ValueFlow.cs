using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Nnfs.Generators.CallSites;

/// <summary>
/// Finds lengths and integers that an expression is certain to have, through locals that are assigned once. It knows or does
/// not know; it never guesses. One of these serves one call.
/// </summary>
internal sealed class ValueFlow
{
    /// <summary>The most expressions that one call is worth; it also ends what refers to itself, as half-typed code may.</summary>
    private const int MostSteps = 512;

    private readonly LocalUses _locals;

    /// <summary>The values of locals at the place that is looked at, where their declarations alone don't tell.</summary>
    private readonly Dictionary<ILocalSymbol, long?> _assumed = new(SymbolEqualityComparer.Default);

    private int _steps;

    public ValueFlow(LocalUses locals)
    {
        _locals = locals;
    }

    /// <summary>What an expression of an array or span type holds; <see langword="null"/> where its length is not certain.</summary>
    public KnownSpan? Span(IOperation? expression)
    {
        if (expression is null || ++_steps > MostSteps)
        {
            return null;
        }

        switch (expression)
        {
            case IConversionOperation conversion:
                return ConvertedSpan(conversion);

            case ILocalReferenceOperation reference:
                return _locals.FindAssignedOnce(reference) is { } use && Span(use.Initializer) is { } initial
                    ? initial with { HasSourceValues = initial.HasSourceValues && !use.IsWrittenInto }
                    : null;

            case IArrayCreationOperation { DimensionSizes.Length: 1 } creation:
                return Integer(creation.DimensionSizes[0]) is { } size ? KnownSpan.Of(creation, size) : null;

            case ICollectionExpressionOperation collection:
                return CollectionLength(collection) is { } count ? KnownSpan.Of(collection, count) : null;

            case IArrayElementReferenceOperation { Indices.Length: 1 } element:
                return element.Indices[0] is IRangeOperation copied ? Range(copied, Span(element.ArrayReference)) : null;

            case IImplicitIndexerReferenceOperation indexer:
                return indexer.Argument is IRangeOperation taken ? Range(taken, Span(indexer.Instance)) : null;

            case IInvocationOperation invocation:
                return ReturnedSpan(invocation);

            case IObjectCreationOperation creation:
                return ConstructedSpan(creation);

            case IConditionalOperation conditional:
                return ConditionalSpan(conditional);

            case IPropertyReferenceOperation { Property: { IsStatic: true, Name: "Empty" } property }
                when SpanOperations.IsOfSpan(property):
            case IDefaultValueOperation when expression.Type.IsSpan() || expression.Type.IsReadOnlySpan():
                return KnownSpan.Of(expression, 0);

            default:
                return expression.IsStackAllocation() && StackLength(expression) is { } stack ? KnownSpan.Of(expression, stack) : null;
        }
    }

    /// <summary>The value of an integer expression; <see langword="null"/> where it is not certain.</summary>
    public long? Integer(IOperation? expression)
    {
        if (expression is null)
        {
            return null;
        }

        if (expression.ConstantValue is { HasValue: true, Value: var constant })
        {
            return constant switch
            {
                int value => value,
                long value => value,
                uint value => value,
                short value => value,
                ushort value => value,
                byte value => value,
                sbyte value => value,
                _ => null,
            };
        }

        if (++_steps > MostSteps)
        {
            return null;
        }

        switch (expression)
        {
            // A narrower type might give another value; checked or not, what fits stays what it is.
            case IConversionOperation { OperatorMethod: null } conversion:
                return Integer(conversion.Operand) is { } converted && KnownArithmetic.Fits(converted, conversion.Type) ? converted : null;

            case ILocalReferenceOperation reference when _assumed.TryGetValue(reference.Local, out long? assumed):
                return assumed;

            case ILocalReferenceOperation reference:
                return _locals.FindAssignedOnce(reference) is { } use ? Integer(use.Initializer) : null;

            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Minus, OperatorMethod: null } negation:
                return Integer(negation.Operand) is { } positive && KnownArithmetic.Fits(-positive, negation.Type) ? -positive : null;

            case IConditionalOperation conditional:
                return Truth(conditional.Condition) is { } isTrue ? Integer(isTrue ? conditional.WhenTrue : conditional.WhenFalse)
                    : Integer(conditional.WhenTrue) is { } one && Integer(conditional.WhenFalse) == one ? one
                    : null;

            case IPropertyReferenceOperation { Property.Name: "Length", Instance: { } instance } when instance.Type.IsArrayOrSpan():
                return Span(instance)?.Length;

            case IBinaryOperation { OperatorMethod: null } binary when Integer(binary.LeftOperand) is { } left && Integer(binary.RightOperand) is { } right:
                return KnownArithmetic.Compute(binary.OperatorKind, left, right) is { } result && KnownArithmetic.Fits(result, binary.Type) ? result : null;

            default:
                return null;
        }
    }

    /// <summary>Whether a condition holds; <see langword="null"/> where it is not certain.</summary>
    public bool? Truth(IOperation? condition)
    {
        if (condition?.ConstantValue is { HasValue: true, Value: bool constant })
        {
            return constant;
        }

        if (++_steps > MostSteps)
        {
            return null;
        }

        return condition switch
        {
            IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, OperatorMethod: null } negation => !Truth(negation.Operand),
            IBinaryOperation { OperatorMethod: null } binary => TruthOf(binary),
            IIsPatternOperation match => new PatternMatching(this).Matches(match.Pattern, match.Value),
            ILocalReferenceOperation reference => _locals.FindAssignedOnce(reference) is { } use ? Truth(use.Initializer) : null,
            IConversionOperation { OperatorMethod: null, Type.SpecialType: SpecialType.System_Boolean } conversion => Truth(conversion.Operand),
            IConditionalOperation conditional => Truth(conditional.Condition) is { } isTrue
                ? Truth(isTrue ? conditional.WhenTrue : conditional.WhenFalse)
                : null,
            _ => null,
        };
    }

    /// <summary>Whether the condition of a loop holds before its first round.</summary>
    public bool? TruthAtStart(IForLoopOperation loop)
    {
        List<ILocalSymbol> declared = [];

        IEnumerable<IOperation> before = loop.Before.SelectMany(static before => before.DescendantsAndSelf());

        foreach (IVariableDeclaratorOperation declarator in before.OfType<IVariableDeclaratorOperation>())
        {
            declared.Add(declarator.Symbol);
            _assumed[declarator.Symbol] = Integer(declarator.GetVariableInitializer()?.Value);
        }

        bool? truth = Truth(loop.Condition);

        foreach (ILocalSymbol local in declared)
        {
            _assumed.Remove(local);
        }

        return truth;
    }

    private bool? TruthOf(IBinaryOperation binary)
    {
        switch (binary.OperatorKind)
        {
            case BinaryOperatorKind.ConditionalAnd:
            case BinaryOperatorKind.And when IsBoolean(binary):
                return KnownArithmetic.And(Truth(binary.LeftOperand), Truth(binary.RightOperand));

            case BinaryOperatorKind.ConditionalOr:
            case BinaryOperatorKind.Or when IsBoolean(binary):
                return !KnownArithmetic.And(!Truth(binary.LeftOperand), !Truth(binary.RightOperand));

            case BinaryOperatorKind.ExclusiveOr or BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals when IsBoolean(binary.LeftOperand):
                return Truth(binary.LeftOperand) is { } one && Truth(binary.RightOperand) is { } other
                    ? one == other == (binary.OperatorKind == BinaryOperatorKind.Equals)
                    : null;

            default:
                return Integer(binary.LeftOperand) is { } left && Integer(binary.RightOperand) is { } right
                    ? KnownArithmetic.Compare(binary.OperatorKind, left, right)
                    : null;
        }
    }

    private static bool IsBoolean(IOperation operation) => operation.Type?.SpecialType == SpecialType.System_Boolean;

    /// <summary>
    /// The expressions that gave the values of a span, each with its place in the span. Values that no expression gave, and those
    /// that may have been overwritten, are left out.
    /// </summary>
    public IEnumerable<(long Index, IOperation Value)> Values(KnownSpan span)
    {
        if (!span.HasSourceValues)
        {
            yield break;
        }

        foreach ((long index, IOperation value) in SourceValues(span.Source))
        {
            if (index >= span.Start && index - span.Start < span.Length)
            {
                yield return (index - span.Start, value);
            }
        }
    }

    private IEnumerable<(long Index, IOperation Value)> SourceValues(IOperation source)
    {
        long index = 0;

        switch (source)
        {
            case IArrayCreationOperation { Initializer: { } initializer }:
                foreach (IOperation value in initializer.ElementValues)
                {
                    yield return (index++, value);
                }

                break;

            case ICollectionExpressionOperation collection:
                foreach (IOperation element in collection.Elements)
                {
                    if (element is not ISpreadOperation spread)
                    {
                        yield return (index++, element);
                    }
                    else if (Span(spread.Operand) is { } spreadSpan)
                    {
                        foreach ((long inner, IOperation value) in Values(spreadSpan))
                        {
                            yield return (index + inner, value);
                        }

                        index += spreadSpan.Length;
                    }
                    else
                    {
                        yield break;
                    }
                }

                break;

            default:
                if (source.IsStackAllocation() && InitializerOf(source.Syntax) is { } expressions)
                {
                    foreach (IOperation child in source.ChildOperations)
                    {
                        if (child.Syntax.Parent == expressions)
                        {
                            yield return (index++, child);
                        }
                    }
                }

                break;
        }
    }

    /// <summary>Conversions between arrays and spans keep the length; those that a user wrote may do anything.</summary>
    private KnownSpan? ConvertedSpan(IConversionOperation conversion)
    {
        if (!conversion.Type.IsArrayOrSpan())
        {
            return null;
        }

        if (conversion.Operand is { ConstantValue: { HasValue: true, Value: null } } nothing)
        {
            return conversion.Type.IsArray() ? null : KnownSpan.Of(nothing, 0);
        }

        bool isOurs = conversion.OperatorMethod is not { } method || SpanOperations.IsOfSpan(method);

        return isOurs ? Span(conversion.Operand) : null;
    }

    private long? CollectionLength(ICollectionExpressionOperation collection)
    {
        if (!collection.Type.IsArrayOrSpan())
        {
            return null;
        }

        long count = 0;

        foreach (IOperation element in collection.Elements)
        {
            if (element is not ISpreadOperation spread)
            {
                count++;
            }
            else if (Span(spread.Operand) is { } span)
            {
                count += span.Length;
            }
            else
            {
                return null;
            }
        }

        return count;
    }

    private KnownSpan? ReturnedSpan(IInvocationOperation invocation)
    {
        if (invocation.IsEmptyArray())
        {
            return KnownSpan.Of(invocation, 0);
        }

        if (invocation.IsToArray())
        {
            return Span(invocation.Instance);
        }

        bool isAsSpan = invocation.IsAsSpan();

        if (!isAsSpan && !invocation.IsSlice())
        {
            return null;
        }

        if (Span(isAsSpan ? ArgumentAt(invocation, 0) : invocation.Instance) is not { } whole)
        {
            return null;
        }

        int first = isAsSpan ? 1 : 0;

        switch (invocation.TargetMethod.Parameters.Length - first)
        {
            case 0:
                return whole;

            case 1 when invocation.TargetMethod.Parameters[first].Type.SpecialType == SpecialType.System_Int32:
                return Integer(ArgumentAt(invocation, first)) is { } from ? whole.Slice(from, whole.Length - from) : null;

            case 1 when ArgumentAt(invocation, first) is IRangeOperation range:
                return Range(range, whole);

            case 1:
                return Position(ArgumentAt(invocation, first), whole.Length, missing: 0) is { } index ? whole.Slice(index, whole.Length - index) : null;

            case 2:
                return Integer(ArgumentAt(invocation, first)) is { } start && Integer(ArgumentAt(invocation, first + 1)) is { } length
                    ? whole.Slice(start, length)
                    : null;

            default:
                return null;
        }
    }

    /// <summary><c>new Span&lt;T&gt;(array)</c> and <c>new Span&lt;T&gt;(array, start, length)</c>, and the same for read-only spans.</summary>
    private KnownSpan? ConstructedSpan(IObjectCreationOperation creation)
    {
        if (!creation.Type.IsSpan() && !creation.Type.IsReadOnlySpan())
        {
            return null;
        }

        if (creation.Arguments.IsEmpty)
        {
            return KnownSpan.Of(creation, 0);
        }

        if (creation.Constructor?.Parameters is not { IsEmpty: false } parameters
            || !parameters[0].Type.IsArray()
            || Span(ArgumentAt(creation.Arguments, 0)) is not { } whole)
        {
            return null;
        }

        return parameters.Length switch
        {
            1 => whole,
            3 when Integer(ArgumentAt(creation.Arguments, 1)) is { } start && Integer(ArgumentAt(creation.Arguments, 2)) is { } length
                => whole.Slice(start, length),
            _ => null,
        };
    }

    private KnownSpan? ConditionalSpan(IConditionalOperation conditional)
    {
        if (conditional.Condition.ConstantValue is { HasValue: true, Value: bool condition })
        {
            return Span(condition ? conditional.WhenTrue : conditional.WhenFalse);
        }

        return Span(conditional.WhenTrue) is { } one && Span(conditional.WhenFalse) is { } other && one.Length == other.Length
            ? KnownSpan.Of(conditional, one.Length, hasSourceValues: false)
            : null;
    }

    private KnownSpan? Range(IRangeOperation range, KnownSpan? whole)
    {
        if (whole is not { } span)
        {
            return null;
        }

        long? start = Position(range.LeftOperand, span.Length, missing: 0);
        long? end = Position(range.RightOperand, span.Length, missing: span.Length);

        return start is { } from && end is { } to ? span.Slice(from, to - from) : null;
    }

    /// <summary>Where an index is, counted from the start.</summary>
    private long? Position(IOperation? index, int length, long missing) => index switch
    {
        null => missing,
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat } fromEnd => length - Integer(fromEnd.Operand),
        IConversionOperation { Operand: { Type.SpecialType: SpecialType.System_Int32 } fromStart } => Integer(fromStart),
        _ => null,
    };

    private long? StackLength(IOperation allocation)
    {
        if (allocation.Syntax is StackAllocArrayCreationExpressionSyntax { Initializer: null, Type: ArrayTypeSyntax { RankSpecifiers: { Count: 1 } ranks } }
            && ranks[0].Sizes.Count == 1)
        {
            return Integer(allocation.ChildOperations.FirstOrDefault(child => child.Syntax == ranks[0].Sizes[0]));
        }

        return InitializerOf(allocation.Syntax)?.Expressions.Count;
    }

    private static InitializerExpressionSyntax? InitializerOf(SyntaxNode allocation) => allocation switch
    {
        StackAllocArrayCreationExpressionSyntax explicitly => explicitly.Initializer,
        ImplicitStackAllocArrayCreationExpressionSyntax implicitly => implicitly.Initializer,
        _ => null,
    };

    private static IOperation? ArgumentAt(IInvocationOperation invocation, int ordinal) => ArgumentAt(invocation.Arguments, ordinal);

    private static IOperation? ArgumentAt(IEnumerable<IArgumentOperation> arguments, int ordinal) =>
        arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == ordinal)?.Value;
}
