using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nnfs.Generators.Models;

namespace Nnfs.Generators.Parsing;

/// <summary>Finds out how generated code makes a sample of its features and labels: which constructor it calls, and what it sets afterwards.</summary>
internal static class SampleConstruction
{
    /// <summary>The members with the parameters that take them.</summary>
    /// <param name="type">The sample.</param>
    /// <param name="members">Its members, each with its symbol.</param>
    /// <param name="fault">Why it can't be made; <see langword="null"/> where it can.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static ImmutableArray<SampleMember> Find(
        INamedTypeSymbol type,
        IReadOnlyList<(SampleMember Member, ISymbol Symbol)> members,
        out string? fault,
        CancellationToken cancellationToken)
    {
        IMethodSymbol[] constructors = [.. type.InstanceConstructors.Where(constructor => !IsCopy(type, constructor) && !constructor.IsGenerated())];
        (ImmutableArray<SampleMember> Members, int Taken)? best = null;
        fault = null;

        foreach (IMethodSymbol constructor in constructors)
        {
            ImmutableArray<SampleMember> made = Try(type, constructor, members, out string? ownFault);

            // Without one that does, the fault of the record's own constructor is told, or that of the one with the most parameters.
            if (ownFault is null)
            {
                int taken = IsPrimary(constructor, cancellationToken) ? int.MaxValue : constructor.Parameters.Length;
                best = best is null || taken > best.Value.Taken ? (made, taken) : best;
            }
            else if (fault is null || IsPrimary(constructor, cancellationToken) || constructor.Parameters.Length > 0)
            {
                fault = ownFault;
            }
        }

        if (best is not null)
        {
            fault = null;

            return best.Value.Members;
        }

        return [.. members.Select(static member => member.Member)];
    }

    private static ImmutableArray<SampleMember> Try(
        INamedTypeSymbol type, IMethodSymbol constructor, IReadOnlyList<(SampleMember Member, ISymbol Symbol)> members, out string? fault)
    {
        Dictionary<ISymbol, string> taken = new(SymbolEqualityComparer.Default);
        fault = null;

        foreach (IParameterSymbol parameter in constructor.Parameters)
        {
            ISymbol? member = members
                .Where(member => string.Equals(member.Symbol.Name.TrimStart('_'), parameter.Name.TrimStart('_'), StringComparison.OrdinalIgnoreCase)
                    && parameter.RefKind is RefKind.None or RefKind.In
                    && SymbolEqualityComparer.Default.Equals(TypeOf(member.Symbol), parameter.Type)
                    && !taken.ContainsKey(member.Symbol))
                .OrderByDescending(member => member.Symbol.Name == parameter.Name)
                .Select(static member => member.Symbol)
                .FirstOrDefault();

            if (member is not null)
            {
                taken.Add(member, parameter.Name.EscapeIdentifier());
            }
            else if (!parameter.IsOptional && !parameter.IsParams)
            {
                fault ??= $"no feature or label is the parameter '{parameter.Name}' of its constructor; give that a default value";
            }
        }

        bool setsRequired = constructor.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == KnownNames.SetsRequiredMembers);

        if (!setsRequired && OtherRequired(type, members) is { } other)
        {
            fault ??= $"it has the required member '{other.Name}', which is no feature or label";
        }

        ImmutableArray<SampleMember>.Builder made = ImmutableArray.CreateBuilder<SampleMember>(members.Count);

        foreach ((SampleMember member, ISymbol symbol) in members)
        {
            bool isTaken = taken.TryGetValue(symbol, out string? parameter);
            bool isRequired = !setsRequired && symbol is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true };

            if (!isTaken && !IsSettable(symbol))
            {
                fault ??= $"'{symbol.Name}' has no setter, and no constructor takes it; add '{{ get; init; }}'";
            }

            made.Add(member with { Parameter = parameter, IsInitialized = !isTaken || isRequired });
        }

        return made.MoveToImmutable();
    }

    private static ISymbol? OtherRequired(INamedTypeSymbol type, IReadOnlyList<(SampleMember Member, ISymbol Symbol)> members)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            ISymbol? required = current.GetMembers().FirstOrDefault(member =>
                member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true }
                && !members.Any(own => SymbolEqualityComparer.Default.Equals(own.Symbol, member) || own.Symbol.Name == member.Name));

            if (required is not null)
            {
                return required;
            }
        }

        return null;
    }

    private static bool IsSettable(ISymbol member) => member is IPropertySymbol { SetMethod: not null } or IFieldSymbol { IsReadOnly: false, IsConst: false };

    private static bool IsCopy(INamedTypeSymbol type, IMethodSymbol constructor) =>
        type.IsRecord && constructor.Parameters is [{ } only] && SymbolEqualityComparer.Default.Equals(only.Type, type);

    private static bool IsPrimary(IMethodSymbol constructor, CancellationToken cancellationToken) =>
        constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(cancellationToken) is TypeDeclarationSyntax { ParameterList: not null });

    private static ITypeSymbol TypeOf(ISymbol member) => member is IPropertySymbol property ? property.Type : ((IFieldSymbol)member).Type;
}
