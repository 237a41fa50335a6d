using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Nnfs.Generators.Diagnostics;
using Nnfs.Generators.Models;

namespace Nnfs.Generators.Parsing;

/// <summary>Reads one feature or label of a sample: its type, and the settings of its attribute.</summary>
/// <param name="type">The sample.</param>
/// <param name="declaration">The member.</param>
/// <param name="problems">Takes the faults.</param>
/// <param name="cancellationToken">Ends the work.</param>
internal sealed class FeatureReader(
    INamedTypeSymbol type, SampleDeclaration declaration, ProblemReporter problems, CancellationToken cancellationToken)
{
    /// <summary>The most values of a sample: the inputs of a network are one array of floats for each.</summary>
    public const int MostValues = 1 << 20;

    /// <summary>The end of what is said of a setting that its feature has no use for.</summary>
    private const string RemoveIt = "; remove it";

    private static readonly ImmutableDictionary<string, string?> s_superfluous =
        ImmutableDictionary<string, string?>.Empty.Add(DiagnosticProperties.IsSuperfluous, "");

    private readonly AttributeData _attribute = declaration.Attribute;
    private MemberType? _memberType;

    /// <summary>Reads the member; <see langword="null"/> where its type is none that a feature or label can have.</summary>
    /// <param name="column">Its first column in a table.</param>
    public SampleMember? ReadMember(int column)
    {
        // What cannot be read now may be generated, or is half typed; the compiler says which.
        if (declaration.Type.TypeKind == TypeKind.Error
            || _attribute.ConstructorArguments.Concat(_attribute.NamedArguments.Select(static argument => argument.Value))
                .Any(static value => value.Kind == TypedConstantKind.Error))
        {
            problems.NoteCompilerError();

            return null;
        }

        _memberType = MemberType.Of(declaration.Type);

        if ((SampleDeclarations.Unreadable(declaration.Member) ?? FaultOfType()) is { } fault)
        {
            problems.Report(
                declaration.IsLabel ? DiagnosticDescriptors.LabelNotTaken : DiagnosticDescriptors.FeatureNotTaken,
                declaration.Place,
                declaration.Name,
                fault);

            return null;
        }

        MemberType member = _memberType!;

        return ReadLength(out int? length)
            ? new SampleMember(
                Name: ReadName(),
                Identifier: declaration.Name.EscapeIdentifier(),
                Kind: member.Kind,
                Type: WrittenType(member),
                IsNullable: member.IsNullable,
                Length: length,
                IsImmutableArray: member.IsImmutableArray,
                Categories: member.Kind switch
                {
                    MemberKind.Enum => new(NamesOf(member.Element)),
                    MemberKind.Boolean => new(["False", "True"]),
                    _ => default,
                },
                Column: column)
            : null;
    }

    /// <summary>Reads what only a feature has.</summary>
    public FeatureSpec ReadFeature(SampleMember member)
    {
        int dimensions = ReadEmbedding(member);
        double period = ReadPeriod(member, out DateParts part);
        DateParts parts = ReadParts(member, period);
        FeatureEncoding encoding = member.Kind switch
        {
            MemberKind.Enum => dimensions > 0 ? FeatureEncoding.Index : FeatureEncoding.OneHot,
            _ when period > 0 => FeatureEncoding.Cyclic,
            _ when parts != DateParts.None => FeatureEncoding.Parts,
            _ => FeatureEncoding.Number,
        };
        bool isScaled = member.Kind is not (MemberKind.Boolean or MemberKind.Enum)
            && (encoding == FeatureEncoding.Number || (parts & DateParts.Year) != 0);

        return new FeatureSpec(
            member, Start: 0, encoding, ReadScaling(member, isScaled), dimensions, period, encoding == FeatureEncoding.Cyclic ? part : parts);
    }

    /// <summary>Reads what only a label has.</summary>
    public LabelTarget ReadTarget(SampleMember member)
    {
        FeatureScaling scaling = ReadScaling(member, member.Kind == MemberKind.Number);

        if (scaling is FeatureScaling.MinMax or FeatureScaling.Log)
        {
            Report(KnownNames.ScalingProperty, "must be Standardize or None for a label");
            scaling = FeatureScaling.Standardize;
        }

        return new LabelTarget(member, scaling);
    }

    private string? FaultOfType()
    {
        string written = declaration.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

        if (_memberType is not { } member)
        {
            string kinds = declaration.IsLabel ? "an enum, a bool, a number or an array of numbers" : "a number, bool, enum, date or array of numbers";

            return $"its type is {written}, not {kinds}";
        }

        if (declaration.IsLabel && member.Kind is not (MemberKind.Number or MemberKind.Boolean or MemberKind.Enum))
        {
            return $"its type is {written}, not an enum, a bool, a number or an array of numbers";
        }

        if (member.Kind != MemberKind.Enum)
        {
            return null;
        }

        int names = NamesOf(member.Element).Length;

        return member.Element.GetAttributes().Any(static attribute => attribute.AttributeClass is { Name: "FlagsAttribute" })
            ? $"the values of {member.Element.Name} combine, as [Flags] says; use a bool for each"
            : names == 0 ? $"{member.Element.Name} has no names"
            : declaration.IsLabel && names == 1 ? $"{member.Element.Name} has only one name, but a choice needs at least two"
            : names > MostValues ? $"{member.Element.Name} has {names} names, but at most {MostValues} are possible"
            : null;
    }

    /// <summary>The names of an enum in the order of their values; of several with the same value, the first counts.</summary>
    private static ImmutableArray<string> NamesOf(INamedTypeSymbol type) =>
    [
        .. type.GetMembers()
            .OfType<IFieldSymbol>()
            .Where(static field => field.HasConstantValue)
            .Select(static field => (field.Name, Value: Convert.ToDecimal(field.ConstantValue, CultureInfo.InvariantCulture)))
            .GroupBy(static field => field.Value)
            .OrderBy(static group => group.Key)
            .Select(static group => group.First().Name),
    ];

    /// <summary>The type as generated code writes it: briefly where it is of the same namespace and nothing else has its name.</summary>
    private string WrittenType(MemberType member)
    {
        INamedTypeSymbol element = member.Element;
        bool isBrief = member.Kind == MemberKind.Enum
            && element.ContainingType is null
            && !element.ContainingNamespace.IsGlobalNamespace
            && SymbolEqualityComparer.Default.Equals(element.ContainingNamespace, type.ContainingNamespace)
            && !SampleMembers.IsOfSample(element.Name)
            && !IsHidden(element);

        return isBrief ? element.Name.EscapeIdentifier() : element.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
    }

    /// <summary>Whether the name of a type means something else in the sample. A member of that name and type means the type, too.</summary>
    private bool IsHidden(INamedTypeSymbol element)
    {
        for (INamedTypeSymbol? outer = type; outer is not null; outer = outer.ContainingType)
        {
            for (INamedTypeSymbol? current = outer; current is not null; current = current.BaseType)
            {
                if (current.GetMembers(element.Name).Any(member =>
                    member is not IPropertySymbol { IsStatic: false } property || !SymbolEqualityComparer.Default.Equals(property.Type, element)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private string ReadName()
    {
        if (_attribute.NamedConstant(KnownNames.NameProperty) is not { Value: string name })
        {
            return declaration.Name;
        }

        if (name.Trim().Length > 0 && name.Trim() == name && !name.Any(IsLineBreakOrControl))
        {
            return name;
        }

        Report(KnownNames.NameProperty, "must be a text without line breaks, and without spaces around it");

        return declaration.Name;
    }

    /// <summary>Whether a character could end a comment in generated code.</summary>
    private static bool IsLineBreakOrControl(char character) => char.IsControl(character) || character is '\u2028' or '\u2029';

    private bool ReadLength(out int? length)
    {
        length = _attribute.ConstructorArguments is [{ Value: int stated }] ? stated : null;
        string attribute = declaration.IsLabel ? KnownNames.Label : KnownNames.Feature;

        if (_memberType!.IsArray && length is null)
        {
            ReportLength(_attribute.Location(cancellationToken), $"must be given, as in [{attribute}(16)], because it is an array");
        }
        else if (!_memberType.IsArray && length is not null)
        {
            string written = declaration.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
            problems.Report(
                DiagnosticDescriptors.InvalidLength,
                _attribute.ArgumentLocation(KnownNames.LengthParameter, cancellationToken),
                additional: null,
                s_superfluous,
                declaration.Name,
                $"is {length}, but its type is {written}, which is no array; write [{attribute}]");
            length = null;
        }
        else if (length is < 1 or > MostValues)
        {
            ReportLength(_attribute.ArgumentLocation(KnownNames.LengthParameter, cancellationToken), $"must be from 1 to {MostValues}, but is {length}");
        }
        else
        {
            return true;
        }

        return !_memberType.IsArray;
    }

    private int ReadEmbedding(SampleMember member)
    {
        if (_attribute.NamedConstant(KnownNames.EmbeddingProperty) is not { Value: int dimensions })
        {
            return 0;
        }

        if (member.Kind != MemberKind.Enum)
        {
            Report(KnownNames.EmbeddingProperty, $"is for enums, but the type is {Written(member)}{RemoveIt}");

            return 0;
        }

        if (dimensions is < 1 or > MostValues)
        {
            Report(KnownNames.EmbeddingProperty, $"must be at least 1 dimension, but is {dimensions}");

            return 0;
        }

        return dimensions;
    }

    private double ReadPeriod(SampleMember member, out DateParts part)
    {
        part = DateParts.None;

        if (_attribute.NamedConstant(KnownNames.CyclicProperty) is not { Value: double period })
        {
            return 0;
        }

        if (member.Length is not null || member.Kind is MemberKind.Boolean or MemberKind.Enum)
        {
            Report(KnownNames.CyclicProperty, $"is for a single number, date or time, but the type is {Written(member)}{RemoveIt}");
        }
        else if (!(period > 0) || double.IsInfinity(period))
        {
            Report(KnownNames.CyclicProperty, $"must be a period above 0, but is {period.ToString(CultureInfo.InvariantCulture)}");
        }
        else if (member.Kind == MemberKind.Number)
        {
            return period;
        }
        else
        {
            part = period switch { 24 => DateParts.Hour, 7 => DateParts.DayOfWeek, 12 => DateParts.Month, _ => DateParts.None };

            if (part != DateParts.None && (part & PossibleParts(member.Kind)) != 0)
            {
                return period;
            }

            Report(
                KnownNames.CyclicProperty,
                $"of {Written(member)} must be {Periods(member.Kind)}, but is {period.ToString(CultureInfo.InvariantCulture)}");
        }

        part = DateParts.None;

        return 0;
    }

    private DateParts ReadParts(SampleMember member, double period)
    {
        if (_attribute.NamedConstant(KnownNames.PartsProperty) is not { Value: int stated } || stated == 0)
        {
            return DateParts.None;
        }

        DateParts parts = (DateParts)stated;
        DateParts possible = PossibleParts(member.Kind);

        if (possible == DateParts.None)
        {
            Report(KnownNames.PartsProperty, $"is for dates and times, but the type is {Written(member)}{RemoveIt}");
        }
        else if (period > 0)
        {
            Report(KnownNames.PartsProperty, "cannot be given beside Cyclic, which is one of them; remove either");
        }
        else if ((parts & ~possible) != 0)
        {
            Report(KnownNames.PartsProperty, $"has {parts & ~possible}, which {Written(member)} has not");
        }
        else
        {
            return parts;
        }

        return DateParts.None;
    }

    private FeatureScaling ReadScaling(SampleMember member, bool isScaled)
    {
        if (_attribute.NamedConstant(KnownNames.ScalingProperty) is not { Value: int stated })
        {
            return isScaled ? FeatureScaling.Standardize : FeatureScaling.None;
        }

        if (!Enum.IsDefined(typeof(FeatureScaling), stated))
        {
            Report(KnownNames.ScalingProperty, $"must be one of the names of FeatureScaling, but is {stated}");
        }
        else if (!isScaled && stated != (int)FeatureScaling.None)
        {
            Report(
                KnownNames.ScalingProperty,
                member.Kind is MemberKind.Boolean or MemberKind.Enum
                    ? $"is for numbers, but the type is {Written(member)}{RemoveIt}"
                    : "is for numbers, but sines and cosines are read as they are" + RemoveIt);
        }
        else
        {
            return (FeatureScaling)stated;
        }

        return isScaled ? FeatureScaling.Standardize : FeatureScaling.None;
    }

    private static DateParts PossibleParts(MemberKind kind) => kind switch
    {
        MemberKind.DateTime or MemberKind.DateTimeOffset =>
            DateParts.Hour | DateParts.DayOfWeek | DateParts.DayOfMonth | DateParts.Month | DateParts.DayOfYear | DateParts.Year,
        MemberKind.DateOnly => DateParts.DayOfWeek | DateParts.DayOfMonth | DateParts.Month | DateParts.DayOfYear | DateParts.Year,
        MemberKind.TimeOnly => DateParts.Hour,
        _ => DateParts.None,
    };

    private static string Periods(MemberKind kind) => kind switch
    {
        MemberKind.TimeOnly => "24 (the hour)",
        MemberKind.DateOnly => "7 (the day of the week) or 12 (the month)",
        _ => "24 (the hour), 7 (the day of the week) or 12 (the month)",
    };

    private string Written(SampleMember member) =>
        member.Kind == MemberKind.Number ? member.FullType : declaration.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    private void ReportLength(Location place, string fault) =>
        problems.Report(DiagnosticDescriptors.InvalidLength, place, declaration.Name, fault);

    private void Report(string setting, string fault) => problems.Report(
        DiagnosticDescriptors.FeatureSetting,
        _attribute.ArgumentLocation(setting, cancellationToken),
        additional: null,
        fault.EndsWith(RemoveIt, StringComparison.Ordinal) ? s_superfluous : ImmutableDictionary<string, string?>.Empty,
        setting,
        declaration.Name,
        fault);
}
