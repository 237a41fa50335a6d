using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nnfs.Generators.Models;

namespace Nnfs.Generators.Parsing;

/// <summary>Finds the names of types that generated code would like to write in short, but that mean something else in the user's class.</summary>
internal static class HiddenNames
{
    /// <summary>Those of the names that are hidden.</summary>
    /// <param name="names">The names, each with the namespace of the type that it should mean.</param>
    /// <param name="type">The class.</param>
    /// <param name="declaration">A declaration of it.</param>
    /// <param name="model">The semantic model of the declaration.</param>
    public static EquatableArray<string> Find(
        IEnumerable<(string Name, string Namespace)> names, INamedTypeSymbol type, TypeDeclarationSyntax declaration, SemanticModel model)
    {
        // The generated members of a network around this one do not exist yet, and any of them may have one of the names.
        if (IsInNetwork(type))
        {
            return new([.. names.Select(static name => name.Name)]);
        }

        // A using in a namespace comes after the types of the namespace and before all that is outside. Those of a whole file share their place with
        // global usings, which only the compiler knows.
        INamespaceSymbol space = model.Compilation.GetCompilationNamespace(type.ContainingNamespace) ?? type.ContainingNamespace;
        Func<string, IEnumerable<ISymbol>> find = space.IsGlobalNamespace
            ? name => model.LookupNamespacesAndTypes(declaration.SpanStart, name: name)
            : name => space.GetMembers(name);

        return new([.. names
            .Where(name => IsMember(type, name.Name) || !find(name.Name).All(symbol => IsMeant(symbol, name.Namespace)))
            .Select(static name => name.Name)]);
    }

    private static bool IsInNetwork(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            if (outer.GetAttributes().Any(static attribute => attribute.IsNetwork()))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsMember(INamedTypeSymbol type, string name)
    {
        for (INamedTypeSymbol? outer = type; outer is not null; outer = outer.ContainingType)
        {
            for (INamedTypeSymbol? current = outer; current is { SpecialType: not SpecialType.System_Object }; current = current.BaseType)
            {
                if (!current.GetMembers(name).IsEmpty)
                {
                    return true;
                }
            }

            if (outer.TypeParameters.Any(parameter => parameter.Name == name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether it is the type of a referenced assembly in that namespace.</summary>
    private static bool IsMeant(ISymbol symbol, string space) =>
        symbol is INamedTypeSymbol { ContainingType: null, DeclaringSyntaxReferences.IsEmpty: true } && symbol.ContainingNamespace.ToDisplayString() == space;
}
