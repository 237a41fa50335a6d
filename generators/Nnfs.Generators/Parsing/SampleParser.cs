using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nnfs.Generators.Diagnostics;
using Nnfs.Generators.Models;

namespace Nnfs.Generators.Parsing;

/// <summary>
/// Turns a type with <c>[Sample]</c> into a <see cref="SampleSpec"/>. No symbol and no syntax gets further than this. It is total: half-typed code
/// gives problems, never an exception.
/// </summary>
internal static class SampleParser
{
    /// <summary>
    /// Reads a type with <c>[Sample]</c>. Problems go to <paramref name="report"/>. The result is <see langword="null"/> where nothing can be written into
    /// the type; where its members have errors there is a spec, so that the generated members exist and the rest of the user's code still compiles.
    /// </summary>
    public static SampleSpec? Parse(INamedTypeSymbol type, Action<Diagnostic>? report, CancellationToken cancellationToken)
    {
        AttributeData? sample = type.GetAttributes().FirstOrDefault(static attribute => attribute.IsSample());

        // What has no name yet is still being typed, which the compiler says.
        if (sample is null || type.TypeKind is not (TypeKind.Class or TypeKind.Struct) || !NetworkParser.HasNames(type))
        {
            return null;
        }

        ProblemReporter problems = new(report);
        bool canBeWritten = CheckType(type, sample, problems, cancellationToken);
        ImmutableArray<SampleDeclaration> declarations = SampleDeclarations.Find(type, problems, cancellationToken);
        List<FeatureSpec> features = [];
        List<LabelTarget> targets = [];
        List<SampleDeclaration> labels = [];
        List<(SampleMember Member, ISymbol Symbol)> members = [];
        int column = 0;

        foreach (SampleDeclaration declaration in declarations)
        {
            FeatureReader reader = new(type, declaration, problems, cancellationToken);

            if (reader.ReadMember(column) is not { } member)
            {
                continue;
            }

            if (!declaration.IsLabel)
            {
                features.Add(reader.ReadFeature(member));
            }
            else if (Agrees(labels, targets, declaration, member, problems))
            {
                targets.Add(reader.ReadTarget(member));
                labels.Add(declaration);
            }
            else
            {
                continue;
            }

            members.Add((member, declaration.Member));
            column += member.Columns;
        }

        CheckNames(declarations, members, problems, cancellationToken);
        CheckSize(type, sample, features, problems, cancellationToken);

        if (features.Count == 0 && !declarations.Any(static declaration => !declaration.IsLabel))
        {
            problems.Report(DiagnosticDescriptors.NoFeatures, IdentifierOf(type, sample, cancellationToken), type.Name);
        }

        // What is wrong with a member leaves it out, and a constructor without it would be another fault that is none. One of another assembly has compiled.
        bool isOwn = !type.DeclaringSyntaxReferences.IsEmpty;
        ImmutableArray<SampleMember> made = SampleConstruction.Find(type, members, out string? fault, cancellationToken);

        if (fault is not null && isOwn && canBeWritten && !problems.HasErrors)
        {
            problems.Report(DiagnosticDescriptors.NotConstructible, IdentifierOf(type, sample, cancellationToken), type.Name, fault);
        }

        Dictionary<int, SampleMember> madeOf = made.ToDictionary(static member => member.Column);
        LabelTarget[] madeTargets = [.. targets.Select(target => target with { Member = madeOf[target.Member.Column] })];
        SampleSpec spec = new(
            Namespace: NetworkParser.NamespaceOf(type, static name => name.EscapeIdentifier()),
            ContainingTypes: new(NetworkParser.ContainingDeclarations(type)),
            Declaration: $"partial {NetworkParser.KeywordOf(type)}",
            Name: type.Name.EscapeType(),
            QualifiedName: type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            MetadataName: NetworkParser.MetadataNameOf(type),
            Features: new(Placed([.. features.Select(feature => feature with { Member = madeOf[feature.Member.Column] })])),
            Label: madeTargets.Length == 0 ? null : LabelOf(labels[0], madeTargets),
            IndexMethod: MemberConflicts.UnusedName(type, "IndexOf"))
        {
            IsClsCompliant = NetworkParser.IsClsCompliant(type),
            UsesObsolete = members.Any(static member => IsObsolete(member.Symbol)
                || (MemberType.Of(TypeOf(member.Symbol)) is { Kind: MemberKind.Enum } kind && kind.Element.GetMembers().Prepend(kind.Element).Any(IsObsolete))),
        };

        if (!isOwn)
        {
            CheckHiddenMembers(type, spec, problems);
        }

        ImmutableArray<string> taken = isOwn ? TakenNames(type, sample, spec, problems, cancellationToken) : [];

        return canBeWritten
            ? spec with
            {
                Errors = problems.Errors,
                HasErrors = problems.HasErrors,
                LeftOut = new(taken),
                Hiding = new([.. SampleMembers.Of(spec).Where(name => !taken.Contains(name) && IsInherited(type, name))]),
            }
            : null;
    }

    /// <summary>
    /// Reports a type that is not partial although a sample is in it. The types around a sample are looked at in their own turn, so that each is
    /// reported once, at its place.
    /// </summary>
    public static void ReportContainer(INamedTypeSymbol type, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        if (NestedSample(type) is { } sample)
        {
            ReportNotPartial(type, sample, new ProblemReporter(report), cancellationToken);
        }
    }

    private static INamedTypeSymbol? NestedSample(INamedTypeSymbol type)
    {
        foreach (INamedTypeSymbol nested in type.GetTypeMembers())
        {
            if (nested.GetAttributes().Any(static attribute => attribute.IsSample()))
            {
                return nested;
            }

            if (NestedSample(nested) is { } sample)
            {
                return sample;
            }
        }

        return null;
    }

    private static void ReportNotPartial(INamedTypeSymbol type, INamedTypeSymbol sample, ProblemReporter problems, CancellationToken cancellationToken)
    {
        if (NetworkParser.NotPartialDeclaration(type, cancellationToken) is { } declaration)
        {
            problems.Report(DiagnosticDescriptors.SampleNotPartial, declaration.Identifier.GetLocation(), type.Name, sample.Name);
        }
    }

    private static bool CheckType(INamedTypeSymbol type, AttributeData sample, ProblemReporter problems, CancellationToken cancellationToken)
    {
        bool isPartial = true;

        for (INamedTypeSymbol? current = type; current is not null; current = current.ContainingType)
        {
            isPartial &= NetworkParser.NotPartialDeclaration(current, cancellationToken) is null;
        }

        ReportNotPartial(type, type, problems, cancellationToken);

        LanguageVersion language = NetworkParser.LanguageOf(type, cancellationToken);
        string? reason = type switch
        {
            _ when language < NetworkParser.OldestLanguage =>
                $"needs C# {NetworkParser.Version(NetworkParser.OldestLanguage)} or later, but the project sets C# {NetworkParser.Version(language)}; "
                + "remove <LangVersion> from the project file",
            { IsStatic: true } => "is static",
            { IsAbstract: true } => "is abstract",
            { IsRefLikeType: true } => "is a ref struct",
            _ when GenericAround(type) is { } generic => SymbolEqualityComparer.Default.Equals(generic, type)
                ? "is generic"
                : $"is in the generic type '{generic.Name}'",
            _ when NetworkParser.IsFileLocal(type) => "is local to its file",
            _ when SampleMembers.IsOfSample(type.Name) => "has the name of one of its generated members",
            _ when type.GetAttributes().Any(static attribute => attribute.IsNetwork()) => "is a network",
            _ when InheritedFeature(type, cancellationToken) is { } inherited =>
                $"inherits '{inherited.Name}' from '{inherited.ContainingType.Name}'; a sample has features and labels of its own only",
            _ when NetworkParser.HidingType(type) is { } hiding =>
                $"cannot reach the namespace '{hiding}', which a type of that name in the global namespace hides",
            _ => null,
        };

        if (reason is not null)
        {
            problems.Report(DiagnosticDescriptors.UnsupportedSample, IdentifierOf(type, sample, cancellationToken), type.Name, reason);
        }

        return isPartial && reason is null;
    }

    private static INamedTypeSymbol? GenericAround(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.ContainingType)
        {
            if (current.Arity > 0)
            {
                return current;
            }
        }

        return null;
    }

    private static ISymbol? InheritedFeature(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        for (INamedTypeSymbol? current = type.BaseType; current is not null; current = current.BaseType)
        {
            ISymbol? feature = current.GetMembers().Where(static member => member is IPropertySymbol or IFieldSymbol)
                .Concat(SampleDeclarations.PositionalParameters(current, cancellationToken))
                .FirstOrDefault(member =>
                    member.GetAttributes().Any(static attribute => attribute.IsFeatureOrLabel())
                    && !type.GetMembers(member.Name).Any(static own => own.IsOverride));

            if (feature is not null)
            {
                return feature;
            }
        }

        return null;
    }

    /// <summary>Whether a label fits those before it: only numbers can be several.</summary>
    private static bool Agrees(
        List<SampleDeclaration> labels, List<LabelTarget> targets, SampleDeclaration declaration, SampleMember member, ProblemReporter problems)
    {
        if (labels.Count == 0 || (member.Kind == MemberKind.Number && targets[0].Member.Kind == MemberKind.Number))
        {
            return true;
        }

        SampleDeclaration first = labels[0];
        string reason = member.Kind == MemberKind.Number ? $"'{first.Name}' is classes; several labels must all be numbers"
            : targets[0].Member.Kind == MemberKind.Number ? "it is classes, but that is a number; several labels must all be numbers"
            : "only one label can be classes";
        problems.Report(DiagnosticDescriptors.LabelsDisagree, declaration.Place, first.Place, declaration.Name, first.Name, reason);

        return false;
    }

    private static LabelSpec LabelOf(SampleDeclaration first, LabelTarget[] targets) => targets[0].Member.Kind switch
    {
        MemberKind.Boolean => new LabelSpec(LabelKind.Boolean, new([.. targets]), "bool", "public"),
        MemberKind.Enum when MemberType.Of(first.Type) is { } type => new LabelSpec(
            LabelKind.Enum, new([.. targets]), type.Element.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat), AccessibilityOf(type.Element)),
        _ => new LabelSpec(LabelKind.Numbers, new([.. targets]), "", "public"),
    };

    /// <summary>The accessibility of a member with that type, so that whoever sees the member sees the type.</summary>
    public static string AccessibilityOf(INamedTypeSymbol type)
    {
        string accessibility = "public";

        for (INamedTypeSymbol? current = type; current is not null; current = current.ContainingType)
        {
            switch (current.DeclaredAccessibility)
            {
                case Accessibility.Public:
                    break;

                case Accessibility.Internal:
                    accessibility = "internal";
                    break;

                default:
                    return "private";
            }
        }

        return accessibility;
    }

    /// <summary>The features with their places among the values of a sample: the indices of embeddings come after all others.</summary>
    private static ImmutableArray<FeatureSpec> Placed(ImmutableArray<FeatureSpec> features)
    {
        FeatureSpec[] placed = [.. features];
        int start = 0;

        foreach (bool isIndex in (bool[])[false, true])
        {
            for (int i = 0; i < placed.Length; i++)
            {
                if (placed[i].Encoding == FeatureEncoding.Index == isIndex)
                {
                    placed[i] = placed[i] with { Start = start };
                    start += placed[i].Values;
                }
            }
        }

        return [.. placed];
    }

    private static void CheckNames(
        ImmutableArray<SampleDeclaration> declarations,
        List<(SampleMember Member, ISymbol Symbol)> members,
        ProblemReporter problems,
        CancellationToken cancellationToken)
    {
        Dictionary<string, SampleDeclaration> columns = new(StringComparer.Ordinal);

        // Only a name that was made to look like it can be that of a number of an array.
        bool hasIndices = members.Any(static member => member.Member.Name.EndsWith("]", StringComparison.Ordinal));

        foreach ((SampleMember member, ISymbol symbol) in members)
        {
            SampleDeclaration declaration = declarations.First(candidate => SymbolEqualityComparer.Default.Equals(candidate.Member, symbol));
            IEnumerable<string> names = member.Length is { } length && hasIndices
                ? Enumerable.Range(0, length).Select(index => $"{member.Name}[{index}]").Prepend(member.Name)
                : [member.Name];

            foreach (string name in names)
            {
                if (!columns.TryGetValue(name, out SampleDeclaration? other))
                {
                    columns.Add(name, declaration);
                }
                else
                {
                    problems.Report(
                        DiagnosticDescriptors.SameColumn,
                        declaration.Attribute.NamedConstant(KnownNames.NameProperty) is null
                            ? declaration.Place
                            : declaration.Attribute.ArgumentLocation(KnownNames.NameProperty, cancellationToken),
                        other.Place,
                        symbol.Name,
                        name,
                        other.Name);

                    break;
                }
            }
        }
    }

    private static void CheckSize(
        INamedTypeSymbol type, AttributeData sample, List<FeatureSpec> features, ProblemReporter problems, CancellationToken cancellationToken)
    {
        long values = features.Sum(static feature => (long)feature.Values);

        if (values > FeatureReader.MostValues)
        {
            problems.Report(
                DiagnosticDescriptors.UnsupportedSample,
                IdentifierOf(type, sample, cancellationToken),
                type.Name,
                $"has {values} values, but at most {FeatureReader.MostValues} are possible");
        }
    }

    /// <summary>The compiler does not show private members of other assemblies, but counts them where the sample was generated.</summary>
    private static void CheckHiddenMembers(INamedTypeSymbol type, SampleSpec spec, ProblemReporter problems)
    {
        if (type.GetMembers(SampleMembers.FeatureCount).FirstOrDefault() is IFieldSymbol { ConstantValue: int count } && count != spec.FeatureCount)
        {
            problems.Report(
                DiagnosticDescriptors.UnsupportedSample,
                Location.None,
                type.Name,
                "has features in another assembly that are private; make them public");
        }
    }

    /// <summary>The generated members whose names are taken by the user's own.</summary>
    private static ImmutableArray<string> TakenNames(
        INamedTypeSymbol type, AttributeData sample, SampleSpec spec, ProblemReporter problems, CancellationToken cancellationToken)
    {
        ImmutableArray<string>.Builder taken = ImmutableArray.CreateBuilder<string>();

        foreach (string name in SampleMembers.Of(spec))
        {
            ISymbol? own = type.GetMembers(name).FirstOrDefault(static member => !member.IsGenerated()
                && member is not IMethodSymbol { AssociatedSymbol: not null });

            if (own is not null)
            {
                taken.Add(name);
                bool isFeature = own.GetAttributes().Any(static attribute => attribute.IsFeatureOrLabel())
                    || SampleDeclarations.PositionalParameters(type, cancellationToken).Any(parameter => parameter.Name == name);
                problems.Report(
                    DiagnosticDescriptors.SampleMemberTaken,
                    own.Locations[0],
                    sample.Location(cancellationToken),
                    name,
                    isFeature ? $", and keep its column by Name = \"{name}\"" : "");
            }
        }

        return taken.ToImmutable();
    }

    private static bool IsObsolete(ISymbol symbol) => symbol.GetAttributes().Any(static attribute => attribute.AttributeClass is { Name: "ObsoleteAttribute" });

    private static ITypeSymbol TypeOf(ISymbol member) => member is IPropertySymbol property ? property.Type : ((IFieldSymbol)member).Type;

    /// <summary>Whether a generated member hides an inherited one; a method hides only one with the same parameter.</summary>
    private static bool IsInherited(INamedTypeSymbol type, string name)
    {
        string? parameter = name switch
        {
            SampleMembers.WriteFeatures => "System.Span<double>",
            SampleMembers.LabelOf => "int",
            _ => null,
        };

        for (INamedTypeSymbol? current = type.BaseType; current is not null; current = current.BaseType)
        {
            if (current.GetMembers(name).Any(member => member.DeclaredAccessibility != Accessibility.Private
                && (parameter is null || member is not IMethodSymbol method
                    || (method is { Arity: 0, Parameters: [{ } only] } && only.Type.ToDisplayString() == parameter))))
            {
                return true;
            }
        }

        return false;
    }

    private static Location IdentifierOf(INamedTypeSymbol type, AttributeData sample, CancellationToken cancellationToken) =>
        (sample.Syntax(cancellationToken)?.Parent?.Parent as TypeDeclarationSyntax)?.Identifier.GetLocation() ?? type.Locations[0];
}
