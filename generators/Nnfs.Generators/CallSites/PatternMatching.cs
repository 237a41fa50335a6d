using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Nnfs.Generators.CallSites;

/// <summary>Finds whether a pattern matches, where the number or the length that it looks at is certain.</summary>
internal sealed class PatternMatching
{
    private readonly ValueFlow _flow;

    public PatternMatching(ValueFlow flow)
    {
        _flow = flow;
    }

    /// <summary>Whether a pattern matches a value; <see langword="null"/> where it is not certain.</summary>
    public bool? Matches(IPatternOperation pattern, IOperation value) => Matches(pattern, SubjectOf(value));

    /// <summary>
    /// Whether a section of a <see langword="switch"/> statement may run; <see langword="false"/> where it is certain not to. A section that is jumped to
    /// may always run.
    /// </summary>
    public bool MayRun(ISwitchCaseOperation section)
    {
        if (section.Parent is not ISwitchOperation statement
            || statement.Descendants().Any(static operation => operation is IBranchOperation { BranchKind: BranchKind.GoTo }))
        {
            return true;
        }

        int index = statement.Cases.IndexOf(section);
        bool hasDefault = section.Clauses.Any(static clause => clause is IDefaultCaseClauseOperation);

        for (int i = 0; i < statement.Cases.Length; i++)
        {
            // The default is taken only where no other section is, wherever it stands.
            if (i != index && (i < index || hasDefault) && statement.Cases[i].Clauses.Any(clause => Matches(clause, statement.Value) == true))
            {
                return false;
            }
        }

        return section.Clauses.Any(clause => clause is IDefaultCaseClauseOperation || Matches(clause, statement.Value) != false);
    }

    /// <summary>Whether an arm of a <see langword="switch"/> expression may be looked at as far as its pattern, or with its condition.</summary>
    public bool MayRun(ISwitchExpressionArmOperation arm, bool withGuard)
    {
        if (arm.Parent is not ISwitchExpressionOperation expression)
        {
            return true;
        }

        foreach (ISwitchExpressionArmOperation before in expression.Arms.TakeWhile(other => other != arm))
        {
            if (Matches(before.Pattern, before.Guard, expression.Value) == true)
            {
                return false;
            }
        }

        return Matches(arm.Pattern, withGuard ? arm.Guard : null, expression.Value) != false;
    }

    private bool? Matches(ICaseClauseOperation clause, IOperation value) => clause switch
    {
        ISingleValueCaseClauseOperation single => MatchesConstant(single.Value, SubjectOf(value)),
        IPatternCaseClauseOperation pattern => Matches(pattern.Pattern, pattern.Guard, value),
        _ => null,
    };

    private bool? Matches(IPatternOperation pattern, IOperation? guard, IOperation value) =>
        KnownArithmetic.And(Matches(pattern, value), guard is null ? true : _flow.Truth(guard));

    private bool? Matches(IPatternOperation pattern, Subject subject) => pattern switch
    {
        IDiscardPatternOperation => true,
        IConstantPatternOperation constant => MatchesConstant(constant.Value, subject),
        IRelationalPatternOperation relational => subject.Integer is { } left && _flow.Integer(relational.Value) is { } right
            ? KnownArithmetic.Compare(relational.OperatorKind, left, right)
            : null,
        INegatedPatternOperation negated => !Matches(negated.Pattern, subject),
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And } both =>
            KnownArithmetic.And(Matches(both.LeftPattern, subject), Matches(both.RightPattern, subject)),
        IBinaryPatternOperation either => !KnownArithmetic.And(!Matches(either.LeftPattern, subject), !Matches(either.RightPattern, subject)),
        IDeclarationPatternOperation declaration => declaration.MatchesNull || IsOfType(declaration.MatchedType, subject) ? true : null,
        ITypePatternOperation type => IsOfType(type.MatchedType, subject) ? true : null,
        IListPatternOperation list => MatchesList(list, subject),
        IRecursivePatternOperation recursive => MatchesParts(recursive, subject),
        _ => null,
    };

    private bool? MatchesConstant(IOperation constant, Subject subject) => constant.ConstantValue switch
    {
        { HasValue: true, Value: null } => subject.Span is null ? null : false,
        { HasValue: true, Value: bool expected } => subject.Value is null ? null : _flow.Truth(subject.Value) is { } truth ? truth == expected : null,
        _ => subject.Integer is { } left && _flow.Integer(constant) is { } right ? left == right : null,
    };

    /// <summary>A value that is known to be of that type, and so not to be null.</summary>
    private static bool IsOfType(ITypeSymbol? type, Subject subject) => subject is { Value.Type: { } own }
        && (subject.Integer is not null || subject.Span is not null)
        && SymbolEqualityComparer.Default.Equals(type, own);

    private static bool? MatchesList(IListPatternOperation list, Subject subject)
    {
        if (subject.Span is not { } span)
        {
            return null;
        }

        bool hasSlice = list.Patterns.Any(static pattern => pattern is ISlicePatternOperation);
        int stated = list.Patterns.Length - (hasSlice ? 1 : 0);

        return (hasSlice ? span.Length < stated : span.Length != stated) ? false
            : list.Patterns.All(static pattern => pattern is ISlicePatternOperation { Pattern: null } || MatchesAnything(pattern)) ? true
            : null;
    }

    private static bool MatchesAnything(IPatternOperation pattern) =>
        pattern is IDiscardPatternOperation or IDeclarationPatternOperation { MatchesNull: true };

    private bool? MatchesParts(IRecursivePatternOperation pattern, Subject subject)
    {
        bool? all = subject.Span is not null || subject.Integer is not null || subject.Value?.Type is { IsValueType: true } ? true : null;

        foreach (IPropertySubpatternOperation part in pattern.PropertySubpatterns)
        {
            Subject member = part.Member is IPropertyReferenceOperation { Property.Name: "Length" } && subject.Span is { } span
                ? new Subject(span.Length, Span: null, Value: null)
                : default;
            all = KnownArithmetic.And(all, Matches(part.Pattern, member));
        }

        ImmutableArray<IOperation> elements = subject.Value is ITupleOperation tuple ? tuple.Elements : [];

        for (int i = 0; i < pattern.DeconstructionSubpatterns.Length; i++)
        {
            Subject element = elements.Length == pattern.DeconstructionSubpatterns.Length ? SubjectOf(elements[i]) : default;
            all = KnownArithmetic.And(all, Matches(pattern.DeconstructionSubpatterns[i], element));
        }

        return all;
    }

    private Subject SubjectOf(IOperation value)
    {
        while (value is IConversionOperation { IsImplicit: true, Operand: ITupleOperation tuple })
        {
            value = tuple;
        }

        return new Subject(_flow.Integer(value), value.Type.IsArrayOrSpan() ? _flow.Span(value) : null, value);
    }

    /// <summary>What a pattern looks at, as far as it is known.</summary>
    private readonly record struct Subject(long? Integer, KnownSpan? Span, IOperation? Value);
}
