using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nnfs.Generators.Diagnostics;

namespace Nnfs.Generators.Parsing;

/// <summary>Finds the members of a sample that are features and labels, in the order of their declaration.</summary>
internal static class SampleDeclarations
{
    public static ImmutableArray<SampleDeclaration> Find(INamedTypeSymbol type, ProblemReporter problems, CancellationToken cancellationToken)
    {
        List<SampleDeclaration> found = [];

        foreach (IParameterSymbol parameter in PositionalParameters(type, cancellationToken))
        {
            if (Property(type, parameter) is { } property)
            {
                Add(property, parameter.GetAttributes(), parameter.Locations[0]);
            }
        }

        foreach (ISymbol member in type.GetMembers())
        {
            if (member is IPropertySymbol or IFieldSymbol { AssociatedSymbol: null })
            {
                Add(member, member.GetAttributes(), member.Locations[0]);
            }
        }

        CheckPlaces(type, found, problems, cancellationToken);

        // Members of a referenced assembly come in the order of their declaration, too.
        return [.. found.OrderBy(static declaration => declaration.Place.IsInSource ? declaration.Place.SourceSpan.Start : 0)];

        void Add(ISymbol member, ImmutableArray<AttributeData> attributes, Location place)
        {
            AttributeData[] own = [.. attributes.Where(static attribute => attribute.IsFeatureOrLabel())];

            if (own.Length == 0)
            {
                return;
            }

            SampleDeclaration? earlier = found.FirstOrDefault(other => SymbolEqualityComparer.Default.Equals(other.Member, member));
            SampleDeclaration declaration = earlier ?? new SampleDeclaration(member, own[0], place);

            foreach (AttributeData other in earlier is null ? own.Skip(1) : own)
            {
                problems.Report(
                    declaration.IsLabel ? DiagnosticDescriptors.LabelNotTaken : DiagnosticDescriptors.FeatureNotTaken,
                    other.Location(cancellationToken),
                    declaration.Attribute.Location(cancellationToken),
                    member.Name,
                    other.IsLabel() == declaration.IsLabel ? "it is declared as one twice"
                        : other.IsLabel() ? "it is declared as a label, too"
                        : "it is declared as a feature, too");
            }

            if (earlier is null)
            {
                found.Add(declaration);
            }
        }
    }

    /// <summary>The parameters that a record declares its properties with.</summary>
    public static ImmutableArray<IParameterSymbol> PositionalParameters(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (!type.IsRecord)
        {
            return [];
        }

        // A record of another assembly has compiled: whichever parameter has an attribute is one of these.
        return [.. type.InstanceConstructors
            .Where(constructor => type.DeclaringSyntaxReferences.IsEmpty || constructor.DeclaringSyntaxReferences
                .Any(reference => reference.GetSyntax(cancellationToken) is TypeDeclarationSyntax))
            .SelectMany(static constructor => constructor.Parameters)];
    }

    /// <summary>Why a member can't be read by generated code; <see langword="null"/> where it can.</summary>
    public static string? Unreadable(ISymbol member) => member switch
    {
        { IsStatic: true } => "it is static",
        IPropertySymbol { IsIndexer: true } => "it is an indexer",
        IPropertySymbol { GetMethod: null } => "it cannot be read",
        IPropertySymbol { ExplicitInterfaceImplementations.IsEmpty: false } => "it implements an interface explicitly",
        IPropertySymbol { RefKind: not RefKind.None } or IFieldSymbol { RefKind: not RefKind.None } => "it is a reference to a variable",
        _ => null,
    };

    private static ISymbol? Property(INamedTypeSymbol type, IParameterSymbol parameter)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (current.GetMembers(parameter.Name).FirstOrDefault(static member => member is IPropertySymbol or IFieldSymbol) is { } member)
            {
                return member;
            }
        }

        return null;
    }

    private static void CheckPlaces(INamedTypeSymbol type, List<SampleDeclaration> found, ProblemReporter problems, CancellationToken cancellationToken)
    {
        TypeDeclarationSyntax[] places = [.. found
            .Select(declaration => declaration.Attribute.Syntax(cancellationToken)?.FirstAncestorOrSelf<TypeDeclarationSyntax>())
            .OfType<TypeDeclarationSyntax>()
            .Distinct()];

        if (places.Length > 1)
        {
            problems.Report(
                DiagnosticDescriptors.UnsupportedSample,
                places[1].Identifier.GetLocation(),
                places[0].Identifier.GetLocation(),
                type.Name,
                $"has features and labels on {places.Length} partial declarations, whose order is undefined; put them on one");
        }
    }
}
